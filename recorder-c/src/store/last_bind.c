/* The newest binding of a frame's variable: in the chunk of the step, then in those before it in which the frame ran and,
 * as far as filters tell, bound it. */
#include "execorder/writer.h"
#include "reader_private.h"
#include "slot_skip.h"
#include "summary.h"

typedef struct {
    xo_reader *reader;
    uint64_t frame;
    const xo_value *name;
    uint32_t slot;
    uint8_t flags;  /* XO_VARIABLE_*, once `named` */
    bool named;     /* the frame's code, and so the slot, is known */
} bind_search;

static xo_status
find_slot(bind_search *search, uint32_t number)
{
    xo_code_view code;
    if (search->named) {
        return XO_OK;
    }
    if (search->name->kind != XO_STR) {
        return XO_NOT_FOUND;
    }
    if (xo_reader_code(search->reader, number, &code) != XO_OK) {
        return XO_CORRUPT;
    }
    for (size_t i = 0; i < code.variable_count; i++) {
        const char *name = code.variable_names[i];
        if (strlen(name) == search->name->size_bytes && memcmp(name, search->name->bytes, strlen(name)) == 0) {
            search->slot = (uint32_t)i;
            search->flags = code.variable_flags[i];
            search->named = true;
            return XO_OK;
        }
    }
    return XO_NOT_FOUND;
}

/* The newest mark of the slot before `end`; the frame may have several entries in a chunk: a generator that was
 * entered again has. Marks of all variables count only when nothing stands before them: at the frame's birth. */
static xo_status
find_mark(bind_search *search, const xo_chunk_index *index, uint64_t end, const xo_bind_mark **out)
{
    *out = NULL;
    for (size_t i = 0; i < index->frames.count; i++) {
        const xo_frame_mark *frame = &index->frames.items[i];
        if (frame->number != search->frame) {
            continue;
        }
        xo_status status = find_slot(search, frame->code);
        if (status != XO_OK) {
            return status;
        }
        for (uint32_t at = frame->newest_bind; at != XO_NONE_INDEX; at = index->binds.items[at].previous) {
            const xo_bind_mark *mark = &index->binds.items[at];
            if (mark->offset < end && mark->slot == search->slot
                && (*out == NULL || mark->offset > (*out)->offset)) {
                *out = mark;
                break;
            }
        }
    }
    return XO_OK;
}

static xo_status
describe(xo_reader *reader, const xo_chunk_index *index, uint64_t offset, uint8_t op, xo_write *out)
{
    out->op = op;
    return xo_step_after(reader, index->position + offset, &out->step);
}

/* Value `slot` of an ENTER record, and the step of that call. */
static xo_status
describe_birth(bind_search *search, const xo_chunk_index *index, uint64_t offset, xo_write *out)
{
    xo_record record;
    xo_log_cursor cursor;
    xo_status status = xo_log_record(search->reader, index->position + offset, &record, &cursor);
    if (status != XO_OK) {
        return status;
    }
    if (search->slot >= record.count) { /* those that were unbound are left out at the end */
        return XO_NOT_FOUND;
    }
    for (uint32_t i = 0; i <= search->slot; i++) {
        if ((status = xo_value_read(search->reader, &cursor, &out->value)) != XO_OK) {
            return status;
        }
    }
    out->first = true;
    return out->value.kind == XO_UNBOUND ? XO_NOT_FOUND
                                         : describe(search->reader, index, offset, XO_OP_ENTER, out);
}

/* The frame's first record, when the frame began in this chunk; otherwise XO_NOT_FOUND. */
static xo_status
find_birth(bind_search *search, const xo_chunk_index *index, uint64_t end, xo_write *out)
{
    const xo_log_chunk *chunk = &search->reader->chunks.items[index->chunk];
    if (search->frame <= chunk->header.last_frame || !search->named) {
        return XO_NOT_FOUND;
    }
    const xo_bind_mark *oldest = NULL;
    for (size_t i = 0; i < index->frames.count; i++) {
        const xo_frame_mark *frame = &index->frames.items[i];
        for (uint32_t at = frame->number == search->frame ? frame->newest_bind : XO_NONE_INDEX; at != XO_NONE_INDEX;
             at = index->binds.items[at].previous) {
            oldest = oldest == NULL || index->binds.items[at].offset < oldest->offset ? &index->binds.items[at] : oldest;
        }
    }
    if (oldest == NULL || oldest->slot != XO_ALL_SLOTS || oldest->offset >= end) {
        return XO_NOT_FOUND;
    }
    return describe_birth(search, index, oldest->offset, out);
}

