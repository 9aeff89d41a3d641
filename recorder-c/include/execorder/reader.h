/* Reads a recording, also one that is still being written by another process or by this one.
 * A recording is a stranger's data: every function here answers XO_CORRUPT rather than trust a length or offset.
 * One reader is used by one thread at a time; several readers of a file are independent.
 *
 * Texts and bytes that it lends stay during the next 60 questions; those of codes, files, threads and notes until it is
 * closed.
 *
 * "At step n" means: after everything that is recorded before step n and step n itself. */
#ifndef EXECORDER_READER_H
#define EXECORDER_READER_H

#include "status.h"
#include "value.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct xo_reader xo_reader;

/* Opens the recording at `path`. On success the caller owns *out and must close it;
 * on failure *out is NULL and nothing needs closing. */
xo_status xo_reader_open(const char *path, xo_reader **out);
void xo_reader_close(xo_reader *reader);

/* Looks for what was written since; *grew may be NULL. Everything answered before stays valid. */
xo_status xo_reader_refresh(xo_reader *reader, bool *grew);

/* While a reader of a growing recording is open, its writer gives nothing back of what the reader may look at. Nobody uses
 * this one for now: up to the next refresh, nothing that was answered is valid and nothing may be asked. */
void xo_reader_rest(xo_reader *reader);
bool xo_reader_rests(const xo_reader *reader);

typedef struct {
    uint32_t format_version;
    bool complete;          /* closed by its writer */
    xo_status ended_early;  /* why it was not, when its writer could not go on; XO_OK otherwise */
    uint64_t steps;         /* that were recorded: they have the numbers before this one, */
    uint64_t first_step;    /* and from this one on they are kept: more than 0 in a recording of bounded size */
    uint64_t threads, files, codes, objects, frames, chunks;
    uint64_t file_bytes, log_bytes, index_bytes;
    uint64_t damaged_bytes; /* at the end, left out because a checksum is wrong or a chunk is cut off */
} xo_info;
void xo_reader_info(const xo_reader *reader, xo_info *out);

/* The newest text said under this key (python, program, error, stopped_by …); XO_NOT_FOUND without one. */
xo_status xo_reader_note(xo_reader *reader, const char *key, const char **text, size_t *size_bytes);

typedef enum {
    XO_STEP_CALL = 1,
    XO_STEP_LINE,
    XO_STEP_RETURN,
    XO_STEP_YIELD,
    XO_STEP_RESUME,
    XO_STEP_EXCEPTION,
} xo_step_kind;

typedef struct {
    uint64_t step;
    xo_step_kind kind;
    uint32_t thread; /* from 1 */
    uint64_t frame;  /* frame number, from 1 */
    uint32_t depth;  /* frames below it: 0 for the outermost */
    uint32_t code;   /* from 1 */
    int32_t line;
} xo_step_view;
xo_status xo_reader_step(xo_reader *reader, uint64_t step, xo_step_view *out);

typedef struct {
    uint32_t code, file;
    const char *name, *qualname; /* borrowed from the reader, UTF-8, zero-terminated, as are all texts here */
    int32_t first_line;
    uint32_t flags;              /* XO_CODE_* of writer.h */
    const int32_t *lines;        /* lines that hold code, ascending */
    size_t line_count;
    const char *const *variable_names;
    const uint8_t *variable_flags; /* XO_VARIABLE_* of writer.h */
    size_t variable_count;
} xo_code_view;
xo_status xo_reader_code(xo_reader *reader, uint32_t code, xo_code_view *out);

typedef struct {
    const char *path;
    const uint8_t *source; /* NULL when the recording has none */
    uint64_t source_bytes;
} xo_file_view;
/* Files are numbered from 1 to xo_info.files. */
xo_status xo_reader_file(xo_reader *reader, uint32_t file, xo_file_view *out);

