/* The mapped part of the file, and what happens when there is no more room. */
#include "writer_private.h"

#include <errno.h>

#define LEAST_PIECE (1024u * 1024)
#define LARGEST_PIECE (8u * 1024 * 1024)
#define LEAST_WAIT_NS 10000000u

static uint64_t
round_up(uint64_t value)
{
    return (value + XO_MAP_ALIGNMENT - 1) & ~(uint64_t)(XO_MAP_ALIGNMENT - 1);
}

static uint64_t
next_piece(uint64_t piece)
{
    if (piece == 0) {
        return LEAST_PIECE;
    }
    return piece < LARGEST_PIECE ? piece * 2 : piece;
}

/* Gets room on the disk now, so that a full one is a status here and no signal at some later store. */
static xo_status
extend_file(xo_writer_private *own, uint64_t upto)
{
    own->piece_bytes = own->max_bytes == 0 ? next_piece(own->piece_bytes) : round_up(own->generation_bytes);
    uint64_t wanted = round_up(upto) + own->piece_bytes;
    xo_status status = xo_file_extend(own->file, own->file_bytes, wanted);
    if (status == XO_NO_SPACE) {
        wanted = round_up(upto);
        status = xo_file_extend(own->file, own->file_bytes, wanted);
    }
    if (status == XO_OK) {
        own->file_bytes = wanted;
    }
    return status;
}

/* A short recording takes its memory chunk by chunk, a longer one has it taken ahead. */
static void
replace_window(xo_writer_private *own, uint8_t *map, uint64_t offset, size_t bytes)
{
    if (own->background != NULL) {
        bool is_long = own->piece_bytes > LEAST_PIECE;
        xo_background_take_memory(own->background, is_long ? map : NULL, is_long ? bytes : 0);
    } else {
        xo_file_map_touch(map, bytes); /* one call costs less than one for each chunk */
    }
    xo_file_unmap(own->window, own->window_bytes);
    own->window = map;
    own->window_offset = offset;
    own->window_bytes = bytes;
}

static xo_status
map_anew(xo_writer_private *own, uint64_t keep_from, uint64_t upto)
{
    xo_status status = xo_file_regain(&own->file, own->path);
    if (status != XO_OK) {
        return status;
    }
    if (upto > own->file_bytes && (status = extend_file(own, upto)) != XO_OK) {
        return status;
    }
    uint64_t offset = keep_from & ~(uint64_t)(XO_MAP_ALIGNMENT - 1);
    uint64_t bytes = own->file_bytes - offset;
    uint8_t *map;
    if (bytes > SIZE_MAX) {
        return XO_NO_MEMORY;
    }
    if ((status = xo_file_map(own->file, offset, (size_t)bytes, true, &map)) != XO_OK) {
        return status;
    }
    replace_window(own, map, offset, (size_t)bytes);
    return XO_OK;
}

/* Short ones are the ordinary work of the system. */
static void
note_wait(xo_writer *writer, uint64_t began_ns)
{
    uint64_t waited = xo_steady_clock_ns() - began_ns;
    writer->waited_ns += waited >= LEAST_WAIT_NS ? waited : 0;
}

xo_status
xo_window_cover(xo_writer *writer, uint64_t keep_from, uint64_t upto)
{
    xo_writer_private *own = writer->own;
    if (own->window != NULL && keep_from >= own->window_offset && upto <= own->window_offset + own->window_bytes) {
        return XO_OK;
    }
    uint64_t began = xo_steady_clock_ns();
    xo_status status = map_anew(own, keep_from, upto);
    note_wait(writer, began);
    return status;
}

void
xo_window_touch(xo_writer *writer, uint64_t offset, uint64_t bytes)
{
    xo_writer_private *own = writer->own;
    uint64_t most = own->window_offset + own->window_bytes - offset;
    uint64_t began = xo_steady_clock_ns();
    uint8_t *from = xo_window_at(own, offset), *upto = from + (bytes < most ? bytes : most);
    if (own->background != NULL) {
        from = xo_background_leave_memory(own->background, from, upto);
    }
    if (from < upto) {
        xo_file_map_touch(from, (size_t)(upto - from));
    }
    note_wait(writer, began);
}

uint8_t *
xo_window_at(xo_writer_private *own, uint64_t offset)
{
    return own->window + (offset - own->window_offset);
}

void
xo_window_aim(xo_writer *writer, uint64_t used)
{
    xo_writer_private *own = writer->own;
    uint8_t *chunk = xo_window_at(own, own->chunk_offset);
    writer->chunk_start = chunk + XO_CHUNK_HEADER_BYTES + own->header.table_bytes;
    writer->cursor = writer->chunk_start + used;
    writer->limit = own->window + own->window_bytes;
    writer->chunk_full = own->whole_chunks ? (uint8_t *)UINTPTR_MAX : writer->chunk_start + own->chunk_soft_bytes;
    writer->origin = writer->chunk_start;
    writer->origin_position = own->header.position;
    writer->published = (volatile uint64_t *)(void *)(chunk + XO_PUBLISHED_OFFSET);
}

/* The scratch buffer starts over; positions go on, so that differences stay small. */
static void
rewind_scratch(xo_writer *writer)
{
    xo_writer_private *own = writer->own;
    xo_position here = xo_here(writer);
    writer->cursor = own->scratch;
    writer->limit = own->scratch + XO_SCRATCH_BYTES;
    writer->chunk_full = writer->limit;
    writer->chunk_start = own->scratch;
    writer->origin = own->scratch;
    writer->origin_position = here;
    writer->published = &own->unpublished;
}

/* Where the file can be cut off without losing a published record. */
static uint64_t
end_of_published(const xo_writer *writer)
{
    const xo_writer_private *own = writer->own;
    if (own->closed_end != 0) {
        return own->closed_end;
    }
    return own->chunk_offset + XO_CHUNK_HEADER_BYTES + own->header.table_bytes + *writer->published;
}

void
xo_writer_throw_away(xo_writer *writer)
{
    writer->own->throws_away = true;
    rewind_scratch(writer);
}

void
xo_writer_fail(xo_writer *writer, xo_status status)
{
    if (writer->failure != XO_OK) {
        return;
    }
    writer->failure = status;
    writer->failure_errno = status == XO_IO || status == XO_NO_SPACE ? errno : 0;
    writer->own->good_end = end_of_published(writer);
    (void)xo_writer_store_header(writer); /* the page is there: a full disk does not matter */
    xo_writer_throw_away(writer);
}

void
xo_writer_grow(xo_writer *writer, size_t bytes)
{
    xo_writer_private *own = writer->own;
    if (own->throws_away) {
        rewind_scratch(writer);
        return;
    }
    uint64_t used = (uint64_t)(writer->cursor - writer->chunk_start);
    uint64_t end = own->chunk_offset + XO_CHUNK_HEADER_BYTES + own->header.table_bytes + used;
    if (bytes > UINT64_MAX / 4) {
        xo_writer_fail(writer, XO_NO_MEMORY);
        return;
    }
    xo_status status = xo_window_cover(writer, own->chunk_offset, end + bytes);
    if (status != XO_OK) {
        xo_writer_fail(writer, status);
        return;
    }
    xo_window_aim(writer, used);
}
