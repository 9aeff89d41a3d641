/* Opening and closing chunks. */
#include "writer_private.h"

#include "bytes.h"
#include "crc32c.h"

#include <errno.h>

static xo_chunk_header
describe_start(const xo_writer *writer)
{
    const xo_writer_private *own = writer->own;
    return (xo_chunk_header){
        .kind = XO_CHUNK_LOG,
        .ordinal = writer->chunk,
        .position = own->header.position + own->header.log_bytes,
        .first_step = writer->steps,
        .last_object = writer->last_object,
        .last_frame = writer->last_frame,
        .definition = own->definition,
        .output = own->output,
        .output_count = own->output_count,
        .table_bytes = (uint32_t)own->buffer.size,
        .table_crc = xo_crc32c(own->buffer.bytes, own->buffer.size),
    };
}

/* A large start table gets a large chunk, so that tables never make up much of the file. */
static uint64_t
soft_bytes(const xo_writer_private *own)
{
    uint64_t least = (uint64_t)own->buffer.size * 8;
    return least > own->soft_bytes ? least : own->soft_bytes;
}

/* Its first bytes come last: a chunk without them has only been begun when the process died. */
static void
show_header(uint8_t *chunk, const uint8_t head[XO_CHUNK_HEADER_BYTES])
{
    memcpy(chunk + XO_CHUNK_MAGIC_BYTES, head + XO_CHUNK_MAGIC_BYTES, XO_CHUNK_HEADER_BYTES - XO_CHUNK_MAGIC_BYTES);
    uint32_t magic;
    memcpy(&magic, head, sizeof magic);
#if defined(__GNUC__)
    __atomic_store_n((uint32_t *)(void *)chunk, magic, __ATOMIC_RELEASE);
#else
    *(volatile uint32_t *)(void *)chunk = magic;
#endif
}

xo_status
xo_chunk_open(xo_writer *writer, uint64_t offset)
{
    xo_writer_private *own = writer->own;
    own->buffer.size = 0;
    xo_start_table_put(writer, &own->buffer);
    if (own->buffer.failed || own->buffer.size > UINT32_MAX / 16) {
        return XO_NO_MEMORY;
    }
    own->chunk_soft_bytes = soft_bytes(own);
    uint64_t room = XO_CHUNK_HEADER_BYTES + own->buffer.size + own->chunk_soft_bytes * 2;
    xo_status status = xo_window_cover(writer, offset, offset + room);
    if (status != XO_OK) {
        return status;
    }
    xo_window_touch(writer, offset, room / 2);
    writer->chunk++;
    own->closed_end = 0;
    own->chunk_offset = offset;
    own->header = describe_start(writer);
    uint8_t *chunk = xo_window_at(own, offset);
    uint8_t head[XO_CHUNK_HEADER_BYTES];
    xo_chunk_header_open(&own->header, head);
    memcpy(chunk + XO_CHUNK_HEADER_BYTES, own->buffer.bytes, own->buffer.size);
    show_header(chunk, head);
    xo_window_aim(writer, 0);
    xo_summary_reset(writer);
    xo_threads_mark_current(writer);
    return XO_OK;
}

/* Puts own->buffer behind the log and completes the chunk's header. */
static xo_status
write_end(xo_writer *writer, uint64_t *end)
{
    xo_writer_private *own = writer->own;
    xo_chunk_header *header = &own->header;
    header->log_bytes = (uint64_t)(writer->cursor - writer->chunk_start);
    header->summary_bytes = own->buffer.size;
    header->step_count = writer->steps - header->first_step;
    header->stored_bytes = header->table_bytes + header->log_bytes + header->summary_bytes;
    *end = xo_chunk_end(own->chunk_offset, header->stored_bytes);
    xo_status status = xo_window_cover(writer, own->chunk_offset, *end);
    if (status != XO_OK) {
        return status;
    }
    xo_window_aim(writer, header->log_bytes);
    memcpy(writer->cursor, own->buffer.bytes, own->buffer.size);
    uint8_t *chunk = xo_window_at(own, own->chunk_offset);
    header->records_crc = xo_crc32c(chunk + XO_CHUNK_HEADER_BYTES, (size_t)(header->table_bytes + header->log_bytes));
    header->summary_crc = xo_crc32c(own->buffer.bytes, own->buffer.size);
    xo_chunk_header_close(header, chunk);
    return XO_OK;
}

static xo_status
remember_chunk(xo_writer_private *own)
{
    void *chunks = own->chunks;
    if (!xo_array_reserve(&chunks, &own->chunks_capacity, own->chunk_count + 1, sizeof *own->chunks)) {
        return XO_NO_MEMORY;
    }
    own->chunks = chunks;
    own->chunks[own->chunk_count++] = (xo_written_chunk){
        .offset = own->chunk_offset,
        .position = own->header.position,
        .first_step = own->header.first_step,
        .output_count = own->header.output_count,
    };
    return XO_OK;
}

xo_status
xo_chunk_close(xo_writer *writer, uint64_t *end)
{
    xo_writer_private *own = writer->own;
    own->buffer.size = 0;
    xo_publish(writer);
    xo_status status = xo_summary_put(writer, &own->buffer);
    if (status != XO_OK || (status = write_end(writer, end)) != XO_OK) {
        return status;
    }
    own->closed_end = *end;
    if ((status = remember_chunk(own)) != XO_OK) {
        return status;
    }
    if (own->background != NULL) {
        xo_background_add(own->background, 0, own->chunk_offset, *end);
    }
    return xo_index_append(writer, end);
}

void
xo_chunk_store_whole(const xo_chunk_header *header, const uint8_t *payload, size_t size, uint8_t *out)
{
    xo_chunk_header full = *header;
    full.summary_bytes = size;
    full.stored_bytes = size;
    full.records_crc = xo_crc32c(NULL, 0);
    full.summary_crc = xo_crc32c(payload, size);
    xo_chunk_header_open(&full, out);
    xo_chunk_header_close(&full, out);
}

xo_status
xo_chunk_append(xo_writer *writer, const xo_chunk_header *header, uint64_t *offset)
{
    xo_writer_private *own = writer->own;
    if (own->buffer.failed) {
        return XO_NO_MEMORY;
    }
    uint64_t end = xo_chunk_end(*offset, own->buffer.size);
    xo_status status = xo_window_cover(writer, *offset, end);
    if (status != XO_OK) {
        return status;
    }
    uint8_t *chunk = xo_window_at(own, *offset);
    uint8_t head[XO_CHUNK_HEADER_BYTES];
    xo_chunk_store_whole(header, own->buffer.bytes, own->buffer.size, head);
    memcpy(chunk + XO_CHUNK_HEADER_BYTES, own->buffer.bytes, own->buffer.size);
    show_header(chunk, head);
    *offset = end;
    own->closed_end = end;
    return XO_OK;
}

void
xo_writer_turn_chunk(xo_writer *writer)
{
    if (writer->own->throws_away) {
        xo_writer_grow(writer, 1);
        return;
    }
    if (writer->cursor == writer->chunk_start) {
        return;
    }
    uint64_t end;
    xo_status status = xo_chunk_close(writer, &end);
    if (status != XO_OK || (status = xo_chunk_open(writer, end)) != XO_OK) {
        xo_writer_fail(writer, status);
        return;
    }
    writer->generation_due = writer->generation_due || xo_generation_is_due(writer->own);
}
