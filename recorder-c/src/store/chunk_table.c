/* Which chunks there are: from the footer, or by looking. */
#include "reader_private.h"

#include "bytes.h"
#include "crc32c.h"

void
xo_chunk_table_clear(xo_reader *reader)
{
    reader->chunks.count = 0;
    for (size_t level = 0; level < XO_INDEX_LEVELS; level++) {
        reader->blocks[level].count = 0;
    }
    reader->finished = false;
    reader->scan_offset = XO_PAGE_BYTES;
    reader->steps = 0;
    reader->log_end = XO_FIRST_LOG_POSITION;
    reader->output_count = 0;
}

static xo_status
add_chunk(xo_reader *reader, const xo_log_chunk *chunk)
{
    if (!xo_marks_room(&reader->chunks)) {
        return XO_NO_MEMORY;
    }
    reader->chunks.items[reader->chunks.count++] = *chunk;
    return XO_OK;
}

static xo_status
add_block(xo_reader *reader, uint64_t level, uint64_t offset)
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

/* ---- the footer ---- */

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
    return XO_OK;
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
        xo_status status = add_chunk(reader, &chunk);
        if (status != XO_OK) {
            return status;
        }
    }
    const xo_log_chunk *first = &reader->chunks.items[0];
    return first->position == XO_FIRST_LOG_POSITION && first->first_step == 0 ? XO_OK : XO_CORRUPT;
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
        xo_status status = add_block(reader, level, offset);
        if (status != XO_OK) {
            return status;
        }
    }
    return XO_OK;
}

static xo_status
read_header(xo_reader *reader, uint64_t offset, xo_chunk_header *header)
{
    uint8_t bytes[XO_CHUNK_HEADER_BYTES];
    size_t done;
    xo_status status = xo_file_read(reader->file, offset, bytes, sizeof bytes, &done);
    if (status != XO_OK) {
        return status;
    }
    return done < sizeof bytes ? XO_NOT_FOUND : xo_chunk_header_load(bytes, header);
}

/* A chunk that has nothing but a summary: an index block or the footer. */
static xo_status
map_summary_chunk(xo_reader *reader, uint64_t offset, xo_chunk_kind kind, xo_chunk_header *header,
                  const uint8_t **payload)
{
    xo_status status = read_header(reader, offset, header);
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
    return xo_crc32c(*payload, (size_t)header->stored_bytes) == header->summary_crc ? XO_OK : XO_CORRUPT;
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
    xo_status status = map_summary_chunk(reader, offset, XO_CHUNK_FOOTER, &header, &at);
    if (status != XO_OK) {
        return status;
    }
    const uint8_t *limit = at + header.stored_bytes;
    if ((status = read_totals(reader, &at, limit)) != XO_OK || (status = read_chunks(reader, &at, limit)) != XO_OK
        || (status = read_blocks(reader, &at, limit)) != XO_OK) {
        return status;
    }
    reader->finished = true;
    return XO_OK;
}

/* ---- looking at one chunk ---- */

static bool
header_fits(const xo_reader *reader, const xo_log_chunk *chunk, uint64_t index, const xo_chunk_header *header)
{
    bool last = index + 1 == reader->chunks.count;
    uint64_t end = last ? reader->log_end : chunk[1].position;
    uint64_t steps = last ? reader->steps : chunk[1].first_step;
    return header->kind == XO_CHUNK_LOG && header->closed && header->ordinal == index + 1
           && header->position == chunk->position && header->first_step == chunk->first_step
           && header->log_bytes == end - chunk->position && header->step_count == steps - chunk->first_step;
}

xo_status
xo_chunk_load(xo_reader *reader, uint64_t index, xo_log_chunk **out)
{
    xo_log_chunk *chunk = &reader->chunks.items[index];
    const uint8_t *bytes;
    *out = chunk;
    if (chunk->loaded) {
        return XO_OK;
    }
    xo_chunk_header header;
    xo_status status = xo_segments_map(reader, chunk->offset, XO_CHUNK_HEADER_BYTES, &bytes);
    if (status != XO_OK) {
        return status;
    }
    if ((status = xo_chunk_header_load(bytes, &header)) != XO_OK) {
        return status == XO_NOT_FOUND ? XO_CORRUPT : status;
    }
    if (!header_fits(reader, chunk, index, &header)) {
        return XO_CORRUPT;
    }
    status = xo_segments_map(reader, chunk->offset + XO_CHUNK_HEADER_BYTES, header.stored_bytes, &chunk->payload);
    if (status != XO_OK) {
        return status;
    }
    chunk->header = header;
    chunk->log_bytes = header.log_bytes;
    chunk->loaded = true;
    return XO_OK;
}

