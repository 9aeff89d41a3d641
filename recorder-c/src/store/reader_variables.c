/* The variables of a frame: for each slot the newest binding, else what ENTER or FRAME said. */
#include "execorder/writer.h"
#include "object_read.h"
#include "reader_private.h"

#include <stdlib.h>

typedef struct {
    xo_value *values;
    uint8_t *filled;
    size_t count;
    uint64_t filled_bits; /* XO_SLOT_BIT of those filled, but never the shared bit */
    bool done; /* a record of all variables was met */
} slots;

static xo_status
fill_slot(xo_reader *reader, const xo_chunk_index *index, const xo_bind_mark *mark, slots *into)
{
    if (mark->slot >= into->count) {
        return XO_CORRUPT;
    }
    if (into->filled[mark->slot]) {
        return XO_OK;
    }
    into->filled[mark->slot] = 1;
    into->filled_bits |= mark->slot < 63 ? XO_SLOT_BIT(mark->slot) : 0;
    return xo_value_read_at(reader, index, mark->offset, &into->values[mark->slot]);
}

static xo_status
fill_rest(xo_reader *reader, const xo_chunk_index *index, const xo_bind_mark *mark, slots *into)
{
    xo_record record;
    xo_log_cursor cursor;
    into->done = true;
    xo_status status = xo_log_record(reader, index->position + mark->offset, &record, &cursor);
    if (status != XO_OK) {
        return status;
    }
    if (record.count > into->count) {
        return XO_CORRUPT;
    }
    for (uint64_t i = 0; i < record.count && status == XO_OK; i++) {
        xo_value value;
        status = xo_value_read(reader, &cursor, &value);
        if (status == XO_OK && !into->filled[i]) {
            into->values[i] = value;
        }
    }
    return status;
}

/* So many bindings of calls in between are passed over in search of the frame's own. */
enum { NEAR = 64 };

/* Where to begin to look for the frame's newest binding before `end`: there, or at a later one. */
static uint32_t
newest_before(const xo_chunk_index *index, const xo_frame_mark *frame, uint64_t end)
{
    size_t low = 0, high = index->binds.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (index->binds.items[middle].offset < end) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    uint32_t number = (uint32_t)(frame - index->frames.items);
    for (size_t looked = 0; looked < NEAR && low > 0; looked++) {
        if (index->binds.items[--low].frame == number) {
            return (uint32_t)low;
        }
    }
    return frame->newest_bind;
}

/* Whether the record of all variables tells all that isn't known yet: the slots left are not bound one by one. */
static bool
is_rest_in_all(const xo_frame_mark *frame, uint32_t at, const slots *into)
{
    return (frame->bound & ~into->filled_bits) == 0 && frame->newest_all != XO_NONE_INDEX && frame->newest_all < at;
}

/* Goes through the frame's bindings before `end`, newest first. */
static xo_status
fill_from_chunk(xo_reader *reader, const xo_chunk_index *index, const xo_frame_mark *frame, uint64_t end, slots *into)
{
    xo_status status = XO_OK;
    uint32_t at = newest_before(index, frame, end);
    while (at != XO_NONE_INDEX && !into->done && status == XO_OK) {
        if (is_rest_in_all(frame, at, into)) {
            at = frame->newest_all;
        }
        const xo_bind_mark *mark = &index->binds.items[at];
        if (mark->offset < end) {
            status = mark->slot == XO_ALL_SLOTS ? fill_rest(reader, index, mark, into)
                                                : fill_slot(reader, index, mark, into);
        }
        at = mark->previous;
    }
    return status;
}

/* The chunk in which the frame's variables were last written, before this one. */
static xo_status
fill_from_older(xo_reader *reader, const xo_frame_mark *frame, slots *into)
{
    uint64_t chunk;
    xo_chunk_index *older;
    uint64_t number = frame->number;
    xo_status status = xo_chunk_of_position(reader, frame->start_position, &chunk);
    if (status != XO_OK || (status = xo_reader_chunk_index(reader, chunk, &older)) != XO_OK) {
        return status;
    }
    const uint64_t *mark = xo_number_map_get(&older->frame_by_number, number);
    if (mark == NULL) {
        return XO_CORRUPT;
    }
    return fill_from_chunk(reader, older, &older->frames.items[*mark], older->decoded, into);
}

