/* Reads a chunk's start table: the stacks of all threads when it begins. */
#include "chunk_index.h"

#include <stdlib.h>

static xo_status
read_frame(xo_chunk_index *index, const uint8_t **at, const uint8_t *limit, uint64_t *number)
{
    int64_t difference, line;
    uint32_t code, frame;
    uint64_t distance;
    if (xo_zigzag_read(at, limit, &difference) != XO_OK || xo_varint_read_u32(at, limit, &code) != XO_OK
        || xo_zigzag_read(at, limit, &line) != XO_OK || xo_varint_read(at, limit, &distance) != XO_OK) {
        return XO_CORRUPT;
    }
    *number += (uint64_t)difference;
    if (*number == 0 || line < INT32_MIN || line > INT32_MAX || distance == 0 || distance >= index->position) {
        return XO_CORRUPT;
    }
    xo_status status = xo_chunk_index_add_frame(index, *number, code, &frame);
    if (status != XO_OK) {
        return status;
    }
    index->frames.items[frame].start_position = index->position - distance;
    return xo_chunk_index_push(index, frame, line);
}

static xo_status
read_thread(xo_chunk_index *index, const uint8_t **at, const uint8_t *limit)
{
    uint64_t thread, depth, number = 0;
    if (xo_varint_read(at, limit, &thread) != XO_OK || xo_varint_read(at, limit, &depth) != XO_OK
        || depth > (uint64_t)(limit - *at) / 4) {
        return XO_CORRUPT;
    }
    if (xo_number_map_get(&index->top_by_thread, thread) != NULL) {
        return XO_CORRUPT;
    }
    xo_status status = xo_chunk_index_switch(index, thread);
    for (uint64_t i = 0; i < depth && status == XO_OK; i++) {
        status = read_frame(index, at, limit, &number);
    }
    return status;
}

static xo_status
read_table(xo_chunk_index *index, const uint8_t *at, const uint8_t *limit)
{
    uint64_t current, count;
    if (xo_varint_read(&at, limit, &current) != XO_OK || xo_varint_read(&at, limit, &count) != XO_OK
        || count > (uint64_t)(limit - at)) {
        return XO_CORRUPT;
    }
    for (uint64_t i = 0; i < count; i++) {
        xo_status status = read_thread(index, &at, limit);
        if (status != XO_OK) {
            return status;
        }
    }
    if (at != limit) {
        return XO_CORRUPT;
    }
    return current == 0 ? XO_OK : xo_chunk_index_switch(index, current);
}

xo_status
xo_chunk_index_create(const uint8_t *table, uint64_t table_bytes, uint64_t position, xo_chunk_index **out)
{
    *out = NULL;
    xo_chunk_index *index = calloc(1, sizeof *index);
    if (index == NULL) {
        return XO_NO_MEMORY;
    }
    index->position = position;
    index->top = XO_NONE_INDEX;
    xo_status status = read_table(index, table, table + table_bytes);
    if (status != XO_OK) {
        xo_chunk_index_free(index);
        return status;
    }
    *out = index;
    return XO_OK;
}
