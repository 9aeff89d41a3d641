/* The table of chunks, and what is where. */
#include "chunk_table.h"

void
xo_chunk_table_clear(xo_reader *reader)
{
    reader->chunks.count = 0;
    xo_summaries_free(reader);
    for (size_t level = 0; level < XO_INDEX_LEVELS; level++) {
        reader->blocks[level].count = 0;
    }
    reader->finished = false;
    const xo_base *base = &reader->header.base;
    reader->scan_offset = base->offset != 0 ? base->offset : XO_PAGE_BYTES;
    reader->gap = reader->header.gap;
    reader->steps = base->first_step;
    reader->log_end = base->position != 0 ? base->position : XO_FIRST_LOG_POSITION;
    reader->output_count = base->output_count;
}

xo_status
xo_chunk_table_add(xo_reader *reader, const xo_log_chunk *chunk)
{
    if (!xo_marks_room(&reader->chunks)) {
        return XO_NO_MEMORY;
    }
    reader->chunks.items[reader->chunks.count++] = *chunk;
    return XO_OK;
}

xo_status
xo_chunk_table_add_block(xo_reader *reader, uint64_t level, uint64_t offset)
{
    if (level < 1 || level > XO_INDEX_LEVELS) {
        return XO_CORRUPT;
    }
    if (!xo_marks_room(&reader->blocks[level - 1])) {
        return XO_NO_MEMORY;
    }
    reader->blocks[level - 1].items[reader->blocks[level - 1].count++] = (xo_index_block){.offset = offset};
    return XO_OK;
}

/* The last chunk whose `field` is at most `value`; chunk 0 always is. */
#define LAST_AT_MOST(reader, field, value, out) \
    do { \
        uint64_t low = 0, high = (reader)->chunks.count; \
        while (high - low > 1) { \
            uint64_t middle = low + (high - low) / 2; \
            if ((reader)->chunks.items[middle].field <= (value)) { \
                low = middle; \
            } else { \
                high = middle; \
            } \
        } \
        *(out) = low; \
    } while (0)

xo_status
xo_chunk_of_step(const xo_reader *reader, uint64_t step, uint64_t *chunk)
{
    if (step >= reader->steps || step < reader->header.base.first_step) {
        return XO_NOT_FOUND;
    }
    LAST_AT_MOST(reader, first_step, step, chunk);
    return XO_OK;
}

static bool
has_position(const xo_reader *reader, uint64_t chunk, uint64_t position)
{
    const xo_log_chunk *items = reader->chunks.items;
    return chunk < reader->chunks.count && items[chunk].position <= position
           && (chunk + 1 == reader->chunks.count || position < items[chunk + 1].position);
}

/* A walk along an object's records asks for the same chunk many times. */
xo_status
xo_chunk_of_position(xo_reader *reader, uint64_t position, uint64_t *chunk)
{
    if (position < reader->header.base.position || position >= reader->log_end || reader->chunks.count == 0) {
        return XO_CORRUPT;
    }
    if (!has_position(reader, reader->newest_chunk, position)) {
        LAST_AT_MOST(reader, position, position, &reader->newest_chunk);
    }
    *chunk = reader->newest_chunk;
    return XO_OK;
}
