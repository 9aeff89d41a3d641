/* What the parts of the writer share. */
#ifndef XO_WRITER_PRIVATE_H
#define XO_WRITER_PRIVATE_H

#include "buffer.h"
#include "chunk_mover.h"
#include "execorder/writer.h"
#include "layout.h"
#include "object_table.h"
#include "platform.h"
#include "writer_background.h"

#define XO_DEFAULT_CHUNK_BYTES (64u * 1024)
#define XO_SCRATCH_BYTES (64u * 1024)

typedef struct {
    void *memory;  /* owned */
    xo_slab *slab; /* in it, where a line of the processor's cache begins */
} xo_slab_place;

typedef struct {
    uint64_t number;
    uint32_t slot;
} xo_touched;

typedef struct {
    xo_touched *items; /* owned */
    size_t count, capacity;
} xo_touched_list;

typedef struct {
    uint64_t offset;
    uint64_t position;
    uint64_t first_step;
    uint64_t output_count;
} xo_written_chunk;

typedef struct {
    uint64_t offset;
    uint32_t level;
} xo_written_index;

typedef struct {
    uint64_t offset; /* of its first chunk */
    xo_base base;
} xo_generation;

/* A frame and the slots that it bound, as in xo_frame. */
typedef struct {
    uint64_t number, bound;
} xo_old_frame;

struct xo_writer_private {
    xo_file file;
    char *path;    /* owned: absolute */
    uint64_t compress_from; /* 0: never */
    uint64_t process, created_ns;
    xo_background *background; /* owned; NULL: nothing is moved before the end */
    bool whole_chunks; /* they end only when they are told to */
    uint64_t soft_bytes;

    /* the part of the file that is mapped */
    uint8_t *window; /* owned mapping; NULL: none */
    uint64_t window_offset;
    size_t window_bytes;
    uint64_t file_bytes;  /* room there is on the disk */
    uint64_t piece_bytes; /* how much more to ask for next time */

    /* the open chunk */
    uint64_t chunk_offset;
    xo_chunk_header header;
    uint64_t chunk_soft_bytes; /* soft_bytes, or more when the start table is large */
    uint64_t closed_end;       /* end of all that is closed; 0 while a chunk is open */
    uint64_t good_end;         /* size of the file without what was lost; set by a failure */

    /* definitions */
    xo_position definition;
    xo_position output;
    uint64_t output_count;
    uint32_t file_count;
    int64_t *place_origins; /* owned, by code - 1 */
    size_t code_count, place_origins_capacity;
    uint64_t place_count;
    size_t visited_capacity;
    xo_thread **threads; /* owned, by number - 1 */
    size_t thread_count, threads_capacity;
    uint64_t *thread_chunks; /* owned, by number - 1: newest chunk in which it ran */
    size_t thread_chunks_capacity;
    xo_old_frame *old_frames; /* owned: the frames older than the chunk that ran in it */
    size_t old_frame_count, old_frames_capacity;
    uint32_t lost_frames; /* pushed, but there was no memory */

    /* of a bounded recording */
    uint64_t max_bytes;        /* 0: it has no bound */
    uint64_t generation_bytes; /* when the next one is due */
    xo_generation *generations; /* owned: those that are kept */
    size_t generation_count, generations_capacity;
    xo_base base;           /* of the oldest, once something is gone */
    xo_buffer definitions;  /* all of them: varint operation, varint size, what follows the distance */

    /* entities */
    xo_slab_place *slabs; /* owned */
    size_t slab_count, slabs_capacity;
    uint32_t free_slot; /* + 1; 0: none */
    uint32_t slots_used;
    xo_touched_list touched[XO_INDEX_LEVELS + 1]; /* by level; 0: of the open chunk */
    xo_object_entry *entries;                     /* owned: to sort */
    size_t entries_capacity;

    /* what the footer tells */
    xo_written_chunk *chunks; /* owned */
    size_t chunk_count, chunks_capacity;
    xo_written_index *indexes; /* owned */
    size_t index_count, indexes_capacity;

    xo_buffer buffer;      /* for what is built before it goes to the file */
    bool throws_away;      /* nothing reaches the file any more */
    uint8_t *scratch;      /* owned: takes what is thrown away */
    uint64_t unpublished;  /* what `published` points to then */
};

