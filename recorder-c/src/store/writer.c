/* The life of a writer. */
#include "writer_private.h"

#include "codec.h"

#include <errno.h>
#include <stdlib.h>

static void
free_threads(xo_writer_private *own)
{
    for (size_t i = 0; i < own->thread_count; i++) {
        free(own->threads[i]->frames);
        free(own->threads[i]);
    }
    free(own->threads);
    free(own->thread_chunks);
}

static void
free_entities(xo_writer_private *own)
{
    for (size_t i = 0; i < own->slab_count; i++) {
        free(own->slabs[i]);
    }
    free(own->slabs);
    for (size_t level = 0; level <= XO_INDEX_LEVELS; level++) {
        free(own->touched[level].items);
    }
    free(own->entries);
}

/* Accepts a half-built writer. */
static void
free_writer(xo_writer *writer)
{
    if (writer == NULL) {
        return;
    }
    xo_writer_private *own = writer->own;
    if (own != NULL) {
        xo_file_unmap(own->window, own->window_bytes);
        xo_file_close(&own->file);
        free_threads(own);
        free_entities(own);
        free(own->path);
        free(own->generations);
        xo_buffer_free(&own->definitions);
        free(own->place_origins);
        free(own->old_frames);
        free(own->chunks);
        free(own->indexes);
        xo_buffer_free(&own->buffer);
        free(own->scratch);
        free(own);
    }
    free(writer->visited);
    free(writer);
}

static xo_writer *
allocate(void)
{
    xo_writer *writer = calloc(1, sizeof *writer);
    if (writer == NULL) {
        return NULL;
    }
    writer->own = calloc(1, sizeof *writer->own);
    if (writer->own == NULL) {
        goto fail;
    }
    writer->own->file = XO_NO_FILE;
    writer->own->scratch = malloc(XO_SCRATCH_BYTES);
    if (writer->own->scratch == NULL) {
        goto fail;
    }
    return writer;

fail:
    free_writer(writer);
    return NULL;
}

static xo_status
write_header(xo_writer_private *own, xo_file_header *header)
{
    uint8_t bytes[XO_FILE_HEADER_BYTES];
    xo_file_header_store(header, bytes);
    return xo_file_write(own->file, 0, bytes, sizeof bytes);
}

static void
take_options(xo_writer_private *own, const xo_writer_options *options)
{
    own->soft_bytes = options->chunk_bytes != 0 ? options->chunk_bytes : XO_DEFAULT_CHUNK_BYTES;
    if (options->max_bytes != 0) {
        xo_generations_start(own, options->max_bytes);
    }
    own->whole_chunks = options->whole_chunks;
    own->compress_from = options->compress_from;
    own->process = options->process != 0 ? options->process : xo_process_number();
    own->created_ns = options->created_ns != 0 ? options->created_ns : xo_wall_clock_ns();
}

xo_file_header
xo_writer_header(const xo_writer *writer)
{
    return (xo_file_header){
        .version = XO_FORMAT_VERSION,
        .oldest_reader = XO_FORMAT_VERSION,
        .process = writer->own->process,
        .created_ns = writer->own->created_ns,
        .base = writer->own->base,
        .ended_early = writer->failure,
    };
}

xo_status
xo_writer_store_header(xo_writer *writer)
{
    xo_file_header header = xo_writer_header(writer);
    return write_header(writer->own, &header);
}

static void
start_numbers(xo_writer *writer, const xo_base *start)
{
    xo_writer_private *own = writer->own;
    own->header.position = XO_FIRST_POSITION;
    if (start != NULL) {
        own->base = *start;
        own->base.offset = XO_PAGE_BYTES;
        own->header.position = start->position;
        own->output_count = start->output_count;
        writer->chunk = start->ordinal - 1;
        writer->steps = start->first_step;
    }
}

static xo_status
start_file(xo_writer *writer)
{
    xo_writer_private *own = writer->own;
    xo_status status = xo_window_cover(writer, 0, XO_PAGE_BYTES);
    if (status != XO_OK) {
        return status;
    }
    xo_file_header header = xo_writer_header(writer);
    if ((status = write_header(own, &header)) != XO_OK) {
        return status;
    }
    if ((status = xo_chunk_open(writer, XO_PAGE_BYTES)) != XO_OK) {
        return status;
    }
    return xo_generation_mark(writer);
}

xo_status
xo_writer_create(const char *path, const xo_writer_options *options, xo_writer **out)
{
    static const xo_writer_options defaults = {0};
    xo_status status;
    *out = NULL;
    options = options != NULL ? options : &defaults;
    xo_writer *writer = allocate();
    if (writer == NULL) {
        return XO_NO_MEMORY;
    }
    take_options(writer->own, options);
    start_numbers(writer, options->start);
    if ((status = xo_file_create(path, &writer->own->file)) != XO_OK) {
        goto fail;
    }
    if ((status = start_file(writer)) != XO_OK) {
        xo_file_remove(path);
        goto fail;
    }
    writer->own->path = xo_file_full_path(path);
    for (const char *const *note = options->notes; note != NULL && note[0] != NULL; note += 2) {
        xo_writer_note(writer, note[0], note[1]);
    }
    *out = writer;
    return XO_OK;

fail:
    free_writer(writer);
    return status;
}

static xo_status
complete(xo_writer *writer)
{
    xo_writer_private *own = writer->own;
    uint64_t end;
    xo_status status = xo_chunk_close(writer, &end);
    if (status != XO_OK) {
        return status;
    }
    uint64_t footer = end;
    if ((status = xo_footer_append(writer, &end)) != XO_OK) {
        return status;
    }
    xo_file_header header = xo_writer_header(writer);
    header.complete = true;
    header.footer_offset = footer;
    header.file_bytes = end;
    if ((status = write_header(own, &header)) != XO_OK) {
        return status;
    }
    return xo_file_truncate(own->file, end);
}

bool
xo_writer_compresses(void)
{
    return xo_codec_is_there();
}

xo_status
xo_writer_close(xo_writer *writer)
{
    if (writer == NULL) {
        return XO_OK;
    }
    xo_status status = writer->failure;
    if (status == XO_OK && (status = complete(writer)) != XO_OK) {
        xo_writer_fail(writer, status);
    }
    if (status != XO_OK) {
        (void)xo_file_truncate(writer->own->file, writer->own->good_end);
        errno = writer->failure_errno;
    }
    uint64_t compress_from = writer->own->compress_from;
    if (status == XO_OK && writer->own->base.offset != 0) {
        status = xo_writer_pack(writer, false);
    } else if (status == XO_OK && compress_from != 0 && writer->own->closed_end >= compress_from) {
        (void)xo_writer_pack(writer, true); /* without room or leave for that, the recording stays as it is */
    } else if (status == XO_OK && xo_file_is_removed(writer->own->file, writer->own->path)) {
        (void)xo_writer_pack(writer, false);
    }
    free_writer(writer);
    return status;
}

void
xo_writer_abandon(xo_writer *writer)
{
    free_writer(writer);
}
