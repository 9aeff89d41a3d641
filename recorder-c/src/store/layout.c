#include "layout.h"

#include "bytes.h"
#include "crc32c.h"
#include "execorder/format.h"

static const uint8_t file_magic[8] = {'X', 'R', 'E', 'C', '\r', '\n', 0x1a, '\n'};
static const uint8_t chunk_magic[4] = {'X', 'C', 'H', 'K'};

/* The numbers in the file; anything else is the system's refusal. */
enum { ENDED_BY_FULL_DISK = 1, ENDED_BY_SYSTEM = 2, ENDED_BY_MEMORY = 3 };

static uint32_t
ending_of(xo_status status)
{
    switch (status) {
    case XO_OK: return 0;
    case XO_NO_SPACE: return ENDED_BY_FULL_DISK;
    case XO_NO_MEMORY: return ENDED_BY_MEMORY;
    default: return ENDED_BY_SYSTEM;
    }
}

static xo_status
status_of(uint32_t ending)
{
    switch (ending) {
    case 0: return XO_OK;
    case ENDED_BY_FULL_DISK: return XO_NO_SPACE;
    case ENDED_BY_MEMORY: return XO_NO_MEMORY;
    default: return XO_IO;
    }
}

void
xo_file_header_store(const xo_file_header *header, uint8_t out[XO_FILE_HEADER_BYTES])
{
    memset(out, 0, XO_FILE_HEADER_BYTES);
    memcpy(out, file_magic, sizeof file_magic);
    xo_store_u32(out + 8, header->version);
    xo_store_u32(out + 12, header->oldest_reader);
    xo_store_u64(out + 16, header->process);
    xo_store_u64(out + 24, header->created_ns);
    xo_store_u32(out + 60, xo_crc32c(out, 60));
    if (header->complete || header->ended_early != XO_OK) {
        xo_store_u32(out + 64, header->complete);
        xo_store_u64(out + 72, header->footer_offset);
        xo_store_u64(out + 80, header->file_bytes);
        xo_store_u32(out + 88, ending_of(header->ended_early));
        xo_store_u32(out + 92, xo_crc32c(out + 64, 28));
    }
    if (header->base.offset != 0) {
        xo_store_u64(out + 128, header->base.offset);
        xo_store_u64(out + 136, header->base.ordinal);
        xo_store_u64(out + 144, header->base.position);
        xo_store_u64(out + 152, header->base.first_step);
        xo_store_u64(out + 160, header->base.output_count);
        xo_store_u32(out + 168, xo_crc32c(out + 128, 40));
    }
}

void
xo_gap_store(const xo_gap *gap, uint8_t out[XO_GAP_BYTES])
{
    memset(out, 0, XO_GAP_BYTES);
    if (gap->from != 0) {
        xo_store_u64(out, gap->from);
        xo_store_u64(out + 8, gap->to);
        xo_store_u32(out + 16, xo_crc32c(out, 16));
    }
}

static xo_status
load_gap(const uint8_t *bytes, xo_gap *out)
{
    *out = (xo_gap){.from = xo_load_u64(bytes), .to = xo_load_u64(bytes + 8)};
    if (out->from == 0) {
        return XO_OK;
    }
    bool right = xo_load_u32(bytes + 16) == xo_crc32c(bytes, 16) && out->from >= XO_PAGE_BYTES && out->to >= out->from
                 && out->to <= UINT64_MAX / 4 && (out->from | out->to) % XO_CHUNK_ALIGNMENT == 0;
    return right ? XO_OK : XO_CORRUPT;
}

static xo_status
load_base(const uint8_t *bytes, xo_base *out)
{
    *out = (xo_base){.offset = 0, .ordinal = 1, .position = 8};
    if (xo_load_u64(bytes + 128) == 0) {
        return XO_OK;
    }
    *out = (xo_base){
        .offset = xo_load_u64(bytes + 128),
        .ordinal = xo_load_u64(bytes + 136),
        .position = xo_load_u64(bytes + 144),
        .first_step = xo_load_u64(bytes + 152),
        .output_count = xo_load_u64(bytes + 160),
    };
    bool right = xo_load_u32(bytes + 168) == xo_crc32c(bytes + 128, 40) && out->ordinal > 0 && out->position >= 8
                 && out->offset % XO_CHUNK_ALIGNMENT == 0 && out->offset <= UINT64_MAX / 4 && out->first_step <= out->position
                 && out->output_count <= out->position;
    return right ? XO_OK : XO_CORRUPT;
}

xo_status
xo_file_header_load(const uint8_t *bytes, size_t size, xo_file_header *out)
{
    if (size < 16 || memcmp(bytes, file_magic, sizeof file_magic) != 0) {
        return XO_NOT_A_RECORDING;
    }
    *out = (xo_file_header){.version = xo_load_u32(bytes + 8), .oldest_reader = xo_load_u32(bytes + 12)};
    if (out->oldest_reader > XO_FORMAT_VERSION) {
        return XO_TOO_NEW;
    }
    if (size < XO_PAGE_BYTES || xo_load_u32(bytes + 60) != xo_crc32c(bytes, 60)) {
        return XO_CORRUPT;
    }
    out->process = xo_load_u64(bytes + 16);
    out->created_ns = xo_load_u64(bytes + 24);
    bool has_end = xo_load_u32(bytes + 92) == xo_crc32c(bytes + 64, 28);
    out->complete = has_end && xo_load_u32(bytes + 64) == 1;
    out->ended_early = has_end ? status_of(xo_load_u32(bytes + 88)) : XO_OK;
    out->footer_offset = xo_load_u64(bytes + 72);
    out->file_bytes = xo_load_u64(bytes + 80);
    xo_status status = load_base(bytes, &out->base);
    if (status == XO_OK && !out->complete && out->oldest_reader >= XO_GAP_SINCE) {
        status = load_gap(bytes + XO_GAP_OFFSET, &out->gap);
    }
    return status;
}

