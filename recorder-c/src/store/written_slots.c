#include "written_slots.h"

#include "object_read.h"
#include "object_table.h"
#include "summary.h"

#include <stdlib.h>

/* Blocks of memory that one record may list by themselves. */
#define MOST_BLOCKS 32u

/* A record of an object, in the chunk that is looked at. */
typedef struct {
    xo_reader *reader;
    xo_written_slots *written;
    uint64_t object;
    uint64_t position, distance;
    xo_log_cursor cursor; /* at its operands; up to the end of the chunk's records */
    uint8_t op;
} written_record;

void
xo_written_slots_free(xo_written_slots *written)
{
    free(written->slots.items);
    free(written->offsets.items);
    xo_number_map_free(&written->lengths);
    *written = (xo_written_slots){0};
}

/* Most slots are written again and again. */
static bool
add(xo_written_slots *written, xo_written_slot slot)
{
    uint64_t *recent = &written->recent[slot.hash % XO_RECENT_SLOTS];
    if (*recent == slot.hash) {
        return true;
    }
    *recent = slot.hash;
    if (!xo_marks_room(&written->slots)) {
        return false;
    }
    written->slots.items[written->slots.count++] = slot;
    return true;
}

static bool
add_slot(xo_written_slots *written, uint64_t object, xo_slot_space space, uint64_t part)
{
    return add(written, (xo_written_slot){.number = object, .hash = xo_slot_hash(space, object, part)});
}

static xo_status
added(bool is_added)
{
    return is_added ? XO_OK : XO_NO_MEMORY;
}

static xo_status
add_all(const written_record *at)
{
    return added(add_slot(at->written, at->object, XO_SPACE_ALL, 0));
}

/* The names of attributes are references to the same few texts. */
static xo_status
add_keyed(written_record *at, xo_slot_space space)
{
    xo_value key;
    uint64_t here = xo_log_here(&at->cursor);
    xo_log_cursor reference = at->cursor;
    uint64_t distance = 0;
    bool refers = at->cursor.at < at->cursor.limit && *reference.at++ == XO_TAG_STR_REF
                  && xo_varint_read(&reference.at, reference.limit, &distance) == XO_OK;
    xo_known_text *known = &at->written->texts[(here - distance) % XO_KNOWN_TEXTS];
    if (refers && known->position == here - distance) {
        return added(add_slot(at->written, at->object, space, known->part));
    }
    xo_status status = xo_value_read(at->reader, &at->cursor, &key);
    if (status != XO_OK) {
        return status;
    }
    uint64_t part = xo_key_part(&key);
    if (refers) {
        *known = (xo_known_text){here - distance, part};
    }
    return added(add_slot(at->written, at->object, space, part));
}

static xo_status
by_append(const written_record *at)
{
    uint64_t length;
    xo_status status = xo_length_before(at->reader, &at->written->lengths, at->object, at->position, at->distance, &length);
    if (status != XO_OK) {
        return status;
    }
    return added(add_slot(at->written, at->object, XO_SPACE_ITEM, xo_index_part(length))
                 && xo_length_set(&at->written->lengths, at->object, length + 1));
}

static xo_status
by_splice(written_record *at)
{
    uint64_t numbers[3]; /* start, how many go, how many come */
    if (xo_numbers_read(&at->cursor, numbers, 3) != XO_OK) {
        return XO_CORRUPT;
    }
    const uint64_t *length = xo_number_map_get(&at->written->lengths, at->object);
    return added((length == NULL || xo_length_set(&at->written->lengths, at->object, *length - numbers[1] + numbers[2]))
                 && add_slot(at->written, at->object, XO_SPACE_FROM, xo_index_class(numbers[0])));
}

static xo_status
by_memory(written_record *at)
{
    uint64_t numbers[3];
    if (xo_numbers_read(&at->cursor, numbers, 3) != XO_OK) {
        return XO_CORRUPT;
    }
    uint64_t start = numbers[0], count = numbers[2];
    if (numbers[1] != count || count > MOST_BLOCKS * XO_MEMORY_BLOCK || start > UINT64_MAX - count) {
        return add_all(at);
    }
    for (uint64_t block = start / XO_MEMORY_BLOCK; count > 0 && block <= (start + count - 1) / XO_MEMORY_BLOCK; block++) {
        if (!add_slot(at->written, at->object, XO_SPACE_MEMORY, block)) {
            return XO_NO_MEMORY;
        }
    }
    return XO_OK;
}

static xo_status
by_index(written_record *at)
{
    uint64_t index;
    if (xo_numbers_read(&at->cursor, &index, 1) != XO_OK) {
        return XO_CORRUPT;
    }
    return added(add_slot(at->written, at->object, XO_SPACE_ITEM, xo_index_part(index)));
}

/* What has news may have changed anything. An object's first image says of all that it wasn't there before. */
static xo_status
by_image(const written_record *at)
{
    const uint8_t *kind = at->cursor.at;
    uint64_t class_number;
    if (xo_varint_read(&kind, at->cursor.limit, &class_number) != XO_OK || kind >= at->cursor.limit) {
        return XO_CORRUPT;
    }
    return at->distance != 0 && (*kind & XO_IMAGE_NO_NEWS) ? XO_OK : add_all(at);
}

