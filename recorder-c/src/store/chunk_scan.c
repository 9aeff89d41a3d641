/* The table of chunks by looking for them: of a recording that goes on, or that was never closed. */
#include "chunk_table.h"

static bool
follows(const xo_reader *reader, const xo_chunk_header *header)
{
    return header->ordinal == reader->chunks.count + reader->header.base.ordinal && header->position == reader->log_end
           && header->first_step == reader->steps && header->output_count >= reader->output_count
           && header->table_bytes <= reader->file_bytes;
}

/* The part of an open chunk's records that is there. */
static uint64_t
bytes_there(const xo_reader *reader, uint64_t offset, const xo_chunk_header *header)
{
    uint64_t start = offset + XO_CHUNK_HEADER_BYTES + header->table_bytes;
    return start > reader->file_bytes ? 0 : reader->file_bytes - start;
}

/* What a writer says while it goes on; the records that this counts can be seen then. */
static uint64_t
load_published(const uint8_t *chunk)
{
    const uint64_t *published = (const uint64_t *)(const void *)(chunk + XO_PUBLISHED_OFFSET);
#if defined(__GNUC__)
    return __atomic_load_n(published, __ATOMIC_ACQUIRE);
#else
    return *(const volatile uint64_t *)published;
#endif
}

/* Finds the payload and how much of the records may be read. */
static xo_status
map_records(xo_reader *reader, const xo_chunk_header *header, xo_log_chunk *chunk)
{
    const uint8_t *start;
    uint64_t log_bytes = header->log_bytes;
    uint64_t there = bytes_there(reader, chunk->offset, header);
    xo_status status = xo_segments_map(reader, chunk->offset, XO_CHUNK_HEADER_BYTES, &start);
    if (status != XO_OK) {
        return status;
    }
    if (!header->closed) {
        log_bytes = load_published(start);
        log_bytes = log_bytes < there ? log_bytes : there;
    }
    uint64_t payload = header->closed ? header->stored_bytes : header->table_bytes + log_bytes;
    if (log_bytes < chunk->log_bytes || payload > reader->file_bytes) {
        return XO_CORRUPT;
    }
    status = xo_segments_map(reader, chunk->offset, XO_CHUNK_HEADER_BYTES + payload, &start);
    if (status == XO_OK) {
        chunk->header = *header;
        chunk->stored = start + XO_CHUNK_HEADER_BYTES;
        chunk->payload = header->codec == XO_CODEC_NONE ? chunk->stored : NULL;
        chunk->log_bytes = log_bytes;
    }
    return status;
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
    };
    xo_status status = map_records(reader, header, out);
    if (status != XO_OK) {
        return status;
    }
    xo_segments_see(reader, out->header.stored_bytes);
    out->records_verified = xo_chunk_records_are_right(out);
    return out->records_verified && (!header->closed || xo_chunk_summary_is_right(out)) ? XO_OK : XO_CORRUPT;
}

static void
step_over(xo_reader *reader, const xo_chunk_header *header)
{
    reader->scan_offset = xo_chunk_end(reader->scan_offset, header->stored_bytes);
}

/* Chunks that the writer has moved end at the gap; the others come behind it. */
static void
step_over_gap(xo_reader *reader)
{
    if (reader->scan_offset == reader->gap.from) {
        reader->scan_offset = reader->gap.to;
    }
}

static xo_status
take_log_chunk(xo_reader *reader, const xo_chunk_header *header)
{
    xo_log_chunk chunk;
    if (!follows(reader, header)) {
        return XO_CORRUPT;
    }
    xo_status status = describe(reader, header, &chunk);
    if (status != XO_OK || (status = xo_chunk_table_add(reader, &chunk)) != XO_OK) {
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
        || header->ordinal != reader->blocks[header->level - 1].count + 1 + xo_blocks_gone(reader, header->level)) {
        return XO_CORRUPT;
    }
    xo_chunk_header again;
    const uint8_t *table;
    xo_status status = xo_summary_chunk_map(reader, reader->scan_offset, XO_CHUNK_INDEX, &again, &table);
    if (status != XO_OK || (status = xo_chunk_table_add_block(reader, header->level, reader->scan_offset)) != XO_OK) {
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
    xo_status status = xo_summary_chunk_map(reader, reader->scan_offset, XO_CHUNK_FOOTER, &header, &payload);
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

/* Whether a chunk seems to begin anywhere from `offset` on. */
static xo_status
look_for_chunk(xo_reader *reader, uint64_t offset, bool *found)
{
    uint8_t bytes[XO_PAGE_BYTES];
    size_t done = sizeof bytes;
    for (*found = false; done == sizeof bytes && !*found; offset += done) {
        xo_status status = xo_file_read(reader->file, offset, bytes, sizeof bytes, &done);
        if (status != XO_OK) {
            return status;
        }
        for (size_t i = 0; i + XO_CHUNK_MAGIC_BYTES <= done && !*found; i += XO_CHUNK_ALIGNMENT) {
            *found = memcmp(bytes + i, "XCHK", XO_CHUNK_MAGIC_BYTES) == 0;
        }
    }
    return XO_OK;
}

/* A tail of zeros is room that the writer had got and not used, and where they are the first bytes of a chunk, the writer died
 * while it began that; anything else is damage. */
static xo_status
weigh_rest(xo_reader *reader)
{
    static const uint8_t zeros[XO_CHUNK_HEADER_BYTES];
    uint8_t bytes[XO_CHUNK_HEADER_BYTES] = {0};
    size_t done;
    xo_status status = xo_file_read(reader->file, reader->scan_offset, bytes, sizeof bytes, &done);
    bool is_damaged = memcmp(bytes, zeros, done) != 0;
    if (status == XO_OK && is_damaged && memcmp(bytes, zeros, XO_CHUNK_MAGIC_BYTES) == 0) {
        status = look_for_chunk(reader, reader->scan_offset + XO_CHUNK_ALIGNMENT, &is_damaged);
    }
    if (status == XO_OK && is_damaged) {
        reader->damaged_bytes = reader->file_bytes - reader->scan_offset;
    }
    return status;
}

xo_status
xo_chunk_table_scan(xo_reader *reader)
{
    if (reader->tail == NULL) {
        reader->damaged_bytes = 0;
    }
    while (!reader->finished && reader->tail == NULL) {
        xo_chunk_header header;
        step_over_gap(reader);
        xo_status status = reader->scan_offset > reader->file_bytes ? XO_NOT_FOUND
                                                                    : xo_chunk_header_read(reader, reader->scan_offset, &header);
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

xo_status
xo_chunk_refresh(xo_reader *reader, xo_log_chunk *chunk)
{
    xo_chunk_header header;
    xo_status status = xo_chunk_header_read(reader, chunk->offset, &header);
    if (status != XO_OK) {
        return status == XO_NOT_FOUND ? XO_CORRUPT : status;
    }
    return map_records(reader, &header, chunk);
}
