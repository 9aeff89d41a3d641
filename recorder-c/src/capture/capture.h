/* What the parts of the capture extension share: the one active recorder and what each part offers the others.
 *
 * Everything here runs under the GIL, holds no references to the program's objects and runs none of its code. */
#ifndef EXECORDER_CAPTURE_H
#define EXECORDER_CAPTURE_H

#include "compat.h"
#include "pointer_map.h"

#include "execorder/writer.h"

/* ---- codes.c: what is known of a code object ---- */

typedef enum {
    XO_STORE_FAST,   /* index: the slot */
    XO_STORE_CELL,   /* index: the slot of a cell whose content is written */
    XO_STORE_NAME,   /* index: of co_names, in the frame's locals */
    XO_STORE_GLOBAL, /* index: of co_names, in the frame's globals */
    XO_STORE_NAMES,  /* any name in the frame's locals */
} xo_store_kind;

typedef struct {
    int32_t offset; /* of the instruction, bytes */
    uint16_t index;
    uint8_t kind;
} xo_store;

enum {
    XO_LINE_LOOPS = 1,      /* jumps back within the line: any store may have run */
    XO_LINE_BREAKPOINT = 2,
    XO_LINE_HAS_CODE = 4, /* a line step can be here */
};

typedef struct {
    uint32_t first;
    uint16_t count;
    uint16_t flags;
} xo_line;

typedef struct xo_code {
    struct xo_code *next, *previous; /* all codes known to this process */
    PyCodeObject *code;              /* borrowed: this struct ends with it */
    uint64_t generation;             /* the recording that `number` and `recorded` belong to */
    uint64_t instrumented;           /* the recording whose events are on in it; 0: none */
    uint32_t number;                 /* of the recording; 0: not defined */
    bool recorded;                   /* step by step */
    bool given;                      /* handed to record_code: recorded whatever its file */
    bool analysed;
    bool suspends;                   /* a generator or coroutine */
    bool in_dict;                    /* names live in a dict (module, class body, exec) */
    bool writes_items;               /* holds STORE_SUBSCR */
    int32_t min_line, max_line;
    xo_line *lines;                  /* owned; by line - min_line */
    xo_store *stores;                /* owned */
    uint8_t *item_writes;            /* owned; bit per code unit that is STORE_SUBSCR */
    int slot_count;
    int class_cell;                  /* slot of a free variable named __class__, or -1 */
} xo_code;

/* ---- threads ---- */

typedef struct {
    xo_iframe *iframe; /* borrowed while it runs */
    xo_code *code;
    uint64_t globals, locals;
    int32_t line_offset; /* where its newest line step was */
    bool on_line;        /* has had a line step since it was entered */
} xo_shadow;

typedef struct xo_thread_state {
    struct xo_thread_state *next;
    PyThreadState *python; /* borrowed; compared with `id` as well, since addresses come again */
    uint64_t id;
    xo_thread *written;
    xo_shadow *frames; /* owned; parallel to written->frames */
    uint32_t capacity;
    int suspended;     /* > 0: what runs in this thread is ours or a debugger's */
    int stepping;      /* XO_STEP_… */
    uint32_t stepping_depth;
} xo_thread_state;

enum { XO_RUN, XO_STEP_IN, XO_STEP_OVER, XO_STEP_OUT };

/* ---- the recorder ---- */

typedef struct {
    PyObject *object; /* borrowed; NULL when it died */
    xo_entity *entity;
} xo_pending;

typedef struct {
    xo_pending *items; /* owned */
    size_t count, capacity;
} xo_pending_list;

typedef struct {
    uint64_t number;
    uint32_t code;
    int32_t line;
    xo_position variables_position;
    uint64_t variables_chunk;
} xo_suspended;

/* An operation of C code that is under way on an object and may run Python code meanwhile. */
typedef struct xo_open_operation {
    struct xo_open_operation *outer;
    PyObject *object;
    Py_ssize_t recorded_length; /* of a list that only grows; -1: its whole image is written */
} xo_open_operation;

