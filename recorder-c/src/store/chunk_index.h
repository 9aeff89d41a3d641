/* All that one pass over a chunk's records finds out, so that questions about its steps cost little afterwards.
 * Offsets count bytes from the chunk's first record. */
#ifndef XO_CHUNK_INDEX_H
#define XO_CHUNK_INDEX_H

#include "execorder/reader.h"
#include "number_map.h"
#include "record.h"

#define XO_NONE_INDEX UINT32_MAX
#define XO_ALL_SLOTS UINT32_MAX

/* A step: where it ends, its kind, the frame that ran, its line. */
typedef struct {
    uint64_t end_and_kind; /* offset behind it << 3 | xo_step_kind */
    uint32_t node;
    int32_t line;
} xo_step_mark;

/* A frame on a stack; pushing makes a new one, so that older stacks stay. */
typedef struct {
    uint32_t parent; /* XO_NONE_INDEX: outermost */
    uint32_t frame;  /* index of its xo_frame_mark */
    uint32_t thread;
    uint32_t depth;      /* frames below it */
    int32_t line;        /* the newest one */
    int32_t parent_line; /* the parent's line since this one was pushed */
} xo_node;

typedef struct {
    uint64_t number;
    uint32_t code;
    uint64_t start_position; /* of its variables before the chunk; 0: none */
    bool written;            /* globals and locals are known from this chunk */
    uint64_t globals, locals;
    uint32_t newest_bind;
    uint32_t newest_all; /* the newest record of all variables */
    uint64_t bound;      /* bit of each slot that is bound by itself somewhere in the chunk: XO_SLOT_BIT */
} xo_frame_mark;

/* A variable is bound (the value stands at `offset`), or all are (XO_ALL_SLOTS: ENTER or FRAME stands there). */
typedef struct {
    uint64_t offset;
    uint32_t slot;
    uint32_t frame;    /* index of its mark */
    uint32_t previous; /* of the same frame */
} xo_bind_mark;

/* The slots from 63 on share a bit. */
#define XO_SLOT_BIT(slot) ((uint64_t)1 << ((slot) < 63 ? (slot) : 63))

typedef struct {
    uint64_t number;
    uint64_t offset;
    uint32_t previous; /* of the same object */
} xo_object_mark;

/* A thread is left, with this top. Those that wait at the chunk's start stand in front, with `steps` 0. */
typedef struct {
    uint64_t steps; /* of the chunk that came before */
    uint32_t thread;
    uint32_t node; /* XO_NONE_INDEX: its stack is empty */
    int32_t line;
} xo_switch_mark;

typedef struct {
    uint64_t steps;
    uint64_t offset;
} xo_place_mark;

#define XO_MARKS(type) struct { type *items; size_t count, capacity; }

typedef struct {
    uint64_t chunk; /* index in the reader's table */
    const uint8_t *log; /* borrowed */
    uint64_t position;  /* log position of the first record */
    uint64_t first_step;
    uint64_t decoded;   /* bytes */
    xo_status stopped;  /* why it goes no further; XO_OK while it can */
    uint64_t last_used;
    unsigned pins; /* while it isn't 0, the index stays in the cache */

    XO_MARKS(xo_step_mark) steps;
    XO_MARKS(xo_node) nodes;
    XO_MARKS(xo_frame_mark) frames;
    XO_MARKS(xo_bind_mark) binds;
    XO_MARKS(xo_object_mark) objects;
    XO_MARKS(xo_switch_mark) switches;
    XO_MARKS(xo_place_mark) results; /* the value stands at `offset`, for step `steps` of the chunk */
    XO_MARKS(xo_place_mark) outputs;
    xo_number_map frame_by_number;
    xo_number_map object_by_number; /* its newest mark */
    xo_number_map top_by_thread;    /* node + 1; 0: empty */

    uint32_t thread; /* the current one; 0: none yet */
    uint32_t top;    /* its node */
    uint64_t pending_result; /* offset + 1; 0: none */
    uint64_t last_definition; /* position, 0: none in this chunk */
    uint64_t last_object, last_frame; /* largest number seen; 0: none */
} xo_chunk_index;

/* Starts an index: the stacks come from the start table. On failure *out is NULL. */
xo_status xo_chunk_index_create(const uint8_t *table, uint64_t table_bytes, uint64_t position, xo_chunk_index **out);
void xo_chunk_index_free(xo_chunk_index *index);

/* Goes on up to `log_bytes`, whole records only: XO_CORRUPT where the bytes make no sense, after which everything up
 * to index->decoded is usable. XO_NO_MEMORY likewise. `log` may have moved since the last time. */
xo_status xo_chunk_index_extend(xo_chunk_index *index, const uint8_t *log, uint64_t log_bytes);

/* Pushes a frame on the current thread. */
xo_status xo_chunk_index_push(xo_chunk_index *index, uint32_t frame, int64_t line);
/* A frame of which nothing is known yet but this; its index in *out. */
xo_status xo_chunk_index_add_frame(xo_chunk_index *index, uint64_t number, uint32_t code, uint32_t *out);
/* The innermost frame of a thread, as far as the index goes; XO_NONE_INDEX: its stack is empty. */
uint32_t xo_chunk_index_top(const xo_chunk_index *index, uint64_t thread);
/* Makes `thread` the current one. */
xo_status xo_chunk_index_switch(xo_chunk_index *index, uint64_t thread);

#define xo_marks_room(marks) \
    ((marks)->count < (marks)->capacity \
     || xo_marks_grow((void **)&(marks)->items, &(marks)->capacity, sizeof *(marks)->items))
bool xo_marks_grow(void **items, size_t *capacity, size_t item_bytes);

static inline uint64_t
xo_step_mark_end(const xo_step_mark *mark)
{
    return mark->end_and_kind >> 3;
}

static inline xo_step_kind
xo_step_mark_kind(const xo_step_mark *mark)
{
    return (xo_step_kind)(mark->end_and_kind & 7);
}

#endif
