/* Compresses a recording while it grows. The writer begins behind a gap and goes on as ever; a thread moves each chunk that
 * was closed into the gap, compressed, and gives back the room that it had, so that the gap moves on ahead of it:
 *
 *     header page | moved chunks | gap | chunks as they were written | open chunk
 *
 * The header page tells where the gap is. At each moment, all chunks are in their places on one side of it or the other. */
#ifndef XO_WRITER_BACKGROUND_H
#define XO_WRITER_BACKGROUND_H

#include "chunk_mover.h"

/* How large the gap is at first: room for some dozen compressed chunks. It grows with each that is moved. */
#define XO_FIRST_GAP (1u << 20)

typedef struct xo_background xo_background;

/* `file` and `path` are the writer's. From so many waiting bytes on, the thread is woken. NULL when it can't be had. */
xo_background *xo_background_create(xo_file file, const char *path, uint64_t batch_bytes);
/* What is not moved yet stays where it is. Accepts NULL. */
void xo_background_free(xo_background *background);

/* Leaves the gap in the header page, and in *first where the first chunk is to be written. */
xo_status xo_background_begin(xo_background *background, uint64_t *first);

/* Also takes memory for the writer's mapping before the writer gets there, in order: these bytes, and no other from now on.
 * NULL before a mapping goes. */
void xo_background_take_memory(xo_background *background, uint8_t *map, size_t bytes);
/* The writer, which is about to write [from, upto), takes what has no memory yet itself; answers where that begins. */
uint8_t *xo_background_leave_memory(xo_background *background, uint8_t *from, uint8_t *upto);

/* A chunk was closed, which takes these bytes of the file: of the index, of this level, or for 0 of the log. */
void xo_background_add(xo_background *background, uint32_t level, uint64_t offset, uint64_t end);

/* All chunks are closed. Ends the thread and moves what is left. On failure some chunks are not moved. */
xo_status xo_background_finish(xo_background *background, bool compress);
/* Where chunks and index blocks, the moved ones of which come first, stand now; answers false behind the last moved one. */
bool xo_background_moved(const xo_background *background, size_t i, uint32_t *level, uint64_t *offset);
/* What moved them. */
xo_mover *xo_background_mover(xo_background *background);

#endif
