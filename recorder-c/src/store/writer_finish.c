/* The end of a recording that was moved while it grew. */
#include "writer_private.h"

/* Takes over where chunks and index blocks stand now. */
static void
take_places(xo_writer_private *own, size_t *chunks, size_t *blocks)
{
    uint32_t level;
    uint64_t offset;
    *chunks = *blocks = 0;
    for (size_t i = 0; xo_background_moved(own->background, i, &level, &offset); i++) {
        if (level == 0) {
            own->chunks[(*chunks)++].offset = offset;
        } else {
            own->indexes[(*blocks)++].offset = offset;
        }
    }
}

/* In its place, when nobody else looks at it. */
static bool
end_here(xo_writer *writer)
{
    xo_writer_private *own = writer->own;
    xo_mover *mover = xo_background_mover(own->background);
    if (xo_file_is_removed(own->file, own->path) || !xo_file_try_alone(mover->to)) {
        return false;
    }
    xo_status status = xo_writer_put_ends(writer, mover);
    xo_file_let_go(mover->to);
    return status == XO_OK;
}

/* Else the file is completed with the gap in it, and a copy takes its place: whoever reads it keeps what he reads. */
xo_status
xo_writer_finish(xo_writer *writer, uint64_t end)
{
    xo_writer_private *own = writer->own;
    size_t chunks, blocks;
    bool compress = own->closed_end - XO_FIRST_GAP >= own->compress_from;
    xo_status moved = xo_background_finish(own->background, compress);
    take_places(own, &chunks, &blocks);
    if (moved == XO_OK && end_here(writer)) {
        return XO_OK;
    }
    xo_status status = xo_writer_complete(writer, end);
    if (status == XO_OK) {
        (void)xo_writer_pack_rest(writer, chunks, blocks); /* without room or leave for that, it stays as it is */
    }
    return status;
}
