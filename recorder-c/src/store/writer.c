/* The life of a writer. */
#include "writer_private.h"

#include "codec.h"

#include <errno.h>
#include <stdlib.h>

/* So many chunks wait before the background is woken. */
#define BATCH_CHUNKS 16u

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
        free(own->slabs[i].memory);
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
        xo_background_free(own->background);
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
    uint64_t first = XO_PAGE_BYTES;
    xo_writer_private *own = writer->own;
    xo_status status = own->background != NULL ? XO_OK : xo_window_cover(writer, 0, XO_PAGE_BYTES);
    if (status != XO_OK || (status = xo_writer_store_header(writer)) != XO_OK) {
        return status;
    }
    if (own->background != NULL) {
        if ((status = xo_background_begin(own->background, &first)) != XO_OK) {
            return status;
        }
        own->file_bytes = first; /* the gap takes no room */
    }
    if ((status = xo_chunk_open(writer, first)) != XO_OK) {
        return status;
    }
    return xo_generation_mark(writer);
}

/* Creates the file and what works on it. */
static xo_status
create_file(xo_writer *writer, const char *path, bool in_background)
{
    xo_writer_private *own = writer->own;
    xo_status status = xo_file_create(path, &own->file);
    if (status != XO_OK) {
        return status;
    }
    own->path = xo_file_full_path(path);
    if (in_background && own->compress_from != 0 && own->max_bytes == 0 && own->path != NULL && xo_codec_is_there()) {
        own->background = xo_background_create(own->file, own->path, BATCH_CHUNKS * own->soft_bytes);
    }
    status = start_file(writer);
    if (status == XO_NO_SPACE && own->background != NULL) { /* perhaps there is a limit on files, and the gap passes it */
        xo_background_free(own->background);
        own->background = NULL;
        own->file_bytes = 0;
        status = start_file(writer);
    }
    if (status != XO_OK) {
        xo_file_remove(path);
    }
    return status;
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
    if ((status = create_file(writer, path, options->in_background)) != XO_OK) {
        goto fail;
    }
    for (const char *const *note = options->notes; note != NULL && note[0] != NULL; note += 2) {
        xo_writer_note(writer, note[0], note[1]);
    }
    *out = writer;
    return XO_OK;

fail:
    free_writer(writer);
    return status;
}

xo_status
xo_writer_complete(xo_writer *writer, uint64_t end)
{
    xo_writer_private *own = writer->own;
    uint64_t footer = end;
    xo_status status;
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

/* A completed file becomes what it is to be. */
static xo_status
pack(xo_writer *writer)
{
    xo_writer_private *own = writer->own;
    if (own->base.offset != 0) {
        return xo_writer_pack(writer, false);
    }
    if (own->compress_from != 0 && own->closed_end >= own->compress_from) {
        (void)xo_writer_pack(writer, true); /* without room or leave for that, the recording stays as it is */
    } else if (xo_file_is_removed(own->file, own->path)) {
        (void)xo_writer_pack(writer, false);
    }
    return XO_OK;
}

static xo_status
complete(xo_writer *writer)
{
    uint64_t end;
    xo_status status = xo_chunk_close(writer, &end);
    if (status != XO_OK) {
        return status;
    }
    return writer->own->background != NULL ? xo_writer_finish(writer, end) : xo_writer_complete(writer, end);
}

/* What could be written before the writer failed is all that there is. */
static void
cut_off(xo_writer *writer)
{
    xo_background_free(writer->own->background);
    writer->own->background = NULL;
    (void)xo_file_truncate(writer->own->file, writer->own->good_end);
    errno = writer->failure_errno;
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
    if (writer->own->throws_away && writer->failure == XO_OK) { /* it is another process's */
        xo_writer_abandon(writer);
        return XO_OK;
    }
    xo_status status = writer->failure;
    (void)xo_file_regain(&writer->own->file, writer->own->path); /* else what follows says so */
    if (status == XO_OK && (status = complete(writer)) != XO_OK) {
        xo_writer_fail(writer, status);
    }
    if (writer->failure != XO_OK) {
        cut_off(writer);
    } else if (writer->own->background == NULL) {
        status = pack(writer);
    }
    free_writer(writer);
    return status;
}

void
xo_writer_abandon(xo_writer *writer)
{
    free_writer(writer);
}