typedef struct {
    int64_t hash;
    uint64_t size_bytes; /* 0: free */
    xo_position position;
} xo_text_entry;
#define XO_TEXT_ENTRIES (1u << 15)

/* A long text as it was written last, of which the next may be a longer version. */
typedef struct {
    char *copy; /* owned */
    size_t size_bytes, capacity; /* size 0: none */
    size_t whole_bytes;          /* of the newest version that was written whole */
    size_t grown_bytes;          /* since then */
    xo_position position;
    uint64_t used; /* when it was of use last */
} xo_growing_text;
#define XO_GROWING_TEXTS 4

typedef struct {
    xo_writer *writer;
    uint64_t generation;
    xo_pointer_map entities;  /* PyObject * -> xo_entity * */
    xo_pointer_map suspended; /* xo_iframe * -> xo_suspended * (owned) */
    xo_suspended *spare;      /* owned: for the next frame that is suspended; NULL: none */
    xo_pending_list fresh;    /* tracked, image not yet written */
    xo_pending_list dirty;    /* image due before the next step */
    xo_open_operation *open;
    struct xo_watches *watches; /* owned: watches.c; NULL: none yet */
    xo_thread_state *threads; /* owned */
    xo_thread_state *thread;  /* the newest one seen */
    xo_text_entry *texts;     /* owned */
    xo_growing_text growing[XO_GROWING_TEXTS];
    uint64_t growing_clock;
    PyObject *builtins;       /* borrowed: the dict of builtins, kept opaque */
    PyObject *noted_globals;  /* borrowed, only compared: of the newest frame; NULL when that dict has died */
    uint64_t noted_number;    /* its object number */
    PyObject *library;        /* owned tuple of path prefixes */
    PyObject *rules;          /* owned tuple of (pattern, whether files that fit are recorded) */
    PyObject *files;          /* owned dict: file name -> number */
    PyObject *sources;        /* owned dict: file name -> source given to record_code, or None */
    PyObject *user_modules;   /* owned set of names whose classes show their attributes */
    PyObject *on_event;       /* owned or NULL */
    PyObject *breakpoints;    /* owned dict: file name -> set of lines */
    PyObject *bound;          /* owned exception class that every step raises, or NULL */
    uint64_t max_steps, interval, next_interval;
    volatile uint64_t check_at; /* step from which on_step looks closer */
    volatile int attention;
    uint64_t *watched_frames; /* owned: numbers */
    size_t watched_frame_count;
    bool watch_hit;           /* something watched has changed since the last line step */
    bool record_state, break_on_raise, ending;
} xo_recorder;

/* NULL while nothing is recorded. */
extern xo_recorder *xo_active;

enum {
    XO_KIND_MASK = 0xff,   /* of xo_entity.user: the xo_kind */
    XO_DIRTY = 0x100,      /* in the dirty list */
    XO_LINKED = 0x200,     /* attributes are in a dict of their own */
    XO_SHOWN_CLASS = 0x400, /* a class whose attributes are recorded */
    XO_FRESH = 0x800,      /* its first image is still to be written */
    XO_WATCHED = 0x1000,   /* a debugger waits for its changes */
};

/* codes.c */
int xo_codes_init(void);
/* NULL with an exception set. */
xo_code *xo_code_of(xo_recorder *recorder, PyCodeObject *code);
int xo_code_give(xo_recorder *recorder, PyCodeObject *code, PyObject *source);
xo_code *xo_codes_first(void);
void xo_codes_apply_breakpoints(xo_recorder *recorder, xo_code *code);
/* analysis.c: -1 with an exception set */
int xo_code_find_item_writes(xo_code *code);
int xo_code_analyse(xo_code *code);
/* definitions.c: -1 with an exception set */
int xo_code_define(xo_recorder *recorder, xo_code *code);
bool xo_code_is_wanted(xo_recorder *recorder, PyCodeObject *code);

