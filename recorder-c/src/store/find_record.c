/* The newest record of an object before a place: in the chunk, in the summaries of its group's chunks before it, in
 * the blocks of level 1 of the group of groups, and so on. */
#include "object_table.h"
#include "reader_private.h"
#include "summary.h"

/* Marks of one object are linked from the newest back. */
static xo_status
find_in_chunk(const xo_chunk_index *index, uint64_t end, uint64_t object, uint64_t *position)
{
    const uint64_t *newest = xo_number_map_get(&index->object_by_number, object);
    uint32_t at = newest == NULL ? XO_NONE_INDEX : (uint32_t)*newest;
    while (at != XO_NONE_INDEX && index->objects.items[at].offset >= end) {
        at = index->objects.items[at].previous;
    }
    if (at == XO_NONE_INDEX) {
        return XO_NOT_FOUND;
    }
    *position = index->position + index->objects.items[at].offset;
    return XO_OK;
}

static xo_status
find_in_summary(xo_reader *reader, uint64_t chunk, uint64_t object, uint64_t *position)
{
    xo_summary_end end;
    xo_status status = xo_summary_end_load(reader, chunk, &end);
    return status != XO_OK ? status : xo_object_table_find(end.objects, end.objects_bytes, object, position);
}

static xo_status
find_in_block(xo_reader *reader, uint32_t level, uint64_t block, uint64_t object, uint64_t *position)
{
    const xo_index_block *loaded;
    if (block >= reader->blocks[level - 1].count) {
        return XO_CORRUPT;
    }
    xo_status status = xo_index_block_load(reader, level, block, &loaded);
    if (status != XO_OK) {
        return status;
    }
    return xo_object_table_find(loaded->table, (size_t)loaded->table_bytes, object, position);
}

/* Looks into the spans of `level` before number `span`, as far back as the span of the next level that holds them, or
 * as anything is kept. Spans count from the start of the recording, also when that is gone. */
static xo_status
find_in_level(xo_reader *reader, uint32_t level, uint64_t span, uint64_t object, uint64_t *position)
{
    uint64_t first = level < XO_INDEX_LEVELS ? span - span % XO_INDEX_FAN : 0;
    uint64_t gone = xo_blocks_gone(reader, level);
    for (uint64_t at = span; at-- > first && at >= gone;) {
        xo_status status = level == 0 ? find_in_summary(reader, at - gone, object, position)
                                      : find_in_block(reader, level, at - gone, object, position);
        if (status != XO_NOT_FOUND) {
            return status;
        }
    }
    return XO_NOT_FOUND;
}

/* `before` is a position that what is found stands before. */
static xo_status
find_in_levels(xo_reader *reader, uint64_t chunk, uint64_t before, uint64_t object, uint64_t *position)
{
    xo_status status = XO_NOT_FOUND;
    uint64_t span = chunk + xo_blocks_gone(reader, 0);
    for (uint32_t level = 0; level <= XO_INDEX_LEVELS && status == XO_NOT_FOUND; level++) {
        status = find_in_level(reader, level, span, object, position);
        span /= XO_INDEX_FAN;
    }
    if (status == XO_OK && *position >= before) {
        return XO_CORRUPT;
    }
    return status == XO_OK && *position < reader->header.base.position ? XO_NOT_FOUND : status;
}

xo_status
xo_find_record(xo_reader *reader, const xo_chunk_index *index, uint64_t end, uint64_t object, uint64_t *position)
{
    xo_status status = find_in_chunk(index, end, object, position);
    return status != XO_NOT_FOUND ? status
                                  : find_in_levels(reader, index->chunk, index->position + end, object, position);
}

xo_status
xo_find_record_before(xo_reader *reader, uint64_t chunk, uint64_t object, uint64_t *position)
{
    return find_in_levels(reader, chunk, reader->chunks.items[chunk].position, object, position);
}

/* A generation begins with its definitions, the first of which names none before it. */
static xo_status
begins_generation(xo_reader *reader, uint64_t chunk, bool *begins)
{
    xo_log_chunk *loaded;
    xo_record record;
    xo_status status = xo_chunk_load_records(reader, chunk, &loaded);
    *begins = false;
    if (status == XO_OK && chunk > 0 && loaded->log_bytes > 0) {
        const uint8_t *log = loaded->payload + loaded->header.table_bytes;
        status = xo_record_read(log, log + loaded->log_bytes, &record);
        *begins = status == XO_OK && xo_op_is_definition(record.op) && record.distance == 0;
    }
    return status;
}

xo_status
xo_older_record(xo_reader *reader, uint64_t object, uint64_t position, uint64_t distance, uint64_t *older)
{
    uint64_t chunk;
    xo_chunk_index *index;
    bool begins;
    *older = distance == 0 ? 0 : position - distance;
    if (distance != 0) {
        return XO_OK;
    }
    xo_status status = xo_chunk_of_position(reader, position, &chunk);
    if (status != XO_OK || (status = begins_generation(reader, chunk, &begins)) != XO_OK || !begins
        || (status = xo_reader_chunk_index(reader, chunk, &index)) != XO_OK) {
        return status;
    }
    status = xo_find_record(reader, index, position - index->position, object, older);
    if (status == XO_NOT_FOUND) {
        *older = 0;
        return XO_OK;
    }
    return status;
}

bool
xo_is_from_before(const xo_reader *reader, uint64_t step)
{
    return reader->header.base.offset != 0 && step <= reader->header.base.first_step;
}