static xo_status
by_record(written_record *at)
{
    uint64_t length;
    bool tells;
    xo_status status = xo_length_told(at->op, at->cursor, &length, &tells);
    if (status != XO_OK) {
        return status;
    }
    if (tells && xo_number_map_get(&at->written->lengths, at->object) != NULL
        && !xo_length_set(&at->written->lengths, at->object, length)) {
        return XO_NO_MEMORY;
    }
    switch (at->op) {
    case XO_OP_IMAGE: return by_image(at);
    case XO_OP_ATTR_SET:
    case XO_OP_ATTR_DELETE: return add_keyed(at, XO_SPACE_ATTRIBUTE);
    case XO_OP_DICT_SET:
    case XO_OP_DICT_DELETE:
    case XO_OP_SET_ADD:
    case XO_OP_SET_DISCARD: return add_keyed(at, XO_SPACE_ITEM);
    case XO_OP_LIST_SET: return by_index(at);
    case XO_OP_LIST_APPEND: return by_append(at);
    case XO_OP_LIST_SPLICE: return by_splice(at);
    case XO_OP_BYTES_SPLICE: return by_memory(at);
    case XO_OP_CLASS_SET: return XO_OK;
    default: return add_all(at); /* CLEAR, UNKNOWN, LIST_REVERSE, CELL_SET, ATTR_DICT */
    }
}

/* Reads the head of the object's record at `offset` of the chunk's records. */
static xo_status
read_head(written_record *at, const xo_log_cursor *log, uint64_t offset)
{
    uint64_t number;
    if (offset >= (uint64_t)(log->limit - log->log)) {
        return XO_CORRUPT;
    }
    at->cursor = *log;
    at->cursor.at = log->log + offset;
    at->position = log->position + offset;
    at->op = *at->cursor.at++;
    return !xo_op_is_object(at->op) || xo_varint_read(&at->cursor.at, log->limit, &number) != XO_OK
                   || number != at->object || xo_varint_read(&at->cursor.at, log->limit, &at->distance) != XO_OK
                   || at->distance > at->position
               ? XO_CORRUPT
               : XO_OK;
}

/* The object's records in the chunk, from the oldest on; `newest` is the offset of the last. */
static xo_status
gather_object(written_record *at, const xo_log_cursor *log, uint64_t newest)
{
    xo_status status;
    at->written->offsets.count = 0;
    for (uint64_t offset = newest;; offset -= at->distance) {
        if (!xo_marks_room(&at->written->offsets)) {
            return XO_NO_MEMORY;
        }
        at->written->offsets.items[at->written->offsets.count++] = offset;
        if ((status = read_head(at, log, offset)) != XO_OK) {
            return status;
        }
        if (at->distance == 0 || at->distance > offset) {
            break;
        }
    }
    for (size_t i = at->written->offsets.count; i-- > 0 && status == XO_OK;) {
        if ((status = read_head(at, log, at->written->offsets.items[i])) == XO_OK) {
            status = by_record(at);
        }
    }
    return status;
}

/* Objects that are alive at the chunk's end: nobody asks later about the others. */
static xo_status
gather_objects(xo_reader *reader, uint64_t chunk, xo_written_slots *written)
{
    xo_log_chunk *loaded;
    xo_summary_end end;
    xo_object_walk walk;
    xo_object_entry entry;
    xo_status status = xo_chunk_load_records(reader, chunk, &loaded);
    if (status != XO_OK || (status = xo_summary_end_load(reader, chunk, &end)) != XO_OK
        || (status = xo_object_walk_begin(end.objects, end.objects_bytes, &walk)) != XO_OK) {
        return status;
    }
    const uint8_t *log = loaded->payload + loaded->header.table_bytes;
    const xo_log_cursor records = {log, log + loaded->log_bytes, log, loaded->position};
    while ((status = xo_object_walk_next(&walk, &entry)) == XO_OK && entry.number <= loaded->header.last_object) {
        written_record at = {.reader = reader, .written = written, .object = entry.number};
        if ((status = gather_object(&at, &records, entry.position - loaded->position)) != XO_OK) {
            return status;
        }
    }
    return status == XO_NOT_FOUND ? XO_OK : status;
}

static xo_status
gather_locals(xo_reader *reader, uint64_t chunk, xo_written_slots *written)
{
    xo_frame_walk walk;
    uint64_t frame, bound;
    xo_status status = xo_frame_walk_begin(reader, chunk, &walk);
    while (status == XO_OK && (status = xo_frame_walk_next(&walk, &frame, &bound)) == XO_OK) {
        for (uint64_t slot = 0; bound != 0; slot++, bound >>= 1) {
            uint64_t hash = xo_slot_hash(XO_SPACE_LOCAL, frame, slot);
            if ((bound & 1) && !add(written, (xo_written_slot){.number = frame, .hash = hash, .is_local = true})) {
                return XO_NO_MEMORY;
            }
        }
    }
    return status == XO_NOT_FOUND ? XO_OK : status;
}

xo_status
xo_written_slots_gather(xo_reader *reader, uint64_t chunk, xo_written_slots *written)
{
    memset(written->recent, 0, sizeof written->recent);
    xo_status status = gather_locals(reader, chunk, written);
    return status != XO_OK ? status : gather_objects(reader, chunk, written);
}
