/* Moves the chunks of a recording to where they will stay, one after the other: with filters, compressed, without gaps. A
 * chunk is first taken, which makes it ready in memory, and then put. */
#ifndef XO_CHUNK_MOVER_H
#define XO_CHUNK_MOVER_H

#include "writer_filters.h"

#include "chunk_codec.h"

typedef struct {
    xo_file from, to;       /* perhaps the same one */
    uint64_t end;           /* of what was put */
    xo_chunk_packer chunks; /* without a packer, which is owned, records stay as they are */
    xo_filter_maker filters;
    uint8_t *room; /* owned: the chunk that was taken, as it was */
    size_t room_bytes;
    xo_chunk_header header; /* of that chunk, as it will be, and all that follows, too */
    const uint8_t *records; /* borrowed: start table and records */
    size_t record_bytes;
    xo_buffer filter, summary;
} xo_mover;

/* Makes a mover compress; without a library for that, nothing changes. */
xo_status xo_mover_compress(xo_mover *mover);
/* Accepts one of zeros. */
void xo_mover_free(xo_mover *mover);

/* Log chunk `number`, from 0, at this offset of the file; these are taken in order, as filters tell of groups of them. */
xo_status xo_mover_take_chunk(xo_mover *mover, uint64_t number, uint64_t offset);
xo_status xo_mover_take_block(xo_mover *mover, uint32_t level, uint64_t offset);
/* A chunk of either kind that was moved before: as it is. */
xo_status xo_mover_take_moved(xo_mover *mover, uint64_t offset);

/* How many bytes the chunk that was taken needs, from mover->end on. */
uint64_t xo_mover_needs(const xo_mover *mover);
/* Leaves in *offset where the chunk stands now. */
xo_status xo_mover_put(xo_mover *mover, uint64_t *offset);

#endif