static bool
records_are_right(const xo_log_chunk *chunk)
{
    uint64_t size = chunk->header.table_bytes;
    if (!chunk->header.closed) {
        return xo_crc32c(chunk->payload, (size_t)size) == chunk->header.table_crc;
    }
    size += chunk->header.log_bytes;
    return xo_crc32c(chunk->payload, (size_t)size) == chunk->header.records_crc;
}

static const uint8_t *
summary_of(const xo_log_chunk *chunk)
{
    return chunk->payload + chunk->header.table_bytes + chunk->header.log_bytes;
}

static bool
summary_is_right(const xo_log_chunk *chunk)
{
    return xo_crc32c(summary_of(chunk), (size_t)chunk->header.summary_bytes) == chunk->header.summary_crc;
}

xo_status
xo_chunk_load_records(xo_reader *reader, uint64_t index, xo_log_chunk **out)
{
    xo_status status = xo_chunk_load(reader, index, out);
    if (status != XO_OK) {
        return status;
    }
    (*out)->records_verified = (*out)->records_verified || records_are_right(*out);
    return (*out)->records_verified ? XO_OK : XO_CORRUPT;
}

xo_status
xo_chunk_load_summary(xo_reader *reader, uint64_t index, const uint8_t **summary, uint64_t *size)
{
    xo_log_chunk *chunk;
    xo_status status = xo_chunk_load(reader, index, &chunk);
    if (status != XO_OK) {
        return status;
    }
    if (!chunk->header.closed) {
        return XO_NOT_FOUND;
    }
    chunk->summary_verified = chunk->summary_verified || summary_is_right(chunk);
    *summary = summary_of(chunk);
    *size = chunk->header.summary_bytes;
    return chunk->summary_verified ? XO_OK : XO_CORRUPT;
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
    xo_status status = map_summary_chunk(reader, block->offset, XO_CHUNK_INDEX, &header, &table);
    if (status != XO_OK) {
        return status;
    }
    if (header.level != level || header.ordinal != index + 1) {
        return XO_CORRUPT;
    }
    block->table = table;
    block->table_bytes = header.stored_bytes;
    return XO_OK;
}

/* ---- looking for chunks ---- */

static bool
follows(const xo_reader *reader, const xo_chunk_header *header)
{
    return header->ordinal == reader->chunks.count + 1 && header->position == reader->log_end
           && header->first_step == reader->steps && header->output_count >= reader->output_count
           && header->table_bytes <= reader->file_bytes;
}

/* The part of an open chunk's records that is there. */
static uint64_t
published_bytes(const xo_reader *reader, uint64_t offset, const xo_chunk_header *header)
{
    uint64_t start = offset + XO_CHUNK_HEADER_BYTES + header->table_bytes;
    uint64_t there = start > reader->file_bytes ? 0 : reader->file_bytes - start;
    return header->published < there ? header->published : there;
}

static xo_status
describe(xo_reader *reader, const xo_chunk_header *header, xo_log_chunk *out)
{
    *out = (xo_log_chunk){
        .offset = reader->scan_offset,
        .position = header->position,
        .first_step = header->first_step,
        .output_count = header->output_count,
        .loaded = true,
        .header = *header,
    };
    out->log_bytes = header->closed ? header->log_bytes : published_bytes(reader, out->offset, header);
    uint64_t bytes = header->closed ? header->stored_bytes : header->table_bytes + out->log_bytes;
    xo_status status = xo_segments_map(reader, out->offset + XO_CHUNK_HEADER_BYTES, bytes, &out->payload);
    if (status != XO_OK) {
        return status;
    }
    out->records_verified = records_are_right(out);
    out->summary_verified = header->closed && summary_is_right(out);
    return out->records_verified && out->summary_verified == header->closed ? XO_OK : XO_CORRUPT;
}

static void
step_over(xo_reader *reader, const xo_chunk_header *header)
{
    reader->scan_offset = xo_chunk_end(reader->scan_offset, header->stored_bytes);
}

static xo_status
take_log_chunk(xo_reader *reader, const xo_chunk_header *header)
{
    xo_log_chunk chunk;
    if (!follows(reader, header)) {
        return XO_CORRUPT;
    }
    xo_status status = describe(reader, header, &chunk);
    if (status != XO_OK || (status = add_chunk(reader, &chunk)) != XO_OK) {
        return status;
    }
    if (!header->closed) {
        return xo_tail_create(reader);
    }
    reader->log_end += header->log_bytes;
    reader->steps += header->step_count;
    reader->output_count = header->output_count;
    step_over(reader, header);
    return XO_OK;
}