static xo_status
search_chunk(bind_search *search, const xo_chunk_index *index, uint64_t end, xo_write *out)
{
    const xo_bind_mark *mark;
    xo_status status = find_mark(search, index, end, &mark);
    if (status != XO_OK) {
        return status;
    }
    if (mark == NULL) {
        return find_birth(search, index, end, out);
    }
    status = xo_value_read_at(search->reader, index, mark->offset, &out->value);
    return status != XO_OK ? status : describe(search->reader, index, mark->offset, XO_OP_BIND, out);
}

/* Whether `chunk` must be looked at; *chunk moves back over those that surely don't bind the variable. */
static xo_status
skip_chunks(bind_search *search, xo_search *fits, uint64_t *chunk, bool *may)
{
    if (search->named) {
        fits->bound = xo_bound_slot(search->slot);
        xo_slot_tests tests;
        xo_slot_tests_of_local(search->frame, search->slot, &tests);
        xo_status status = xo_slot_skip(search->reader, &tests, *chunk, chunk);
        if (status != XO_OK) {
            return status;
        }
    }
    return xo_summary_may_fit(search->reader, *chunk, fits, may);
}

static xo_status
search_older(bind_search *search, uint64_t chunk, xo_write *out)
{
    xo_filter filter = {.frame = search->frame, .max_depth = UINT32_MAX};
    xo_search fits = {.filter = &filter};
    size_t unpacked = search->reader->unpacked.count;
    while (chunk-- > 0) {
        bool may;
        xo_chunk_index *index;
        xo_status status = skip_chunks(search, &fits, &chunk, &may);
        if (status != XO_OK) {
            return status;
        }
        if (!may) {
            continue;
        }
        if ((status = xo_reader_chunk_index(search->reader, chunk, &index)) != XO_OK) {
            return status;
        }
        status = search_chunk(search, index, index->decoded, out);
        bool is_oldest = search->frame > search->reader->chunks.items[chunk].header.last_frame;
        if (status != XO_NOT_FOUND || is_oldest) {
            return status;
        }
        xo_unpacked_trim(search->reader, unpacked);
    }
    return XO_NOT_FOUND;
}

/* A variable that lives in a cell was written when the cell was. */
static xo_status
look_into_cell(bind_search *search, const xo_located *located, xo_write *out)
{
    const uint8_t in_cell = XO_VARIABLE_CELL | XO_VARIABLE_FREE;
    if ((search->flags & in_cell) == 0 || out->value.kind != XO_OBJECT) {
        return XO_OK;
    }
    xo_slot content = {.kind = XO_SLOT_ITEM, .owner = out->value.object};
    xo_write write = {.writer = -1};
    xo_status status = xo_last_change(search->reader, located, &content, &write);
    if (status == XO_OK) {
        *out = write;
    }
    return status == XO_NOT_FOUND ? XO_OK : status;
}

xo_status
xo_last_bind(xo_reader *reader, const xo_located *located, const xo_slot *slot, xo_write *out)
{
    bind_search search = {.reader = reader, .frame = slot->owner, .name = &slot->key};
    uint64_t step = located->index->first_step + located->local;
    uint64_t chunk = located->index->chunk;
    xo_status status = search_chunk(&search, located->index, xo_step_mark_end(located->mark), out);
    if (status == XO_NOT_FOUND) {
        status = search_older(&search, chunk, out);
    }
    if (status != XO_OK) {
        return status;
    }
    xo_located again; /* other chunks were looked at since */
    status = xo_locate(reader, step, &again);
    return status != XO_OK ? status : look_into_cell(&search, &again, out);
}
