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
    xo_position position;   /* of its newest record; 0: none yet */
    uint64_t touched_chunk; /* ordinal of the chunk that holds its newest record */
    uint32_t image_bytes;   /* size of its newest image */
    uint32_t change_bytes;  /* of all changes since that image */
    uint32_t slot;          /* the writer's own */
    uint32_t user;          /* the caller's own, like what follows */
    uint64_t length;        /* how many items it holds, as recorded */
    void *owner;
    struct xo_entity *next;
} xo_entity;

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

/* Lets go of the file without completing or changing it: for the child of a fork. */
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

/* ---- the hot path, inline ---- */

/* The most that may be reserved at once and then filled by hand; the functions below take any size. */
#define XO_RESERVE_MAX 4096

/* Room for `bytes` more; out of line because it may map more of the file or start to discard. */
void xo_writer_grow(xo_writer *writer, size_t bytes);
/* Closes the open chunk and opens the next. Only between records. */
void xo_writer_turn_chunk(xo_writer *writer);

static inline void
xo_reserve(xo_writer *writer, size_t bytes)
{
    if ((size_t)(writer->limit - writer->cursor) < bytes) {
        xo_writer_grow(writer, bytes);
    }
}

static inline xo_position
xo_here(const xo_writer *writer)
{
    return (xo_position)(writer->cursor - writer->origin) + writer->origin_position;
}

static inline void
xo_put_raw(xo_writer *writer, uint8_t byte)
{
    *writer->cursor++ = byte;
}

/* At most 10 bytes; the caller has reserved them. */
static inline void
xo_put_raw_varint(xo_writer *writer, uint64_t value)
{
    while (value >= 0x80) {
        *writer->cursor++ = (uint8_t)(value | 0x80);
        value >>= 7;
    }
    *writer->cursor++ = (uint8_t)value;
}

static inline uint64_t
xo_zigzag(int64_t value)
{
    return ((uint64_t)value << 1) ^ (uint64_t)(value >> 63);
}

static inline void
xo_put_varint(xo_writer *writer, uint64_t value)
{
    xo_reserve(writer, 10);
    xo_put_raw_varint(writer, value);
}

static inline void
xo_put_tag(xo_writer *writer, xo_tag tag)
{
    xo_reserve(writer, 1);
    xo_put_raw(writer, (uint8_t)tag);
}

static inline void
xo_put_int(xo_writer *writer, int64_t value)
{
    xo_reserve(writer, 11);
    if (value >= -16 && value <= 111) {
        xo_put_raw(writer, (uint8_t)(XO_TAG_SMALL_INT + value));
        return;
    }
    xo_put_raw(writer, XO_TAG_INT);
    xo_put_raw_varint(writer, xo_zigzag(value));
}

static inline void
xo_put_object(xo_writer *writer, uint64_t number)
{
    xo_reserve(writer, 11);
    xo_put_raw(writer, XO_TAG_OBJECT);
    xo_put_raw_varint(writer, number);
}

void xo_put_float(xo_writer *writer, double value);
void xo_put_complex(xo_writer *writer, double real, double imaginary);
void xo_put_bigint(xo_writer *writer, const uint8_t *bytes, size_t size_bytes);
/* A text or bytes in full. Answers where its tag stands, for xo_put_text_ref. */
xo_position xo_put_str(xo_writer *writer, const char *utf8, size_t size_bytes);
xo_position xo_put_bytes(xo_writer *writer, const uint8_t *bytes, size_t size_bytes);
/* Their number and the bytes, as they stand inside a record. */
void xo_put_sized(xo_writer *writer, const void *bytes, size_t size);
/* The text whose tag stands at `position` with `utf8` appended. Answers where its own tag stands. */
xo_position xo_put_str_grown(xo_writer *writer, xo_position position, const char *utf8, size_t size_bytes);
/* The text or bytes whose tag stands at `position`; `tag` is XO_TAG_STR_REF or XO_TAG_BYTES_REF. */
void xo_put_text_ref(xo_writer *writer, xo_tag tag, xo_position position);

/* Bytes as they are: a part of a record that was written before. */
void xo_put_verbatim(xo_writer *writer, const void *bytes, size_t size_bytes);

/* The bit for a slot in a set of bound slots; all those from 63 on share one. */
static inline uint64_t
xo_bound_slot(uint64_t slot)
{
    return (uint64_t)1 << (slot < 63 ? slot : 63);
}

