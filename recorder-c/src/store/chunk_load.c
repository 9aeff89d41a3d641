/* Looking at one chunk, and checking what it says. */
#include "chunk_table.h"
#include "summary.h"

#include "crc32c.h"

xo_status
xo_chunk_header_read(xo_reader *reader, uint64_t offset, xo_chunk_header *header)
{
    uint8_t bytes[XO_CHUNK_HEADER_BYTES];
    size_t done;
    xo_status status = xo_file_read(reader->file, offset, bytes, sizeof bytes, &done);
    if (status != XO_OK) {
        return status;
    }
    return done < sizeof bytes ? XO_NOT_FOUND : xo_chunk_header_load(bytes, header);
}

xo_status
xo_summary_chunk_map(xo_reader *reader, uint64_t offset, xo_chunk_kind kind, xo_chunk_header *header,
                  const uint8_t **payload)
{
    xo_status status = xo_chunk_header_read(reader, offset, header);
    if (status != XO_OK) {
        return status == XO_NOT_FOUND ? XO_CORRUPT : status;
    }
    if (header->kind != kind || !header->closed || header->summary_bytes != header->stored_bytes) {
        return XO_CORRUPT;
    }
    status = xo_segments_map(reader, offset + XO_CHUNK_HEADER_BYTES, header->stored_bytes, payload);
    if (status != XO_OK) {
        return status;
    }
    xo_segments_see(reader, header->stored_bytes);
    return xo_crc32c(*payload, (size_t)header->stored_bytes) == header->summary_crc ? XO_OK : XO_CORRUPT;
}

static bool
header_fits(const xo_reader *reader, const xo_log_chunk *chunk, uint64_t index, const xo_chunk_header *header)
{
    bool last = index + 1 == reader->chunks.count;
    uint64_t end = last ? reader->log_end : chunk[1].position;
    uint64_t steps = last ? reader->steps : chunk[1].first_step;
    return header->kind == XO_CHUNK_LOG && header->closed && header->ordinal == index + reader->header.base.ordinal
           && header->position == chunk->position && header->first_step == chunk->first_step
           && header->log_bytes == end - chunk->position && header->step_count == steps - chunk->first_step;
}

static xo_status
load_header(xo_reader *reader, uint64_t index)
{
    xo_log_chunk *chunk = &reader->chunks.items[index];
    xo_chunk_header header;
    xo_status status = xo_chunk_header_read(reader, chunk->offset, &header);
    if (status != XO_OK) {
        return status == XO_NOT_FOUND ? XO_CORRUPT : status;
    }
    if (!header_fits(reader, chunk, index, &header)) {
        return XO_CORRUPT;
    }
    status = xo_segments_map(reader, chunk->offset + XO_CHUNK_HEADER_BYTES, header.stored_bytes, &chunk->stored);
    if (status != XO_OK) {
        return status;
    }
    chunk->payload = header.codec == XO_CODEC_NONE ? chunk->stored : NULL;
    chunk->header = header;
    chunk->log_bytes = header.log_bytes;
    chunk->loaded = true;
    return XO_OK;
}

xo_status
xo_chunk_load(xo_reader *reader, uint64_t index, xo_log_chunk **out)
{
    xo_log_chunk *chunk = &reader->chunks.items[index];
    *out = chunk;
    return chunk->loaded ? XO_OK : load_header(reader, index);
}

bool
xo_chunk_records_are_right(const xo_log_chunk *chunk)
{
    uint64_t size = chunk->header.table_bytes;
    if (!chunk->header.closed) {
        return xo_crc32c(chunk->stored, (size_t)size) == chunk->header.table_crc;
    }
    size = chunk->header.stored_bytes - chunk->header.summary_bytes;
    return xo_crc32c(chunk->stored, (size_t)size) == chunk->header.records_crc;
}

bool
xo_chunk_summary_is_right(const xo_log_chunk *chunk)
{
    const uint8_t *summary = chunk->stored + (chunk->header.stored_bytes - chunk->header.summary_bytes);
    return xo_crc32c(summary, (size_t)chunk->header.summary_bytes) == chunk->header.summary_crc;
}

xo_status
xo_chunk_load_records(xo_reader *reader, uint64_t index, xo_log_chunk **out)
{
    xo_status status = xo_chunk_load(reader, index, out);
    if (status != XO_OK) {
        return status;
    }
    if ((*out)->seen <= reader->forgotten && (*out)->unpacked == NULL) {
        xo_segments_see(reader, (*out)->header.stored_bytes);
        (*out)->seen = reader->forgotten + 1;
    }
    (*out)->records_verified = (*out)->records_verified || xo_chunk_records_are_right(*out);
    return (*out)->records_verified ? xo_chunk_unpack(reader, index) : XO_CORRUPT;
}

uint64_t
xo_blocks_gone(const xo_reader *reader, uint32_t level)
{
    uint64_t gone = reader->header.base.ordinal - 1;
    for (uint32_t i = 0; i < level; i++) {
        gone /= XO_INDEX_FAN;
    }
    return gone;
}

xo_status
xo_index_block_load(xo_reader *reader, uint32_t level, uint64_t index, const xo_index_block **out)
{
    xo_index_block *block = &reader->blocks[level - 1].items[index];
    xo_chunk_header header;
    *out = block;
    if (block->table != NULL) {
        return XO_OK;
    }
    const uint8_t *table;
    xo_status status = xo_summary_chunk_map(reader, block->offset, XO_CHUNK_INDEX, &header, &table);
    if (status != XO_OK) {
        return status;
    }
    if (header.level != level || header.ordinal != index + 1 + xo_blocks_gone(reader, level)) {
        return XO_CORRUPT;
    }
    size_t slots_bytes, size = (size_t)header.stored_bytes;
    if ((status = xo_slots_at_end(reader, table, size, &slots_bytes)) != XO_OK) {
        return status;
    }
    size -= reader->header.version < XO_SLOTS_SINCE ? 0 : slots_bytes + 4;
    block->table = table;
    block->table_bytes = size;
    block->slots = table + size;
    block->slots_bytes = slots_bytes;
    return XO_OK;
}