static xo_status
take_block(xo_reader *reader, const xo_chunk_header *header)
{
    if (header->level < 1 || header->level > XO_INDEX_LEVELS
        || header->ordinal != reader->blocks[header->level - 1].count + 1) {
        return XO_CORRUPT;
    }
    xo_chunk_header again;
    const uint8_t *table;
    xo_status status = map_summary_chunk(reader, reader->scan_offset, XO_CHUNK_INDEX, &again, &table);
    if (status != XO_OK || (status = add_block(reader, header->level, reader->scan_offset)) != XO_OK) {
        return status;
    }
    step_over(reader, header);
    return XO_OK;
}

static xo_status
take_footer(xo_reader *reader)
{
    xo_chunk_header header;
    const uint8_t *payload;
    xo_status status = map_summary_chunk(reader, reader->scan_offset, XO_CHUNK_FOOTER, &header, &payload);
    reader->finished = status == XO_OK;
    return status;
}

static xo_status
take_chunk(xo_reader *reader, const xo_chunk_header *header)
{
    switch (header->kind) {
    case XO_CHUNK_LOG: return take_log_chunk(reader, header);
    case XO_CHUNK_INDEX: return take_block(reader, header);
    case XO_CHUNK_FOOTER: return take_footer(reader);
    default: return XO_CORRUPT;
    }
}

/* A tail of zeros is room that the writer had got and not used; anything else is damage. */
static xo_status
weigh_rest(xo_reader *reader)
{
    uint8_t bytes[XO_CHUNK_HEADER_BYTES];
    size_t done;
    xo_status status = xo_file_read(reader->file, reader->scan_offset, bytes, sizeof bytes, &done);
    if (status != XO_OK) {
        return status;
    }
    for (size_t i = 0; i < done; i++) {
        if (bytes[i] != 0) {
            reader->damaged_bytes = reader->file_bytes - reader->scan_offset;
            return XO_OK;
        }
    }
    return XO_OK;
}

xo_status
xo_chunk_table_scan(xo_reader *reader)
{
    if (reader->tail == NULL) {
        reader->damaged_bytes = 0;
    }
    while (!reader->finished && reader->tail == NULL) {
        xo_chunk_header header;
        xo_status status = reader->scan_offset > reader->file_bytes ? XO_NOT_FOUND
                                                                    : read_header(reader, reader->scan_offset, &header);
        if (status == XO_OK) {
            status = take_chunk(reader, &header);
        }
        if (status == XO_NOT_FOUND || status == XO_CORRUPT) {
            return weigh_rest(reader);
        }
        if (status != XO_OK) {
            return status;
        }
    }
    return XO_OK;
}

/* ---- where is what ---- */

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
    if (step >= reader->steps) {
        return XO_NOT_FOUND;
    }
    LAST_AT_MOST(reader, first_step, step, chunk);
    return XO_OK;
}

xo_status
xo_chunk_of_position(const xo_reader *reader, uint64_t position, uint64_t *chunk)
{
    if (position < XO_FIRST_LOG_POSITION || position >= reader->log_end) {
        return XO_CORRUPT;
    }
    LAST_AT_MOST(reader, position, position, chunk);
    return XO_OK;
}

xo_status
xo_chunk_refresh(xo_reader *reader, xo_log_chunk *chunk)
{
    xo_chunk_header header;
    xo_status status = read_header(reader, chunk->offset, &header);
    if (status != XO_OK) {
        return status == XO_NOT_FOUND ? XO_CORRUPT : status;
    }
    if (header.closed && header.stored_bytes > reader->file_bytes) {
        return XO_CORRUPT;
    }
    uint64_t log_bytes = header.closed ? header.log_bytes : published_bytes(reader, chunk->offset, &header);
    uint64_t bytes = header.closed ? header.stored_bytes : header.table_bytes + log_bytes;
    if (log_bytes < chunk->log_bytes) {
        return XO_CORRUPT;
    }
    status = xo_segments_map(reader, chunk->offset + XO_CHUNK_HEADER_BYTES, bytes, &chunk->payload);
    if (status == XO_OK) {
        chunk->header = header;
        chunk->log_bytes = log_bytes;
    }
    return status;
}
