/* The newest record that writes a slot of an object: the chain of its records is walked back, past chunks that don't
 * write the slot as far as filters tell. An image in between counts when the slot held something else before it. */
#include "object_read.h"
#include "slot_skip.h"
#include "slot_value.h"

#define MANY_CHUNKS 64u

typedef struct {
    xo_key_context *context; /* of the place asked about */
    xo_slot_place place;
    uint64_t position; /* of the record that is looked at */
    uint64_t next;     /* and of the one after it */
    uint64_t older;    /* and of the one before it; 0: none */
    uint64_t length;   /* of the object after the record */
    uint64_t chunk_start; /* of the chunk with the record, once it is known that it may write the slot */
    xo_slot_tests tests;
} change_search;

/* What the slot held just before the record. */
static xo_status
value_before(change_search *search, xo_value *value, uint64_t *length)
{
    xo_reader *reader = search->context->reader;
    uint64_t chunk;
    xo_key_context before = *search->context;
    xo_chunk_index *index;
    xo_status status = xo_chunk_of_position(reader, search->position, &chunk);
    if (status != XO_OK || (status = xo_reader_chunk_index(reader, chunk, &index)) != XO_OK) {
        return status;
    }
    before.index = index;
    before.end = search->position - index->position;
    return xo_slot_value(&before, &search->place, value, length);
}

/* Reads the record that is looked at, and finds the one before it. */
static xo_status
read_record(change_search *search, xo_record *record, xo_log_cursor *cursor)
{
    xo_reader *reader = search->context->reader;
    uint64_t object = search->place.object;
    xo_status status = xo_object_record_read(reader, search->position, search->next, object, record, cursor);
    return status != XO_OK ? status : xo_older_record(reader, object, search->position, record->distance, &search->older);
}

static void
step_back(change_search *search)
{
    search->next = search->position;
    search->position = search->older;
}

/* The length of a list after the record, which is its newest one in `chunk`. */
static xo_status
find_length(change_search *search, uint64_t chunk)
{
    xo_key_context there = *search->context;
    xo_chunk_index *index;
    xo_value ignored;
    if (search->place.as_attribute || search->place.in_memory || search->place.slot->key.kind != XO_INT) {
        return XO_OK;
    }
    xo_status status = xo_reader_chunk_index(there.reader, chunk, &index);
    if (status != XO_OK) {
        return status;
    }
    there.index = index;
    there.end = index->decoded;
    return xo_slot_value(&there, &search->place, &ignored, &search->length);
}

/* The newest record in a chunk that may write the slot; *chunk is that of the one looked at, before and after. */
static xo_status
find_in_writing_chunk(const change_search *search, uint64_t *chunk, uint64_t *position)
{
    xo_reader *reader = search->context->reader;
    uint64_t may;
    xo_status status;
    while ((status = xo_slot_skip(reader, &search->tests, *chunk, &may)) == XO_OK && may != *chunk) {
        status = xo_find_record_before(reader, may + 1, search->place.object, position);
        if (status != XO_OK || (status = xo_chunk_of_position(reader, *position, chunk)) != XO_OK) {
            break;
        }
    }
    return status;
}

/* The walk has come into another chunk: goes on where the slot may be written. Of an object that has ended the tables
 * don't tell where that is: then nothing is skipped. */
static xo_status
skip_chunks(change_search *search)
{
    xo_reader *reader = search->context->reader;
    uint64_t here, chunk, position = search->position;
    xo_status status = xo_chunk_of_position(reader, search->position, &here);
    if (status != XO_OK) {
        return status;
    }
    if (here == search->context->index->chunk) { /* of what ends in a chunk its filter doesn't tell */
        search->chunk_start = reader->chunks.items[here].position;
        return XO_OK;
    }
    chunk = here;
    status = find_in_writing_chunk(search, &chunk, &position);
    if (status == XO_NOT_FOUND) {
        chunk = here;
    } else if (status != XO_OK) {
        return status;
    }
    search->chunk_start = reader->chunks.items[chunk].position;
    if (chunk == here) {
        return XO_OK;
    }
    search->position = position;
    search->next = UINT64_MAX;
    return find_length(search, chunk);
}

/* Whether the slot held something else before this image. */
static xo_status
image_writes(change_search *search, const xo_value *value, bool *written, bool *first)
{
    xo_value before;
    *first = search->older == 0;
    *written = *first;
    if (*first) {
        return XO_OK;
    }
    xo_status status = value_before(search, &before, &search->length);
    *written = status == XO_OK && !xo_value_same(&before, value);
    return status;
}

/* Bytes that are close to each other are written in one record: whether it changed this element, and not just its
 * neighbours. A record of nothing but the element is a write, also of what was there before. */
static bool
is_in_doubt(const change_search *search, const xo_record *record, const xo_value *value)
{
    uint64_t start, removed, count;
    const uint8_t *at = record->operands;
    if (record->op != XO_OP_BYTES_SPLICE || value->kind == XO_NOT_IMPLEMENTED
        || xo_varint_read(&at, record->end, &start) != XO_OK || xo_varint_read(&at, record->end, &removed) != XO_OK
        || xo_varint_read(&at, record->end, &count) != XO_OK) {
        return false;
    }
    return removed == count && count != search->place.byte_count;
}

static void
start_walk(change_search *search)
{
    search->chunk_start = UINT64_MAX;
    xo_slot_tests_of_place(&search->place, &search->tests);
}

