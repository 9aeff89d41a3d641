/* A reader follows what the writer moves within the file. */
#include "chunk_table.h"

void
xo_chunk_moved(xo_reader *reader, uint64_t number, uint64_t offset)
{
    if (reader != NULL && number < reader->chunks.count) {
        xo_log_chunk *chunk = &reader->chunks.items[number];
        chunk->offset = offset;
        chunk->loaded = chunk->records_verified = false;
        chunk->summary = NULL;
    }
}

void
xo_block_moved(xo_reader *reader, uint32_t level, uint64_t number, uint64_t offset)
{
    if (reader != NULL && number < reader->blocks[level - 1].count) {
        reader->blocks[level - 1].items[number] = (xo_index_block){.offset = offset};
    }
}

void
xo_moved_forget(xo_reader *reader)
{
    if (reader != NULL) {
        xo_index_cache_drop_closed(reader);
        xo_unpacked_free(reader);
        xo_number_map_free(&reader->text_hashes);
        xo_number_map_free(&reader->text_sizes);
    }
}

/* A moved chunk that the reader knows; false when it is a newer one. */
static bool
take_place(xo_reader *reader, const xo_chunk_header *header, uint64_t offset)
{
    if (header->kind == XO_CHUNK_LOG) {
        uint64_t number = header->ordinal - reader->header.base.ordinal;
        if (number >= reader->chunks.count - (reader->tail != NULL)) {
            return false;
        }
        xo_chunk_moved(reader, number, offset);
        return true;
    }
    if (header->level < 1 || header->level > XO_INDEX_LEVELS || header->ordinal < 1
        || header->ordinal > reader->blocks[header->level - 1].count) {
        return false;
    }
    xo_block_moved(reader, header->level, header->ordinal - 1, offset);
    return true;
}

/* The scan goes on at `offset`: what was the open chunk is there now, closed, and others may follow. */
static void
go_on_at(xo_reader *reader, uint64_t offset)
{
    if (reader->tail != NULL) {
        const xo_log_chunk *chunk = &reader->chunks.items[--reader->chunks.count];
        reader->steps = chunk->first_step;
        reader->log_end = chunk->position;
        reader->output_count = chunk->output_count;
        xo_index_cache_clear(reader);
    }
    reader->scan_offset = offset;
}

xo_status
xo_moved_follow(xo_reader *reader)
{
    uint64_t offset = reader->gap.from;
    xo_gap gap = reader->header.gap;
    if (gap.from <= offset || reader->is_own) {
        return XO_OK;
    }
    xo_moved_forget(reader);
    while (offset < gap.from) {
        xo_chunk_header header;
        xo_status status = xo_chunk_header_read(reader, offset, &header);
        if (status != XO_OK || !header.closed) {
            return status != XO_OK && status != XO_NOT_FOUND ? status : XO_CORRUPT;
        }
        if (!take_place(reader, &header, offset)) {
            go_on_at(reader, offset);
            break;
        }
        offset = xo_chunk_end(offset, header.stored_bytes);
    }
    reader->gap = gap;
    return XO_OK;
}
