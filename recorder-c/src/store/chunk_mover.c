#include "chunk_mover.h"

#include "bytes.h"

#include "crc32c.h"

#include <stdlib.h>

xo_status
xo_mover_compress(xo_mover *mover)
{
    if (mover->chunks.packer != NULL || !xo_codec_is_there()) {
        return XO_OK;
    }
    mover->chunks.packer = xo_packer_create();
    return mover->chunks.packer == NULL ? XO_NO_MEMORY : XO_OK;
}

void
xo_mover_free(xo_mover *mover)
{
    xo_filters_close(&mover->filters);
    free(mover->room);
    xo_buffer_free(&mover->filter);
    xo_buffer_free(&mover->summary);
    xo_chunk_packer_free(&mover->chunks);
    xo_packer_free(mover->chunks.packer);
}

static bool
reserve_room(xo_mover *mover, uint64_t size)
{
    if (size <= mover->room_bytes) {
        return true;
    }
    uint8_t *larger = size > SIZE_MAX ? NULL : realloc(mover->room, (size_t)size);
    if (larger == NULL) {
        return false;
    }
    mover->room = larger;
    mover->room_bytes = (size_t)size;
    return true;
}

/* Reads the chunk at `offset`: its header, and its payload into the room. */
static xo_status
read_chunk(xo_mover *mover, uint64_t offset)
{
    uint8_t head[XO_CHUNK_HEADER_BYTES];
    xo_chunk_header *header = &mover->header;
    size_t done;
    xo_status status = xo_file_read(mover->from, offset, head, sizeof head, &done);
    if (status != XO_OK || done < sizeof head || (status = xo_chunk_header_load(head, header)) != XO_OK) {
        return status != XO_OK ? status : XO_CORRUPT;
    }
    if (!header->closed || !reserve_room(mover, header->stored_bytes)) {
        return header->closed ? XO_NO_MEMORY : XO_CORRUPT;
    }
    status = xo_file_read(mover->from, offset + sizeof head, mover->room, (size_t)header->stored_bytes, &done);
    if (status != XO_OK || done < header->stored_bytes) {
        return status != XO_OK ? status : XO_CORRUPT;
    }
    mover->records = mover->room;
    mover->record_bytes = (size_t)(header->stored_bytes - header->summary_bytes);
    return XO_OK;
}

/* Leaves in mover->summary the summary, with the filter behind its first `at` bytes, where its size stands: 0 so far. */
static xo_status
put_filter(xo_mover *mover, const uint8_t *summary, size_t size, size_t at)
{
    xo_buffer *out = &mover->summary;
    if (at + 4 > size || xo_load_u32(summary + at) != 0 || mover->filter.size > UINT32_MAX / 2) {
        return XO_CORRUPT;
    }
    out->size = 0;
    xo_buffer_put(out, summary, at);
    xo_buffer_put(out, mover->filter.bytes, mover->filter.size);
    xo_buffer_u32(out, (uint32_t)mover->filter.size);
    xo_buffer_put(out, summary + at + 4, size - at - 4);
    return out->failed ? XO_NO_MEMORY : XO_OK;
}

/* The end of a log chunk's summary is its object table, with its size. */
static xo_status
put_chunk_filter(xo_mover *mover)
{
    const uint8_t *summary = mover->room + mover->record_bytes;
    size_t size = (size_t)mover->header.summary_bytes;
    size_t rest = size < 8 ? size : xo_load_u32(summary + size - 4) + (size_t)8;
    return rest > size ? XO_CORRUPT : put_filter(mover, summary, size, size - rest);
}

static xo_status
compress(xo_mover *mover)
{
    xo_codec codec;
    xo_chunk_header *header = &mover->header;
    if (mover->chunks.packer == NULL) {
        return XO_OK;
    }
    xo_status status = xo_chunk_pack(&mover->chunks, mover->room, mover->record_bytes, header->table_bytes,
                                     &mover->records, &mover->record_bytes, &codec);
    if (status == XO_OK) {
        header->codec = codec;
        header->packed_bytes = (uint32_t)mover->record_bytes;
    }
    return status == XO_NOT_FOUND ? XO_OK : status;
}

xo_status
xo_mover_take_chunk(xo_mover *mover, uint64_t number, uint64_t offset)
{
    xo_status status = read_chunk(mover, offset);
    if (status != XO_OK) {
        return status;
    }
    xo_filter_of_chunk(&mover->filters, number, &mover->filter);
    status = put_chunk_filter(mover);
    return status != XO_OK ? status : compress(mover);
}

xo_status
xo_mover_take_block(xo_mover *mover, uint32_t level, uint64_t offset)
{
    xo_status status = read_chunk(mover, offset);
    if (status != XO_OK) {
        return status;
    }
    mover->filter.size = 0;
    if (level == 1) {
        xo_filter_of_group(&mover->filters, &mover->filter);
    }
    size_t size = (size_t)mover->header.stored_bytes;
    return size < 4 ? XO_CORRUPT : put_filter(mover, mover->room, size, size - 4);
}

xo_status
xo_mover_take_moved(xo_mover *mover, uint64_t offset)
{
    xo_status status = read_chunk(mover, offset);
    if (status == XO_OK) {
        mover->summary.size = 0;
        xo_buffer_put(&mover->summary, mover->room + mover->record_bytes, (size_t)mover->header.summary_bytes);
    }
    return status == XO_OK && mover->summary.failed ? XO_NO_MEMORY : status;
}

uint64_t
xo_mover_needs(const xo_mover *mover)
{
    return xo_chunk_end(0, mover->record_bytes + mover->summary.size);
}

xo_status
xo_mover_put(xo_mover *mover, uint64_t *offset)
{
    uint8_t head[XO_CHUNK_HEADER_BYTES];
    xo_chunk_header *header = &mover->header;
    const xo_buffer *summary = &mover->summary;
    uint64_t at = mover->end + sizeof head;
    header->summary_bytes = summary->size;
    header->stored_bytes = mover->record_bytes + summary->size;
    header->records_crc = xo_crc32c(mover->records, mover->record_bytes);
    header->summary_crc = xo_crc32c(summary->bytes, summary->size);
    xo_chunk_header_open(header, head);
    xo_chunk_header_close(header, head);
    xo_status status = xo_file_write(mover->to, mover->end, head, sizeof head);
    if (status == XO_OK) {
        status = xo_file_write(mover->to, at, mover->records, mover->record_bytes);
    }
    if (status == XO_OK) {
        status = xo_file_write(mover->to, at + mover->record_bytes, summary->bytes, summary->size);
    }
    uint64_t end = xo_chunk_end(mover->end, header->stored_bytes);
    if (status == XO_OK) {
        static const uint8_t zeros[XO_CHUNK_ALIGNMENT];
        uint64_t written = at + header->stored_bytes;
        status = xo_file_write(mover->to, written, zeros, (size_t)(end - written));
    }
    if (status == XO_OK) {
        *offset = mover->end;
        mover->end = end;
    }
    return status;
}