/* The value after the newest write is the one of now: nothing wrote it since. */
static xo_status
walk_back(change_search *search, const xo_value *value, xo_record *record, bool *first)
{
    xo_reader *reader = search->context->reader;
    size_t unpacked = reader->unpacked.count; /* `value` may lie in one of these */
    start_walk(search);
    for (;;) {
        if (reader->unpacked.count > unpacked + MANY_CHUNKS) { /* not after each record, which is in the same chunk mostly */
            xo_unpacked_trim(reader, unpacked);
        }
        xo_log_cursor cursor;
        bool written;
        xo_status status = search->position < search->chunk_start ? skip_chunks(search) : XO_OK;
        if (status != XO_OK || (status = read_record(search, record, &cursor)) != XO_OK) {
            return status;
        }
        *first = false;
        search->context->position = search->position;
        status = record->op == XO_OP_IMAGE
                     ? image_writes(search, value, &written, first)
                     : xo_slot_is_written(search->context, &search->place, record, &cursor, &search->length, &written);
        if (status == XO_OK && written && is_in_doubt(search, record, value)) {
            bool ignored;
            status = image_writes(search, value, &written, &ignored);
        }
        if (status != XO_OK || written) {
            return status;
        }
        if (search->older == 0) {
            return XO_CORRUPT;
        }
        step_back(search);
    }
}

/* The newest write to search->place before the end of the context. */
static xo_status
find_write(change_search *search, xo_write *out)
{
    xo_key_context *context = search->context;
    xo_record record;
    xo_status status = xo_slot_value(context, &search->place, &out->value, &search->length);
    if (status != XO_OK
        || (status = xo_find_record(context->reader, context->index, context->end, search->place.object,
                                    &search->position)) != XO_OK) {
        return status;
    }
    search->next = UINT64_MAX;
    if ((status = walk_back(search, &out->value, &record, &out->first)) != XO_OK) {
        return status;
    }
    out->op = record.op;
    return out->first && out->value.kind == XO_UNBOUND ? XO_NOT_FOUND : XO_OK;
}

/* Whether the owner kept the attribute in itself until this record: a dict took it over there. */
static xo_status
dict_took_over(change_search *own, const xo_record *record, const xo_value *value, bool *took)
{
    xo_value before;
    *took = record->op == XO_OP_ATTR_DICT;
    if (record->op != XO_OP_IMAGE || own->older == 0) {
        return XO_OK;
    }
    xo_status status = value_before(own, &before, &own->length);
    *took = status == XO_OK && xo_value_same(&before, value);
    return status;
}

/* Stands at the record of the owner by which a dict took the attribute over; XO_NOT_FOUND without one. */
static xo_status
find_take_over(change_search *own, const xo_value *value, xo_record *record)
{
    xo_reader *reader = own->context->reader;
    uint64_t owner = own->place.object;
    bool took = false;
    xo_status status = xo_find_record(reader, own->context->index, own->context->end, owner, &own->position);
    own->next = UINT64_MAX;
    while (status == XO_OK) {
        xo_log_cursor cursor;
        status = read_record(own, record, &cursor);
        if (status != XO_OK || (status = dict_took_over(own, record, value, &took)) != XO_OK || took) {
            return status;
        }
        status = own->older == 0 ? XO_NOT_FOUND : XO_OK;
        step_back(own);
    }
    return status;
}

/* Attributes that a dict took over: who wrote them before that. */
static xo_status
before_the_dict(change_search *search, const xo_slot *slot, xo_write *out)
{
    change_search own = *search;
    xo_write write = {.writer = -1, .value = out->value};
    xo_record record;
    own.place.object = slot->owner;
    own.place.as_attribute = true;
    xo_status status = find_take_over(&own, &write.value, &record);
    if (status != XO_OK) {
        return status == XO_NOT_FOUND ? XO_OK : status;
    }
    step_back(&own);
    if ((status = walk_back(&own, &write.value, &record, &write.first)) == XO_OK) {
        write.op = record.op;
        search->position = own.position;
        *out = write;
    }
    return status;
}

static xo_status
search_change(xo_key_context *context, const xo_slot *slot, xo_write *out)
{
    change_search search = {.context = context};
    xo_status status = slot->owner == 0 ? XO_NOT_FOUND : xo_slot_place_find(context, slot, &search.place);
    if (status != XO_OK || (status = find_write(&search, out)) != XO_OK) {
        return status;
    }
    if (out->first && slot->kind == XO_SLOT_ATTRIBUTE && search.place.object != slot->owner
        && (status = before_the_dict(&search, slot, out)) != XO_OK) {
        return status;
    }
    if ((status = xo_step_after(context->reader, search.position, &out->step)) != XO_OK) {
        return status;
    }
    return out->first && xo_is_from_before(context->reader, out->step) ? XO_NOT_FOUND : XO_OK;
}

xo_status
xo_last_change(xo_reader *reader, const xo_located *located, const xo_slot *slot, xo_write *out)
{
    xo_key_context context = {
        .reader = reader,
        .index = located->index,
        .end = xo_step_mark_end(located->mark),
        .budget = 1000000 + 8 * reader->log_end,
    };
    located->index->pins++;
    xo_status status = search_change(&context, slot, out);
    located->index->pins--;
    return status;
}
