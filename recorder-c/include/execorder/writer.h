/* Writes a recording. One writer is used by one thread at a time (in CPython: under the GIL).
 *
 * A full disk or another failure never reaches the caller in the middle of a record: the writer then takes
 * everything into a scratch buffer and throws it away, and `failure` says why. Look at it once per step. */
#ifndef EXECORDER_WRITER_H
#define EXECORDER_WRITER_H

#include "format.h"
#include "status.h"
#include "value.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* A place in the log: bytes of records before it, over all chunks, as if none were compressed. The first record
 * stands at XO_FIRST_POSITION, so 0 means "none". */
typedef uint64_t xo_position;
#define XO_FIRST_POSITION 8

/* A living object that the recording follows. Owned by the writer; the address is stable until the entity ends. */
typedef struct xo_entity {
    uint64_t number;
    void *owner;            /* the caller's own, like `next`, `user`, `length` and `right_at` */
    struct xo_entity *next;
    xo_position position;   /* of its newest record; 0: none yet */
    uint32_t user;
    uint32_t length;        /* how many items it holds, or of a dict which version it is, as recorded: the low bits */
    uint32_t touched_chunk; /* ordinal of the chunk that holds its newest record, its low bits: 2^32 chunks are 256 TiB */
    uint32_t slot;          /* the writer's own */
    uint32_t image_bytes;   /* size of its newest image */
    uint32_t change_bytes;  /* of all changes since that image */
    uint64_t right_at;      /* how many steps there were when what is recorded was last compared with what it holds */
} xo_entity;

#define XO_SLAB_ENTITIES 1024u
#define XO_ENTITY_SPANS 4u

typedef struct {
    uint32_t all, placed;
} xo_item_sums;

/* What is asked for less often: an entity fills one line of the processor's cache. */
typedef struct {
    uint32_t listed_in[XO_ENTITY_SPANS]; /* the writer's own: by index level, the newest span in whose list it stands */
    uint32_t listed;                     /* likewise: whose the former are, by the low bits of its number */
    union { /* the caller's own, anything at first */
        xo_item_sums sums; /* of its items, by a measure of the caller's */
        void *names;       /* what the caller knows of a dict of names */
    };
} xo_entity_rest;

typedef struct {
    xo_entity entities[XO_SLAB_ENTITIES];
    xo_entity_rest rest[XO_SLAB_ENTITIES];
} xo_slab;

static inline xo_entity_rest *
xo_rest_of(xo_entity *entity)
{
    uint32_t index = entity->slot % XO_SLAB_ENTITIES;
    return &((xo_slab *)(void *)(entity - index))->rest[index];
}

typedef struct {
    uint64_t number;
    uint32_t code;
    int32_t line;                    /* of its newest step; the code's first line before that */
    int64_t place_origin;            /* place of a line = place_origin + line */
    xo_position variables_position;  /* of its newest ENTER or FRAME */
    uint64_t variables_chunk;        /* ordinal of the chunk that holds it */
    uint64_t ran_chunk;              /* of the chunk that holds its newest step */
    uint64_t bound;                  /* slots bound since it was written in the open chunk: see xo_bound_slot */
} xo_frame;

typedef struct {
    uint32_t number;    /* from 1, in order of appearance */
    uint32_t depth;     /* how many frames are on the stack */
    uint32_t min_depth; /* the least depth in this chunk */
    uint32_t capacity;
    xo_frame *frames;   /* owned; frames[depth - 1] runs */
} xo_thread;

typedef struct {
    const char *name;      /* borrowed, UTF-8 */
    const char *qualname;  /* borrowed, UTF-8 */
    uint32_t file;         /* from xo_writer_define_file */
    int32_t first_line;    /* where the definition starts */
    int32_t min_line, max_line; /* of all lines that hold code; max < min: none */
    const int32_t *lines;  /* borrowed: the lines that hold code, ascending */
    size_t line_count;
    uint32_t flags;        /* XO_CODE_* */
    size_t variable_count;
    const char *const *variable_names; /* borrowed, UTF-8, by slot */
    const uint8_t *variable_flags;     /* borrowed, XO_VARIABLE_*, by slot */
} xo_code_definition;

enum {
    XO_CODE_MODULE = 1, /* its variables are the globals */
    XO_CODE_CLASS = 2,  /* a class body */
    XO_CODE_GENERATOR = 4,
    XO_CODE_COROUTINE = 8,
    XO_CODE_ASYNC_GENERATOR = 16,
};
enum {
    XO_VARIABLE_ARGUMENT = 1,
    XO_VARIABLE_CELL = 2,   /* the slot may hold a cell object whose content is the variable's value */
    XO_VARIABLE_FREE = 4,   /* likewise, and it belongs to an enclosing function */
    XO_VARIABLE_HIDDEN = 8, /* not shown by locals() */
    /* How an argument is given; neither of the two: by position. In this order they stand in a function's head. */
    XO_VARIABLE_REST = 16,    /* `*rest` */
    XO_VARIABLE_BY_NAME = 32, /* by its name only; together with the former: `**rest` */
};

typedef struct xo_writer_private xo_writer_private;