typedef struct {
    uint32_t thread;
    uint64_t system_id;
    const char *name;
    bool alive; /* has frames at the step asked for */
} xo_thread_view;
xo_status xo_reader_thread(xo_reader *reader, uint64_t step, uint32_t thread, xo_thread_view *out);

typedef struct {
    uint64_t frame;
    uint32_t code;
    int32_t line;
    uint32_t depth;            /* 0 for the outermost */
    uint64_t globals, locals;  /* object numbers; locals is 0 when the variables are in slots */
} xo_frame_view;
/* The stack of `thread` at a step, innermost first. *out is owned by the caller and freed with free(). */
xo_status xo_reader_stack(xo_reader *reader, uint64_t step, uint32_t thread, xo_frame_view **out, size_t *count);

/* The slots of a frame that is on `thread`'s stack at this step; cells are already looked into. values[i] belongs to
 * the code's variable i. *result is what the frame returns, yields (kinds return and yield) or raises
 * (kind exception) when `step` is such a step of that very frame, else XO_UNBOUND.
 * *values is owned by the caller and freed with free(). */
xo_status xo_reader_variables(xo_reader *reader, uint64_t step, uint32_t thread, uint64_t frame,
                              xo_value **values, size_t *count, xo_value *result);

typedef struct {
    xo_value key;   /* dict: the key; attributes: the name; otherwise XO_UNBOUND */
    xo_value value; /* item, element, mapped value, attribute's value */
} xo_entry;

/* The memory of a buffer and how its elements lie in it. */
typedef struct {
    uint32_t flags;        /* XO_BUFFER_* of format.h */
    uint64_t storage;      /* number of the object whose memory it is; 0: its own */
    xo_value format;       /* text: of one element, as the struct module writes it, or numpy's typestr */
    uint64_t item_bytes;   /* size of an element */
    bool flat;             /* one dimension over all of the memory; the length may change */
    size_t dimensions;
    uint64_t *shape;       /* owned by the contents, as is all that follows: elements per dimension */
    int64_t *strides;      /* bytes from one element to the next per dimension */
    int64_t offset;        /* byte in the memory where the first element is */
    uint8_t *bytes;        /* the whole memory, also that of `storage`; NULL when it holds objects */
    uint64_t size_bytes;
    xo_value *values;      /* the memory of XO_BUFFER_VALUES, one value per element */
    size_t value_count;
    uint8_t *scratch;      /* the newest text that xo_contents_element answered */
} xo_buffer_contents;

typedef struct {
    uint64_t object;
    xo_kind kind;
    uint64_t class_object;  /* number of its class; 0: unknown */
    bool unknown;           /* the contents can't be told at this step */
    uint64_t unknown_since; /* … nor from this step on, since C code changed them unheard; else 0 */
    xo_entry *items;        /* list, tuple, dict, set, frozenset, cell (one); dicts in insertion order */
    size_t item_count;      /* of a buffer: the number of elements, which xo_contents_element tells */
    xo_entry *attributes;   /* in order of insertion; those kept in a dict of their own are included */
    size_t attribute_count;
    size_t own_attribute_count; /* the first so many are the object's own, not in that dict */
    uint64_t attribute_dict; /* number of that dict; 0: none */
    xo_value name;          /* class, opaque: qualified name, a text; else XO_UNBOUND */
    xo_value module;        /* class, opaque: module's name, a text or XO_NONE */
    const uint64_t *bases;  /* class: numbers of its bases */
    size_t base_count;
    uint32_t file;          /* opaque function or class: where it is defined; 0: unknown */
    int32_t line;
    xo_buffer_contents buffer; /* of a buffer */
} xo_contents;
/* An object as it was at a step. On success the caller owns *out and frees it with xo_contents_free.
 * XO_NOT_FOUND when the object was not known yet at that step. */
xo_status xo_reader_contents(xo_reader *reader, uint64_t step, uint64_t object, xo_contents **out);
void xo_contents_free(xo_contents *contents);