/* writer_window.c */

/* Makes [keep_from, upto) of the file mapped; may move the mapping, but not the writer's pointers. */
xo_status xo_window_cover(xo_writer *writer, uint64_t keep_from, uint64_t upto);
/* Gets what memory is missing for a part of the window that is about to be written. */
void xo_window_touch(xo_writer *writer, uint64_t offset, uint64_t bytes);
uint8_t *xo_window_at(xo_writer_private *own, uint64_t offset);
/* Sets all pointers into the open chunk, of which `used` bytes of log are written. */
void xo_window_aim(xo_writer *writer, uint64_t used);
/* From here on everything is thrown away. `errno` is kept as the reason. */
void xo_writer_fail(xo_writer *writer, xo_status status);

/* writer_chunk.c */
xo_status xo_chunk_open(xo_writer *writer, uint64_t offset);
/* Closes the open chunk and the index blocks that end with it; *end is where the next chunk starts. */
xo_status xo_chunk_close(xo_writer *writer, uint64_t *end);
/* The header of a closed chunk that has nothing but this payload. */
void xo_chunk_store_whole(const xo_chunk_header *header, const uint8_t *payload, size_t size, uint8_t *out);
/* Writes a closed chunk that holds own->buffer; moves *offset behind it. */
xo_status xo_chunk_append(xo_writer *writer, const xo_chunk_header *header, uint64_t *offset);

/* writer_summary.c */
void xo_start_table_put(const xo_writer *writer, xo_buffer *buffer);
xo_status xo_summary_put(xo_writer *writer, xo_buffer *buffer);
/* Remembers a frame that is older than the chunk and ran in it. False when memory runs out. */
bool xo_summary_note_frame(xo_writer *writer, const xo_frame *frame);
/* Forgets what was gathered for the summary: a new chunk begins. */
void xo_summary_reset(xo_writer *writer);

/* writer_index.c */
/* The living of touched[level], sorted, into own->entries; lists them in the next level as well. */
xo_status xo_index_gather(xo_writer *writer, uint32_t level, size_t *count);
/* Writes the index blocks that end with the chunk just closed. */
xo_status xo_index_append(xo_writer *writer, uint64_t *offset);

/* writer_generations.c */
void xo_generations_start(xo_writer_private *own, uint64_t max_bytes);
bool xo_generation_is_due(const xo_writer_private *own);
/* The open chunk is the first of a generation. */
xo_status xo_generation_mark(xo_writer *writer);
/* Remembers the definition that starts at `start` and ends here. False when memory runs out. */
bool xo_definition_keep(xo_writer *writer, xo_op op, xo_position start);

/* writer_footer.c */
xo_status xo_footer_append(xo_writer *writer, uint64_t *offset);
/* The same into another file, with copies of the definitions. */
xo_status xo_footer_write(xo_writer *writer, const xo_buffer *definitions, xo_file file, uint64_t *offset);

/* writer.c: what the header page says while the recording goes on. */
xo_file_header xo_writer_header(const xo_writer *writer);
xo_status xo_writer_store_header(xo_writer *writer);
/* Footer and header page of a file whose chunks stay where they are, and end at `end`. */
xo_status xo_writer_complete(xo_writer *writer, uint64_t end);

/* writer_pack.c */
/* Writes the completed recording once more, without gaps. */
xo_status xo_writer_pack(xo_writer *writer, bool compress);
/* The same where own->background has moved some chunks already, the first so many of them. */
xo_status xo_writer_pack_rest(xo_writer *writer, size_t moved_chunks, size_t moved_blocks);
/* Footer, header page and end of the file whose chunks were moved. */
xo_status xo_writer_put_ends(xo_writer *writer, xo_mover *mover);

/* writer_finish.c: ends the recording that a background has moved. */
xo_status xo_writer_finish(xo_writer *writer, uint64_t end);

/* writer_frame.c */
void xo_threads_mark_current(xo_writer *writer);

static inline xo_entity *
xo_entity_at(const xo_writer_private *own, uint32_t slot)
{
    return &own->slabs[slot / XO_SLAB_ENTITIES].slab->entities[slot % XO_SLAB_ENTITIES];
}

#endif