typedef struct {
    uint8_t *cursor;           /* where the next byte goes */
    uint8_t *limit;            /* there is room up to here */
    uint8_t *chunk_full;       /* past here, the chunk is closed at the next record's or step's end */
    uint8_t *origin;           /* position of a byte = (byte - origin) + origin_position */
    xo_position origin_position;
    volatile uint64_t *published; /* log bytes of the open chunk that a reader may see */
    uint8_t *chunk_start;      /* first log byte of the open chunk */
    uint64_t chunk;            /* ordinal of the open chunk, from 1 */
    uint64_t steps;            /* written so far */
    uint64_t records;          /* of objects, written so far */
    xo_thread *thread;         /* the current one; NULL before the first */
    uint8_t *visited;          /* by place: 1 when a line step ran there in this chunk */
    uint64_t last_object;      /* newest object number given out */
    uint64_t last_frame;       /* newest frame number given out */
    bool generation_due;       /* with a bound: time for xo_writer_generation_begin */
    uint32_t step_counts[8];   /* steps in this chunk by operation, line steps left out */
    xo_status failure;         /* XO_OK while all is well */
    int failure_errno;
    uint64_t least_bytes;      /* with a bound too small for what the program held: what that took; else 0 */
    uint64_t waited_ns;        /* wall time for which the file system held up the program, in waits of 10 ms and more */
    const xo_entity *subject;  /* whose record is being written; NULL: none */
    xo_writer_private *own;
} xo_writer;

typedef struct {
    uint64_t chunk_bytes;       /* soft size of a chunk's log; 0: the default, 64 KiB */
    const char *const *notes;   /* borrowed: key, text, key, text …, NULL: said at the start (python, program, …) */
    uint64_t compress_from;     /* a recording of so many bytes is compressed when it is closed; 0: never. Without a
                                 * library for that it stays as it is */
    bool in_background;         /* what is compressed is so while the recording grows, by a thread; not with a bound */
    uint64_t max_bytes;         /* at least a mebibyte: only the newest part is kept, in a file no larger than this; see
                                 * xo_writer_generation_begin. 0: no bound */
    bool whole_chunks;          /* chunks end at xo_writer_turn_chunk only: for a copy that ends them where its original
                                 * does */
    uint64_t process, created_ns; /* what the header says; 0: this process, now */
    const struct xo_base *start; /* borrowed: numbers of steps and chunks go on from there, in the copy of a recording
                                  * whose oldest part was given up. NULL: from the start */
} xo_writer_options;

/* Creates `path` (mode 0600; an existing file is replaced) and starts a recording in it.
 * On success the caller owns *out and must close it; on failure *out is NULL and errno says more on XO_IO. */
xo_status xo_writer_create(const char *path, const xo_writer_options *options, xo_writer **out);

/* Whether recordings can be compressed: whether this was built with zstd. */
bool xo_writer_compresses(void);

/* Completes the recording: last chunk, indexes, footer; frees the writer whatever it answers. Accepts NULL. */
xo_status xo_writer_close(xo_writer *writer);

/* In the child of a fork, whose parent writes on: all that comes from here on is thrown away. */
void xo_writer_throw_away(xo_writer *writer);
/* Lets go of the file without completing or changing it: likewise. */
void xo_writer_abandon(xo_writer *writer);

/* Each answers a number from 1, or 0 with writer->failure set. `source` may be NULL when there is none. */
uint32_t xo_writer_define_file(xo_writer *writer, const char *path, const char *source, size_t source_bytes);
uint32_t xo_writer_define_code(xo_writer *writer, const xo_code_definition *definition);
/* The thread lives until the writer is closed. NULL with failure set when memory runs out. */
xo_thread *xo_writer_define_thread(xo_writer *writer, uint64_t system_id, const char *name);
void xo_writer_note(xo_writer *writer, const char *key, const char *text);
void xo_writer_output(xo_writer *writer, int stream, const char *text, size_t size_bytes);

/* A new object number. NULL with failure set when memory runs out. The first record must be an image. */
xo_entity *xo_writer_new_entity(xo_writer *writer);
/* The same with a number that was given out elsewhere: for a copy, whose objects keep their numbers. */
xo_entity *xo_writer_adopt_entity(xo_writer *writer, uint64_t number);
/* The object is gone; its number is never used again. */
void xo_writer_end_entity(xo_writer *writer, xo_entity *entity);

/* Makes `thread` the current one (writes a record only when it was another). */
void xo_writer_switch_thread(xo_writer *writer, xo_thread *thread);

/* Starts ENTER (a new frame, or one that is not written in this chunk) on the current thread; `number` 0 gives the
 * next new number. The caller then puts exactly variable_count values and calls xo_frame_end. The answered frame is
 * the new top and may move at the next push. */
xo_frame *xo_enter_begin(xo_writer *writer, uint64_t number, uint32_t code, int32_t line,
                         uint64_t globals, uint64_t locals, uint32_t variable_count);
/* Likewise FRAME: all variables of the frame that is on top already. */
void xo_frame_begin(xo_writer *writer, uint64_t globals, uint64_t locals, uint32_t variable_count);
void xo_frame_end(xo_writer *writer);
/* A frame's variables have changed past all bindings: variables_chunk says that they must be written once more. */
void xo_frame_outdate(xo_writer *writer, xo_frame *frame);
/* Pushes a suspended frame that was written in this chunk at variables_position. */
xo_frame *xo_reenter(xo_writer *writer, uint64_t number, uint32_t code, int32_t line,
                     xo_position variables_position);
void xo_leave(xo_writer *writer);

/* For recordings with a bound, between steps, when generation_due says so: from here on no record refers to one before,
 * so that the oldest ones can be given up. The caller then forgets the positions of texts, writes the image of each
 * living entity, takes all frames off all stacks and enters them again, and calls the second. */
void xo_writer_generation_begin(xo_writer *writer);
void xo_writer_generation_end(xo_writer *writer);
/* In a copy with whole_chunks, where the original begins a generation: no record from here on refers to one before. The
 * definitions so far are written again; what else stands at the beginning of the original's, the caller copies. */
void xo_writer_generation_repeat(xo_writer *writer);

#include "writer_put.h" /* needs the above */

#endif