/* Starts the binding of a variable of the current thread's top frame; one value follows. The frame's variables must
 * be in this chunk (variables_chunk == chunk): when they aren't, write FRAME first. */
static inline void
xo_put_bind(xo_writer *writer, uint32_t slot)
{
    xo_reserve(writer, 12);
    writer->thread->frames[writer->thread->depth - 1].bound |= xo_bound_slot(slot);
    if (slot < 32) {
        xo_put_raw(writer, (uint8_t)(XO_OP_BIND + slot));
        return;
    }
    xo_put_raw(writer, XO_OP_BIND_FAR);
    xo_put_raw_varint(writer, slot);
}

/* Starts a record without an object: RESULT, RAISED. */
static inline void
xo_put_op(xo_writer *writer, xo_op op)
{
    xo_reserve(writer, 1);
    xo_put_raw(writer, (uint8_t)op);
}

/* Starts a record of an object: operation, number, distance. Finish with xo_record_end and what this answered. */
static inline xo_position
xo_record_begin(xo_writer *writer, xo_op op, const xo_entity *entity)
{
    xo_position start = xo_here(writer);
    writer->subject = entity;
    xo_reserve(writer, 21);
    xo_put_raw(writer, (uint8_t)op);
    xo_put_raw_varint(writer, entity->number);
    xo_put_raw_varint(writer, entity->position == 0 ? 0 : start - entity->position);
    return start;
}

/* For the indexes: the entity's first record in this chunk. */
void xo_writer_touch(xo_writer *writer, xo_entity *entity);

static inline void
xo_record_end(xo_writer *writer, xo_entity *entity, xo_position start, bool is_image)
{
    uint64_t size = xo_here(writer) - start;
    writer->records++;
    writer->subject = NULL;
    entity->position = start;
    if (is_image) {
        entity->image_bytes = size > UINT32_MAX ? UINT32_MAX : (uint32_t)size;
        entity->change_bytes = 0;
    } else {
        uint64_t sum = entity->change_bytes + size;
        entity->change_bytes = sum > UINT32_MAX ? UINT32_MAX : (uint32_t)sum;
    }
    if (entity->touched_chunk != writer->chunk) {
        xo_writer_touch(writer, entity);
    }
}

/* Whether the next record of this object should be an image, so that replay stays bounded. */
static inline bool
xo_image_is_due(const xo_entity *entity)
{
    return entity->change_bytes > 2u * (uint64_t)entity->image_bytes + 256u;
}

/* Makes all records so far visible to readers, now and after a crash. Only between records. */
static inline void
xo_publish(xo_writer *writer)
{
    uint64_t size = (uint64_t)(writer->cursor - writer->chunk_start);
#if defined(__GNUC__)
    __atomic_store_n(writer->published, size, __ATOMIC_RELEASE);
#else
    *writer->published = size;
#endif
}

/* Ends a step: makes it visible to readers and turns the chunk when it is full. */
static inline void
xo_step_end(xo_writer *writer)
{
    writer->steps++;
    xo_publish(writer);
    if (writer->cursor >= writer->chunk_full) {
        xo_writer_turn_chunk(writer);
    }
}

/* CALL, RETURN, YIELD, RESUME or EXCEPTION in the current thread's top frame. */
static inline void
xo_step(xo_writer *writer, xo_op op)
{
    writer->step_counts[op & 7]++;
    writer->thread->frames[writer->thread->depth - 1].ran_chunk = writer->chunk;
    xo_put_op(writer, op);
    xo_step_end(writer);
}

/* A line step in the current thread's top frame. `line` lies within the code's min_line and max_line. */
static inline void
xo_step_line(xo_writer *writer, int32_t line)
{
    xo_frame *frame = &writer->thread->frames[writer->thread->depth - 1];
    int32_t delta = line - frame->line;
    frame->line = line;
    frame->ran_chunk = writer->chunk;
    writer->visited[frame->place_origin + line] = 1;
    xo_reserve(writer, 11);
    if (delta >= -32 && delta <= 95) {
        xo_put_raw(writer, (uint8_t)(0x80 + 32 + delta));
    } else {
        xo_put_raw(writer, XO_OP_LINE_FAR);
        xo_put_raw_varint(writer, xo_zigzag(delta));
    }
    xo_step_end(writer);
}

#endif
