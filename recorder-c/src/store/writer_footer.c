/* The last chunk of a complete recording: where everything stands, so that nobody needs to look for it. */
#include "writer_private.h"

static void
put_totals(const xo_writer *writer, xo_buffer *buffer)
{
    const xo_writer_private *own = writer->own;
    xo_buffer_varint(buffer, writer->steps);
    xo_buffer_varint(buffer, own->header.position + own->header.log_bytes);
    xo_buffer_varint(buffer, writer->last_object);
    xo_buffer_varint(buffer, writer->last_frame);
    xo_buffer_varint(buffer, own->definition);
    xo_buffer_varint(buffer, own->output);
    xo_buffer_varint(buffer, own->output_count);
}

static void
put_chunks(const xo_writer_private *own, xo_buffer *buffer)
{
    xo_written_chunk previous = {0};
    xo_buffer_varint(buffer, own->chunk_count);
    for (size_t i = 0; i < own->chunk_count; i++) {
        const xo_written_chunk *chunk = &own->chunks[i];
        xo_buffer_varint(buffer, (chunk->offset - previous.offset) / XO_CHUNK_ALIGNMENT);
        xo_buffer_varint(buffer, chunk->position - previous.position);
        xo_buffer_varint(buffer, chunk->first_step - previous.first_step);
        xo_buffer_varint(buffer, chunk->output_count - previous.output_count);
        previous = *chunk;
    }
}

static void
put_indexes(const xo_writer_private *own, xo_buffer *buffer)
{
    uint64_t previous = 0;
    xo_buffer_varint(buffer, own->index_count);
    for (size_t i = 0; i < own->index_count; i++) {
        xo_buffer_varint(buffer, own->indexes[i].level);
        xo_buffer_varint(buffer, (own->indexes[i].offset - previous) / XO_CHUNK_ALIGNMENT);
        previous = own->indexes[i].offset;
    }
}

/* Leaves the payload in own->buffer. */
static xo_chunk_header
describe_footer(xo_writer *writer)
{
    xo_writer_private *own = writer->own;
    own->buffer.size = 0;
    put_totals(writer, &own->buffer);
    put_chunks(own, &own->buffer);
    put_indexes(own, &own->buffer);
    return (xo_chunk_header){
        .kind = XO_CHUNK_FOOTER,
        .ordinal = 1,
        .position = own->header.position + own->header.log_bytes,
        .first_step = writer->steps,
        .last_object = writer->last_object,
        .last_frame = writer->last_frame,
        .definition = own->definition,
        .output = own->output,
        .output_count = own->output_count,
    };
}

xo_status
xo_footer_append(xo_writer *writer, uint64_t *offset)
{
    xo_chunk_header header = describe_footer(writer);
    return xo_chunk_append(writer, &header, offset);
}

xo_status
xo_footer_write(xo_writer *writer, const xo_buffer *definitions, xo_file file, uint64_t *offset)
{
    uint8_t head[XO_CHUNK_HEADER_BYTES];
    xo_chunk_header header = describe_footer(writer);
    xo_buffer *payload = &writer->own->buffer;
    xo_buffer_put(payload, definitions->bytes, definitions->size);
    if (payload->failed) {
        return XO_NO_MEMORY;
    }
    xo_chunk_store_whole(&header, payload->bytes, payload->size, head);
    xo_status status = xo_file_write(file, *offset, head, sizeof head);
    if (status == XO_OK) {
        status = xo_file_write(file, *offset + sizeof head, payload->bytes, payload->size);
    }
    *offset = xo_chunk_end(*offset, payload->size);
    return status;
}
