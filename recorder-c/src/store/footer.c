/* The table of chunks from the footer of a complete recording. */
#include "chunk_table.h"

static xo_status
read_totals(xo_reader *reader, const uint8_t **at, const uint8_t *limit)
{
    uint64_t output;
    uint64_t *const fields[] = {&reader->steps,      &reader->log_end, &reader->last_object, &reader->last_frame,
                                &reader->definition, &output,          &reader->output_count};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        if (xo_varint_read(at, limit, fields[i]) != XO_OK) {
            return XO_CORRUPT;
        }
    }
    return reader->steps <= reader->log_end ? XO_OK : XO_CORRUPT;
}

static xo_status
read_chunks(xo_reader *reader, const uint8_t **at, const uint8_t *limit)
{
    uint64_t count, offset, position, steps, outputs;
    xo_log_chunk chunk = {0};
    if (xo_varint_read(at, limit, &count) != XO_OK || count == 0 || count > (uint64_t)(limit - *at) / 4) {
        return XO_CORRUPT;
    }
    for (uint64_t i = 0; i < count; i++) {
        if (xo_varint_read(at, limit, &offset) != XO_OK || xo_varint_read(at, limit, &position) != XO_OK
            || xo_varint_read(at, limit, &steps) != XO_OK || xo_varint_read(at, limit, &outputs) != XO_OK
            || offset > reader->file_bytes / XO_CHUNK_ALIGNMENT || position > reader->log_end - chunk.position
            || steps > reader->steps - chunk.first_step || outputs > reader->output_count - chunk.output_count) {
            return XO_CORRUPT;
        }
        chunk.offset += offset * XO_CHUNK_ALIGNMENT;
        chunk.position += position;
        chunk.first_step += steps;
        chunk.output_count += outputs;
        if (chunk.offset > reader->file_bytes || (i > 0 && offset == 0)) {
            return XO_CORRUPT;
        }
        xo_status status = xo_chunk_table_add(reader, &chunk);
        if (status != XO_OK) {
            return status;
        }
    }
    const xo_log_chunk *first = &reader->chunks.items[0];
    const xo_base *base = &reader->header.base;
    return first->position == base->position && first->first_step == base->first_step ? XO_OK : XO_CORRUPT;
}

static xo_status
read_blocks(xo_reader *reader, const uint8_t **at, const uint8_t *limit)
{
    uint64_t count, level, delta, offset = 0;
    if (xo_varint_read(at, limit, &count) != XO_OK || count > (uint64_t)(limit - *at) / 2) {
        return XO_CORRUPT;
    }
    for (uint64_t i = 0; i < count; i++) {
        if (xo_varint_read(at, limit, &level) != XO_OK || xo_varint_read(at, limit, &delta) != XO_OK
            || delta > reader->file_bytes / XO_CHUNK_ALIGNMENT || offset > reader->file_bytes) {
            return XO_CORRUPT;
        }
        offset += delta * XO_CHUNK_ALIGNMENT;
        xo_status status = xo_chunk_table_add_block(reader, level, offset);
        if (status != XO_OK) {
            return status;
        }
    }
    return XO_OK;
}

xo_status
xo_chunk_table_from_footer(xo_reader *reader)
{
    xo_chunk_header header;
    const uint8_t *at;
    uint64_t offset = reader->header.footer_offset;
    if (offset > reader->file_bytes || reader->header.file_bytes > reader->file_bytes) {
        return XO_CORRUPT;
    }
    xo_status status = xo_summary_chunk_map(reader, offset, XO_CHUNK_FOOTER, &header, &at);
    if (status != XO_OK) {
        return status;
    }
    const uint8_t *limit = at + header.stored_bytes;
    if ((status = read_totals(reader, &at, limit)) != XO_OK || (status = read_chunks(reader, &at, limit)) != XO_OK
        || (status = read_blocks(reader, &at, limit)) != XO_OK) {
        return status;
    }
    reader->definition_copies = (xo_slice){at, (uint64_t)(limit - at)};
    reader->finished = true;
    return XO_OK;
}