void
xo_chunk_header_open(const xo_chunk_header *header, uint8_t *out)
{
    memset(out, 0, XO_CHUNK_HEADER_BYTES);
    memcpy(out, chunk_magic, sizeof chunk_magic);
    out[4] = header->kind;
    out[5] = header->codec;
    out[6] = header->level;
    xo_store_u64(out + 8, header->ordinal);
    xo_store_u64(out + 16, header->position);
    xo_store_u64(out + 24, header->first_step);
    xo_store_u64(out + 32, header->last_object);
    xo_store_u64(out + 40, header->last_frame);
    xo_store_u64(out + 48, header->definition);
    xo_store_u64(out + 56, header->output);
    xo_store_u64(out + 64, header->output_count);
    xo_store_u32(out + 72, header->table_bytes);
    xo_store_u32(out + 76, header->table_crc);
    xo_store_u32(out + 80, header->packed_bytes);
    xo_store_u32(out + 84, xo_crc32c(out, 84));
}

void
xo_chunk_header_close(const xo_chunk_header *header, uint8_t *out)
{
    xo_store_u64(out + 96, header->log_bytes);
    xo_store_u64(out + 104, header->summary_bytes);
    xo_store_u64(out + 112, header->step_count);
    xo_store_u64(out + 120, header->stored_bytes);
    xo_store_u32(out + 128, header->records_crc);
    xo_store_u32(out + 132, header->summary_crc);
    xo_store_u32(out + 136, xo_crc32c(out + 96, 40));
}

/* The parts of a payload must fill it exactly, and a step takes at least a byte. */
static bool
sizes_agree(const xo_chunk_header *header)
{
    uint64_t rest = header->stored_bytes;
    if (header->codec != XO_CODEC_NONE) {
        return header->log_bytes <= XO_LARGEST_PACKED && header->table_bytes <= XO_LARGEST_PACKED - header->log_bytes
               && header->stored_bytes <= UINT64_MAX / 4 && header->packed_bytes <= rest
               && header->summary_bytes == rest - header->packed_bytes && header->step_count <= header->log_bytes;
    }
    if (header->stored_bytes > UINT64_MAX / 4 || header->table_bytes > rest || header->step_count > header->log_bytes) {
        return false;
    }
    rest -= header->table_bytes;
    if (header->log_bytes > rest) {
        return false;
    }
    return header->summary_bytes == rest - header->log_bytes;
}

static void
load_closing(const uint8_t *bytes, xo_chunk_header *out)
{
    out->published = xo_load_u64(bytes + XO_PUBLISHED_OFFSET);
    if (xo_load_u32(bytes + 136) != xo_crc32c(bytes + 96, 40)) {
        return;
    }
    out->closed = true;
    out->log_bytes = xo_load_u64(bytes + 96);
    out->summary_bytes = xo_load_u64(bytes + 104);
    out->step_count = xo_load_u64(bytes + 112);
    out->stored_bytes = xo_load_u64(bytes + 120);
    out->records_crc = xo_load_u32(bytes + 128);
    out->summary_crc = xo_load_u32(bytes + 132);
}

xo_status
xo_chunk_header_load(const uint8_t *bytes, xo_chunk_header *out)
{
    if (memcmp(bytes, chunk_magic, sizeof chunk_magic) != 0
        || xo_load_u32(bytes + 84) != xo_crc32c(bytes, 84)) {
        return XO_NOT_FOUND;
    }
    *out = (xo_chunk_header){
        .kind = bytes[4],
        .codec = bytes[5],
        .level = bytes[6],
        .ordinal = xo_load_u64(bytes + 8),
        .position = xo_load_u64(bytes + 16),
        .first_step = xo_load_u64(bytes + 24),
        .last_object = xo_load_u64(bytes + 32),
        .last_frame = xo_load_u64(bytes + 40),
        .definition = xo_load_u64(bytes + 48),
        .output = xo_load_u64(bytes + 56),
        .output_count = xo_load_u64(bytes + 64),
        .table_bytes = xo_load_u32(bytes + 72),
        .table_crc = xo_load_u32(bytes + 76),
        .packed_bytes = xo_load_u32(bytes + 80),
    };
    if (out->codec > XO_CODEC_COLUMNS) {
        return XO_TOO_NEW;
    }
    if (out->codec != XO_CODEC_NONE && !xo_codec_is_there()) {
        return XO_NO_CODEC;
    }
    load_closing(bytes, out);
    if (out->codec != XO_CODEC_NONE && !out->closed) {
        return XO_NOT_FOUND;
    }
    return out->closed && !sizes_agree(out) ? XO_NOT_FOUND : XO_OK;
}
