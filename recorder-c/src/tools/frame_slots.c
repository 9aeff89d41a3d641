/* Where the values of a frame's variables stand. */
#include "copier.h"

#include <stdlib.h>

typedef struct {
    uint64_t *positions;
    size_t count;
    bool done; /* a record of all variables was met */
} slots;

/* ENTER or FRAME tells those that weren't bound since. */
static xo_status
fill_rest(xo_reader *reader, uint64_t position, slots *into)
{
    xo_record record;
    xo_log_cursor cursor;
    xo_status status = xo_log_record(reader, position, &record, &cursor);
    into->done = true;
    if (status != XO_OK) {
        return status;
    }
    if (record.count > into->count || (record.op != XO_OP_ENTER && record.op != XO_OP_FRAME)) {
        return XO_CORRUPT;
    }
    for (size_t i = 0; i < record.count; i++) {
        if (into->positions[i] == 0) {
            into->positions[i] = xo_log_here(&cursor);
        }
        if (xo_value_skip(&cursor.at, cursor.limit) != XO_OK) {
            return XO_CORRUPT;
        }
    }
    return XO_OK;
}

/* Newest first. */
static xo_status
fill_from_chunk(xo_reader *reader, const xo_chunk_index *index, const xo_frame_mark *frame, uint64_t end, slots *into)
{
    uint32_t at = frame->newest_bind;
    while (at != XO_NONE_INDEX && !into->done) {
        const xo_bind_mark *mark = &index->binds.items[at];
        at = mark->previous;
        if (mark->offset >= end) {
            continue;
        }
        if (mark->slot == XO_ALL_SLOTS) {
            return fill_rest(reader, index->position + mark->offset, into);
        }
        if (mark->slot >= into->count) {
            return XO_CORRUPT;
        }
        if (into->positions[mark->slot] == 0) {
            into->positions[mark->slot] = index->position + mark->offset;
        }
    }
    return XO_OK;
}

static xo_status
fill_from_older(xo_reader *reader, uint64_t frame, uint64_t start, slots *into)
{
    uint64_t chunk;
    xo_chunk_index *older;
    xo_status status = xo_chunk_of_position(reader, start, &chunk);
    if (status != XO_OK || (status = xo_reader_chunk_index(reader, chunk, &older)) != XO_OK) {
        return status;
    }
    const uint64_t *mark = xo_number_map_get(&older->frame_by_number, frame);
    if (mark == NULL) {
        return XO_CORRUPT;
    }
    return fill_from_chunk(reader, older, &older->frames.items[*mark], older->decoded, into);
}

xo_status
xo_frame_slots(xo_reader *reader, const xo_chunk_index *index, const xo_frame_mark *frame, uint64_t end,
               size_t count, uint64_t **positions)
{
    slots into = {.positions = calloc(count + 1, sizeof *into.positions), .count = count};
    uint64_t number = frame->number;
    uint64_t start = frame->start_position;
    *positions = NULL;
    if (into.positions == NULL) {
        return XO_NO_MEMORY;
    }
    xo_status status = fill_from_chunk(reader, index, frame, end, &into);
    if (status == XO_OK && !into.done) {
        status = start == 0 ? XO_CORRUPT : fill_from_older(reader, number, start, &into);
    }
    if (status == XO_OK && !into.done) {
        status = XO_CORRUPT;
    }
    if (status != XO_OK) {
        free(into.positions);
        return status;
    }
    *positions = into.positions;
    return XO_OK;
}