/* rules.c */
typedef enum { XO_NO_RULE, XO_INCLUDED, XO_EXCLUDED } xo_verdict;
/* A new tuple from any sequence, or from NULL; NULL with an exception set. */
PyObject *xo_rules_read(PyObject *rules);
/* What the first rule that fits the file's name says. */
xo_verdict xo_rules_apply(PyObject *rules, PyObject *file);

/* values.c, texts.c */
void xo_put_value(xo_recorder *recorder, PyObject *value);
/* The value of a scalar, or that of which an instance of its subclass is made. */
void xo_put_scalar_base(xo_recorder *recorder, PyObject *value);
void xo_put_text(xo_recorder *recorder, PyObject *text);
void xo_put_bytes_object(xo_recorder *recorder, PyObject *bytes);
void xo_put_latin(xo_recorder *recorder, const char *text);

/* growing_texts.c */
bool xo_put_growing(xo_recorder *recorder, const char *data, size_t size);
void xo_keep_growing(xo_recorder *recorder, const char *data, size_t size, xo_position position);
void xo_growing_free(xo_recorder *recorder);

/* track.c */
static inline xo_entity *
xo_find(PyObject *object)
{
    return (xo_entity *)xo_map_get(&xo_active->entities, object);
}
/* The object's number; it becomes tracked when it was not. */
uint64_t xo_number_of(xo_recorder *recorder, PyObject *object);
void xo_mark_dirty(xo_recorder *recorder, PyObject *object, xo_entity *entity);
/* Makes the recording true for the step that follows. */
void xo_settle(xo_recorder *recorder);
/* Ends the record of one change. */
void xo_change_end(xo_recorder *recorder, PyObject *object, xo_entity *entity, xo_position start);
/* The object is being freed. */
void xo_forget(PyObject *object);

/* images.c, attributes.c */
xo_kind xo_kind_of(PyObject *object);
void xo_write_image(xo_recorder *recorder, PyObject *object, xo_entity *entity);
void xo_put_attributes(xo_recorder *recorder, PyObject *object, xo_entity *entity);
bool xo_made_by_class_statement(const PyTypeObject *type);

/* lifetimes.c */
int xo_lifetimes_init(void);
void xo_watch_lifetime(PyTypeObject *type);
void xo_lifetimes_restore(void);
extern destructor xo_subtype_dealloc;

/* patches.c */
typedef void (*xo_type_visitor)(PyTypeObject *type);
/* Visits every type of the interpreter. -1 with an exception set. */
int xo_each_type(xo_type_visitor visit);
typedef struct {
    size_t suite;  /* offset of the suite's pointer in PyTypeObject; 0: the slot is in the type itself */
    size_t offset; /* of the slot in the suite or type */
    void *original;
    void *replacement;
} xo_slot_patch;
void xo_patch_slot(size_t suite, size_t offset, void *original, void *replacement);
/* -1 with an exception set when the method or function is not called in the way that `flags` (METH_…) say. */
int xo_patch_method(PyTypeObject *type, const char *name, int flags, PyCFunction replacement, PyCFunction *original);
typedef struct {
    const char *name; /* NULL ends a table */
    int flags;
    PyCFunction hook;
    PyCFunction *original;
} xo_method_patch;
int xo_patch_methods(PyTypeObject *type, const xo_method_patch *table);
int xo_patch_function(const char *module, const char *name, int flags, PyCFunction replacement,
                      PyCFunction *original);
/* How it is called; 0 when there is no such method, or no such function written in C. */
int xo_method_flags(PyTypeObject *type, const char *name);
int xo_function_flags(const char *module, const char *name);
int xo_patches_apply(void);
void xo_patches_restore(void);