/* Element `index` of a buffer, counted with the last dimension fastest; index < item_count. What has no value of its
 * own here (records, long doubles) is answered as its bytes. Texts are borrowed until the next call for these contents.
 * XO_NO_MEMORY is the only failure. */
xo_status xo_contents_element(xo_contents *contents, uint64_t index, xo_value *out);

/* What a step must be to be found; fields that are 0 (for max_depth: UINT32_MAX) don't restrict. */
typedef struct {
    uint32_t kinds;     /* bits 1 << xo_step_kind */
    uint32_t thread;
    uint64_t frame;     /* this very frame */
    uint32_t max_depth; /* at most so many frames below it */
    const uint64_t *visits; /* borrowed: line steps only, at any of these places: file number << 32 | line */
    size_t visit_count;
} xo_filter;

/* The nearest step after (forward) or before `from` that fits, `from` itself left out; `from` may be -1 or the number
 * of steps. XO_NOT_FOUND when there is none. `cancel`, when not NULL, is looked at now and then: non-zero gives up
 * with XO_NOT_FOUND. Safe to run in another thread as long as no other call uses this reader. */
xo_status xo_reader_find(xo_reader *reader, int64_t from, bool forward, const xo_filter *filter,
                         const volatile int *cancel, uint64_t *step);

typedef struct {
    uint64_t step; /* the last step before it was printed */
    int stream;    /* 1: standard output, 2: standard error */
    const char *text;
    uint64_t size_bytes;
} xo_output_view;
/* What was printed, in order, from output `first` on: at most `limit` pieces, owned by the caller, freed with free();
 * the texts are borrowed. */
xo_status xo_reader_output(xo_reader *reader, uint64_t first, size_t limit, xo_output_view **out, size_t *count);

typedef struct {
    uint64_t step;   /* the step before which the change happened: the first one that shows it */
    bool is_image;   /* the whole contents, not a single change */
    uint8_t op;      /* xo_op of format.h */
    xo_value key;    /* index, key, name or, in a buffer's memory, the first byte; else XO_UNBOUND */
    xo_value value;  /* the new item, or the new bytes */
    uint64_t removed; /* BYTES_SPLICE: how many bytes went away there */
} xo_change;
/* The changes of an object at or before `step`, newest first, at most `limit`; freed with free(). */
xo_status xo_reader_history(xo_reader *reader, uint64_t step, uint64_t object, size_t limit,
                            xo_change **out, size_t *count);

/* A place that a program writes to. */
typedef enum {
    XO_SLOT_VARIABLE = 1, /* of a frame with slots: `owner` is the frame's number, `key` the variable's name */
    XO_SLOT_ITEM,      /* of an object: a list's index, a dict's key, a set's element; of a cell: anything */
    XO_SLOT_ATTRIBUTE, /* of an object: `key` is the attribute's name */
} xo_slot_kind;

typedef struct {
    xo_slot_kind kind;
    uint64_t owner;
    xo_value key; /* its bytes are borrowed */
} xo_slot;

typedef struct {
    uint64_t step;   /* the first one that shows it */
    int64_t writer;  /* the step that did it: the newest one before, of the frame that ran then; -1: none was recorded */
    uint8_t op;      /* xo_op of format.h: BIND for a variable, ENTER when the call bound it, otherwise the object's */
    bool first;      /* nothing is known of the time before: the object, or the frame, enters the recording with it */
    xo_value value;  /* what the slot holds since; XO_UNBOUND: nothing, it was deleted or isn't known */
} xo_write;
/* Who wrote a slot last: the newest write that shows at `step`. What moves a list's items (an insertion, a reversal)
 * writes all indexes whose items it moves. XO_NOT_FOUND when the slot was never written, or its owner isn't known. */
xo_status xo_reader_last_write(xo_reader *reader, uint64_t step, const xo_slot *slot, xo_write *out);

#endif