static xo_status
fill(xo_reader *reader, const xo_chunk_index *index, const xo_frame_mark *frame, uint64_t end, slots *into)
{
    xo_status status = fill_from_chunk(reader, index, frame, end, into);
    if (status == XO_OK && !into->done) {
        status = frame->start_position == 0 ? XO_CORRUPT : fill_from_older(reader, frame, into);
    }
    return status == XO_OK && !into->done ? XO_CORRUPT : status;
}

/* Cells are looked into; a cell that isn't known yet stays as it is. */
static xo_status
open_cells(xo_reader *reader, const xo_located *located, const xo_code_view *code, xo_value *values)
{
    for (size_t i = 0; i < code->variable_count; i++) {
        if ((code->variable_flags[i] & (XO_VARIABLE_CELL | XO_VARIABLE_FREE)) == 0
            || values[i].kind != XO_OBJECT) {
            continue;
        }
        xo_status status = xo_cell_read(reader, located->index, xo_step_mark_end(located->mark), &values[i]);
        if (status != XO_OK && status != XO_NOT_FOUND) {
            return status;
        }
    }
    return XO_OK;
}

static xo_status
find_frame(const xo_located *located, uint32_t thread, uint64_t frame, uint32_t *out)
{
    const xo_chunk_index *index = located->index;
    xo_stack_place top;
    xo_stack_top(located, thread, &top);
    for (uint32_t node = top.node; node != XO_NONE_INDEX; node = index->nodes.items[node].parent) {
        if (index->frames.items[index->nodes.items[node].frame].number == frame) {
            *out = index->nodes.items[node].frame;
            return XO_OK;
        }
    }
    return XO_NOT_FOUND;
}

static xo_status
read_result(xo_reader *reader, const xo_located *located, uint32_t frame, xo_value *result)
{
    const xo_chunk_index *index = located->index;
    *result = (xo_value){.kind = XO_UNBOUND};
    if (index->nodes.items[located->mark->node].frame != frame) {
        return XO_OK;
    }
    size_t low = 0;
    size_t high = index->results.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (index->results.items[middle].steps < located->local) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    if (low == index->results.count || index->results.items[low].steps != located->local) {
        return XO_OK;
    }
    return xo_value_read_at(reader, index, index->results.items[low].offset, result);
}

static xo_status
read_all(xo_reader *reader, const xo_located *located, uint32_t frame, slots *into, xo_value *result)
{
    const xo_frame_mark *mark = &located->index->frames.items[frame];
    xo_code_view code;
    if (xo_reader_code(reader, mark->code, &code) != XO_OK) {
        return XO_CORRUPT;
    }
    into->count = code.variable_count;
    into->values = calloc(into->count + 1, sizeof *into->values);
    into->filled = calloc(into->count + 1, 1);
    if (into->values == NULL || into->filled == NULL) {
        return XO_NO_MEMORY;
    }
    xo_status status = fill(reader, located->index, mark, xo_step_mark_end(located->mark), into);
    if (status != XO_OK || (status = open_cells(reader, located, &code, into->values)) != XO_OK) {
        return status;
    }
    return read_result(reader, located, frame, result);
}

xo_status
xo_reader_variables(xo_reader *reader, uint64_t step, uint32_t thread, uint64_t frame, xo_value **values,
                    size_t *count, xo_value *result)
{
    xo_located located;
    uint32_t mark;
    slots into = {0};
    *values = NULL;
    *count = 0;
    xo_question_begin(reader);
    xo_status status = xo_locate(reader, step, &located);
    if (status != XO_OK || (status = find_frame(&located, thread, frame, &mark)) != XO_OK) {
        return status;
    }
    status = read_all(reader, &located, mark, &into, result);
    free(into.filled);
    if (status != XO_OK) {
        free(into.values);
        return status;
    }
    *values = into.values;
    *count = into.count;
    return XO_OK;
}