/* hooks: each registers its patches */
int xo_hook_lists(void);
int xo_hook_list_functions(void);
int xo_hook_dicts(void);
int xo_hook_sets(void);
int xo_hook_iterators(void);
int xo_hook_deques(void);
int xo_hook_exceptions(void);
int xo_hook_ordered_dicts(void);
int xo_hook_attributes(void);
int xo_hook_output(void);
void xo_unhook_lists(void);
void xo_unhook_iterators(void);
void xo_unhook_attributes(void);
void xo_unhook_dicts(xo_recorder *recorder);
void xo_watch_dict(PyObject *dict);
bool xo_key_is_plain(PyObject *key);
bool xo_new_key_is_plain(PyObject *key);
void xo_log_dict_set(xo_recorder *recorder, PyObject *dict, xo_entity *entity, PyObject *key, PyObject *value);
void xo_log_dict_delete(xo_recorder *recorder, PyObject *dict, xo_entity *entity, PyObject *key);
void xo_operation_begin(xo_open_operation *operation, PyObject *object, Py_ssize_t recorded_length);
void xo_operation_end(xo_open_operation *operation);

/* threads.c */
xo_thread_state *xo_this_thread(xo_recorder *recorder);
void xo_threads_free(xo_recorder *recorder);
static inline xo_shadow *
xo_top(const xo_thread_state *thread)
{
    return thread->written->depth == 0 ? NULL : &thread->frames[thread->written->depth - 1];
}

/* frames.c: what happened in a frame of recorded code. -1 with an exception set when the program must stop here. */
int xo_on_start(xo_recorder *recorder, xo_thread_state *thread, xo_iframe *iframe, xo_code *code);
int xo_on_resume(xo_recorder *recorder, xo_thread_state *thread, xo_iframe *iframe, xo_code *code);
int xo_on_line(xo_recorder *recorder, xo_thread_state *thread, xo_iframe *iframe, xo_code *code, int32_t line);
int xo_on_leave(xo_recorder *recorder, xo_thread_state *thread, xo_iframe *iframe, xo_code *code, xo_op op,
                PyObject *result);
int xo_on_exception(xo_recorder *recorder, xo_thread_state *thread, xo_iframe *iframe, xo_code *code,
                    PyObject *exception);
int xo_on_unwind(xo_recorder *recorder, xo_thread_state *thread, xo_iframe *iframe, xo_code *code);
/* shadow.c: keeping the stack */
bool xo_align(xo_recorder *recorder, xo_thread_state *thread, xo_iframe *iframe, xo_code *code);
xo_shadow *xo_push(xo_recorder *recorder, xo_thread_state *thread, xo_iframe *iframe, xo_code *code);
void xo_suspended_release(xo_recorder *recorder, xo_suspended *suspended);
void xo_pop(xo_recorder *recorder, xo_thread_state *thread);
void xo_put_frame(xo_recorder *recorder, xo_shadow *shadow);
/* flush.c */
void xo_flush_line(xo_recorder *recorder, xo_thread_state *thread, bool midway);

/* stops.c */
int xo_check_step(xo_recorder *recorder, xo_thread_state *thread, bool at_line, bool breakpoint);
int xo_call_on_event(xo_recorder *recorder, xo_thread_state *thread, const char *kind);
void xo_watch_steps(xo_recorder *recorder);
int xo_attention_watch(int fd);
void xo_attention_request(void);

/* watchpoints.c */
void xo_watchpoint_notice(xo_recorder *recorder);
bool xo_watchpoint_on_frame(const xo_recorder *recorder, uint64_t number);
void xo_watchpoints_set(xo_recorder *recorder, const uint64_t *objects, size_t object_count, uint64_t *frames,
                    size_t frame_count);

/* events_monitoring.c or events_trace.c */
int xo_events_start(xo_recorder *recorder);
void xo_events_stop(xo_recorder *recorder);

/* recorder.c */
int xo_recorder_start(PyObject *path, PyObject *notes, PyObject *options);
int xo_recorder_stop(PyObject *notes);
void xo_recorder_abandon(void);
/* Why the last recording ended by itself, or NULL. */
const char *xo_recorder_failure(void);
void xo_recorder_fail(xo_recorder *recorder);
PyObject *xo_recorder_living(uint64_t number);

#endif
