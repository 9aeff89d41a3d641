/* After the fact: a finished recording is written once more, with filters, its chunks compressed, and takes the place of
 * the first. Until then the first is there, complete; who has it open keeps it. One that was removed comes back by it. */
#include "chunk_mover.h"
#include "writer_private.h"

#include "definitions.h"

#include <stdlib.h>

typedef struct {
    xo_writer *writer;
    xo_mover *mover;
    size_t moved_chunks, moved_blocks; /* so many were ready before */
} packing;

static xo_status
move_log_chunk(packing *pack, size_t chunk)
{
    uint64_t *offset = &pack->writer->own->chunks[chunk].offset;
    xo_status status = chunk < pack->moved_chunks ? xo_mover_take_moved(pack->mover, *offset)
                                                  : xo_mover_take_chunk(pack->mover, chunk, *offset);
    return status != XO_OK ? status : xo_mover_put(pack->mover, offset);
}

static xo_status
move_block(packing *pack, size_t index)
{
    xo_written_index *block = &pack->writer->own->indexes[index];
    xo_status status = index < pack->moved_blocks ? xo_mover_take_moved(pack->mover, block->offset)
                                                  : xo_mover_take_block(pack->mover, block->level, block->offset);
    return status != XO_OK ? status : xo_mover_put(pack->mover, &block->offset);
}

/* Log chunks and index blocks in the order in which they stand. */
static xo_status
move_chunks(packing *pack)
{
    xo_writer_private *own = pack->writer->own;
    size_t index = 0;
    xo_status status = XO_OK;
    for (size_t chunk = 0; chunk < own->chunk_count && status == XO_OK; chunk++) {
        uint64_t here = own->chunks[chunk].offset;
        for (; index < own->index_count && own->indexes[index].offset < here && status == XO_OK; index++) {
            status = move_block(pack, index);
        }
        if (status == XO_OK) {
            status = move_log_chunk(pack, chunk);
        }
    }
    for (; index < own->index_count && status == XO_OK; index++) {
        status = move_block(pack, index);
    }
    return status;
}

/* They only help those who open it, and have to fit into the room that is left. */
static void
copy_definitions(xo_mover *mover, xo_buffer *out)
{
    xo_reader *reader = mover->filters.reader;
    if (reader == NULL || xo_definition_copies_put(reader, mover->chunks.packer, out) != XO_OK
        || out->size > mover->filters.left_bytes) {
        out->size = 0;
    }
}

xo_status
xo_writer_put_ends(xo_writer *writer, xo_mover *mover)
{
    uint64_t footer = mover->end;
    uint8_t page[XO_PAGE_BYTES] = {0};
    xo_buffer definitions = {0};
    copy_definitions(mover, &definitions);
    xo_status status = xo_footer_write(writer, &definitions, mover->to, &mover->end);
    xo_buffer_free(&definitions);
    if (status != XO_OK) {
        return status;
    }
    xo_file_header header = xo_writer_header(writer);
    header.base.offset = header.base.offset != 0 ? XO_PAGE_BYTES : 0;
    header.complete = true;
    header.footer_offset = footer;
    header.file_bytes = mover->end;
    xo_file_header_store(&header, page);
    status = xo_file_write(mover->to, 0, page, sizeof page);
    return status != XO_OK ? status : xo_file_truncate(mover->to, mover->end);
}

static xo_status
write_all(packing *pack)
{
    xo_status status = move_chunks(pack);
    return status != XO_OK ? status : xo_writer_put_ends(pack->writer, pack->mover);
}

/* A name next to the recording's, which the recording's reader would not take for one. */
static char *
name_beside(const char *path)
{
    static const char ending[] = ".packing";
    size_t size = strlen(path);
    char *name = malloc(size + sizeof ending);
    if (name != NULL) {
        memcpy(name, path, size);
        memcpy(name + size, ending, sizeof ending);
    }
    return name;
}

/* A recording with a bound stays within it. */
static uint64_t
room_for_filters(const xo_writer_private *own)
{
    uint64_t size = XO_PAGE_BYTES + own->closed_end - own->base.offset;
    return own->max_bytes == 0 ? UINT64_MAX : size > own->max_bytes ? 0 : own->max_bytes - size;
}

static xo_status
pack_beside(packing *pack, const char *path, const char *beside)
{
    bool unseen;
    xo_file *file = &pack->mover->to;
    xo_status status = xo_file_create_unseen(beside, file, &unseen);
    if (status != XO_OK) {
        return status;
    }
    pack->mover->end = XO_PAGE_BYTES;
    status = write_all(pack);
    if (status == XO_OK && unseen) {
        status = xo_file_show(*file, beside);
    }
    xo_file_close(file);
    if (status == XO_OK) {
        status = xo_file_replace(path, beside);
    }
    if (status != XO_OK) {
        xo_file_remove(beside);
    }
    return status;
}

/* `mover` has moved this many chunks and blocks within the file. */
static xo_status
pack_with(xo_writer *writer, xo_mover *mover, size_t chunks, size_t blocks)
{
    const char *path = writer->own->path;
    packing pack = {.writer = writer, .mover = mover, .moved_chunks = chunks, .moved_blocks = blocks};
    if (!xo_file_is_at(writer->own->file, path) && !xo_file_is_removed(writer->own->file, path)) {
        return XO_OK; /* it was moved or replaced: that was somebody's wish */
    }
    char *beside = name_beside(path);
    if (beside == NULL) {
        return XO_NO_MEMORY;
    }
    xo_status status = pack_beside(&pack, path, beside);
    free(beside);
    return status;
}

xo_status
xo_writer_pack(xo_writer *writer, bool compress)
{
    xo_mover mover = {.from = writer->own->file};
    xo_status status = compress ? xo_mover_compress(&mover) : XO_OK;
    if (status == XO_OK) {
        xo_filters_open(&mover.filters, writer->own->path, room_for_filters(writer->own));
        status = pack_with(writer, &mover, 0, 0);
    }
    xo_mover_free(&mover);
    return status;
}

xo_status
xo_writer_pack_rest(xo_writer *writer, size_t moved_chunks, size_t moved_blocks)
{
    return pack_with(writer, xo_background_mover(writer->own->background), moved_chunks, moved_blocks);
}
