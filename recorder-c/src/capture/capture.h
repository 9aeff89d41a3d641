/* What the parts of the capture extension share: the one active recorder and what each part offers the others.
 *
 * Everything here runs under the GIL, holds no references to the program's objects and runs none of its code. */
#ifndef EXECORDER_CAPTURE_H
#define EXECORDER_CAPTURE_H

#include "codes.h"
#include "compat.h"
#include "pointer_map.h"

#include "execorder/redactor.h"
#include "execorder/writer.h"

/* ---- threads ---- */

typedef struct {
    xo_iframe *iframe; /* borrowed while it runs */
    xo_code *code;
    uint64_t globals, locals;
    int32_t line_offset; /* where its newest line step was */
    bool on_line;        /* has had a line step since it was entered */
} xo_shadow;

/* What one recording knows of a strand. */
typedef struct xo_thread_state {
    struct xo_thread_state *next;  /* of the same recording */
    struct xo_thread_state *outer; /* of the same strand: that of the recording around this one */
    struct xo_strand *strand;
    xo_recorder *recorder;
    xo_thread *written;
    xo_shadow *frames; /* owned; parallel to written->frames */
    uint32_t capacity;
    int suspended;     /* > 0: what runs in this strand is ours or a debugger's */
    bool is_guest;     /* outside of the exec(): hears only of code that was given to it */
    bool is_invited;   /* to hear of the frame that starts */
    bool is_named;     /* its name in the program is noted, if it has one */
    int stepping;      /* XO_STEP_… */
    uint32_t stepping_depth;
    uint64_t stepping_frame; /* not where this one is at this line, whose rounds belong together; 0: none */
    int stepping_line;
} xo_thread_state;

/* One stack of the program: a thread's, or that of a greenlet in it. */
typedef struct xo_strand {
    struct xo_strand *next;
    PyThreadState *python; /* borrowed; compared with `id` as well, since addresses come again */
    uint64_t id;
    const void *greenlet;   /* only compared; NULL: the thread itself */
    xo_thread_state *inner; /* innermost exec() first, recordings of the whole process last */
} xo_strand;

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
typedef struct {
    PyObject *object; /* borrowed: the caller has it; NULL: this place is free */
    Py_ssize_t recorded_length; /* of a list that only grows; -1: its whole image is written */
    uint64_t version; /* of a dict, as it was recorded; 0: can't be told */
} xo_open_operation;

typedef struct {
    int64_t hash;
    uint64_t size_bytes; /* 0: free */
    xo_position position;
} xo_text_entry;
#define XO_TEXT_ENTRIES (1u << 15)

/* A variable of a frame. */
typedef struct {
    uint64_t frame; /* its number; 0: none */
    uint32_t slot;
} xo_variable;

/* A long text as it was written last, of which the next may be a longer version. */
typedef struct {
    xo_variable holder;     /* where `object` stood when it was written last, if it is known to stand there still */
    const PyObject *object; /* borrowed: only to be compared */
    char *copy; /* owned: its characters, as wide as they are in the object */
    int width;  /* bytes of a character */
    size_t size_bytes, capacity; /* size 0: none */
    size_t whole_bytes;          /* of the newest version that was written whole */
    size_t grown_bytes;          /* since then */
    xo_position position;
    uint64_t used; /* when it was of use last */
} xo_growing_text;
#define XO_GROWING_TEXTS 4

typedef struct {
    uint64_t step, ns; /* since 1970 */
} xo_clock_look;

/* clock.c */
typedef struct {
    uint64_t began_ns; /* 0: not yet */
    xo_clock_look seen, noted; /* the newest of each */
    uint64_t look_at;  /* how many steps there are to be at the next look */
    uint64_t stride, quick, count;
} xo_clock;

struct xo_recorder {
    xo_recorder *next; /* newest first */
    xo_writer *writer; /* NULL once the recording has ended */
    uint64_t token;    /* names it for Python */
    xo_pointer_map suspended; /* xo_iframe * -> xo_suspended * (owned) */
    xo_suspended *spare;      /* owned: for the next frame that is suspended; NULL: none */
    xo_pending_list fresh;    /* tracked, image not yet written */
    xo_pending_list dirty;    /* image due before the next step */
    struct xo_field_watches *field_watches; /* owned: field_watches.c; NULL: none yet */
    uint64_t max_buffer; /* bytes of memory in C that one object may have to be recorded with contents */
    uint64_t late;       /* how many changes were seen later than at the next step */
    size_t next_look;    /* of which tracked object the length is compared next */
    uint64_t displaced;  /* how often another trace function was found in our place */
    bool left_out;       /* the image that is being written leaves its memory out */
    struct xo_watches *watches; /* owned: watches.c; NULL: none yet */
    xo_thread_state *threads; /* owned */
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
    PyObject *on_process; /* owned; NULL: nobody wants to know of other processes */
    PyObject *breakpoints;    /* owned dict: file name -> set of lines */
    PyObject *bound;          /* owned exception class that every step raises, or NULL */
    uint64_t max_steps, interval, next_interval;
    xo_clock clock;
    uint64_t released_ns; /* when other threads were let run: stops.c */
    volatile uint64_t check_at; /* step from which on_step looks closer */
    volatile int attention;
    uint64_t *watched_frames; /* owned: numbers */
    size_t watched_frame_count;
    bool watch_hit;           /* something watched has changed since the last line step */
    xo_redactor *redactor;        /* borrowed; NULL: nothing is left out */
    PyObject *redactor_capsule;   /* owned; NULL: likewise */
    PyObject *globals; /* borrowed, only compared: those that exec() runs its code with */
    bool record_state, break_on_raise, break_on_uncaught, ending;
    bool scoped;       /* an exec(): records what stands on its own frame */
    bool unseen;       /* recorded code has run in a callback, without being recorded */
};

/* All that are being made; NULL while nothing is recorded. */
extern xo_recorder *xo_recorders;
/* How many have been started and ended so far. */
extern uint64_t xo_epoch, xo_ended_count;
/* How many callbacks are running: as long, nothing of a recording that ended is freed. */
extern size_t xo_calls_out;
/* PyObject * -> xo_entity *: the first of those that stand for the object, one in each recording that follows it. */
extern xo_pointer_map xo_entities;

static inline bool
xo_has_ended(const xo_recorder *recorder)
{
    return recorder->writer == NULL;
}

enum {
    XO_KIND_MASK = 0xff,   /* of xo_entity.user: the xo_kind */
    XO_DIRTY = 0x100,      /* in the dirty list */
    XO_LINKED = 0x200,     /* attributes are in a dict of their own */
    XO_SHOWN_CLASS = 0x400, /* a class whose attributes are recorded */
    XO_FRESH = 0x800,      /* its first image is still to be written */
    XO_WATCHED = 0x1000,   /* a debugger waits for its changes */
    XO_ODD_KEYS = 0x2000,  /* a dict that may ask the program's __eq__ when it looks for a key */
    XO_HIDDEN = 0x8000,    /* its records don't tell what it holds: redaction.c */
    XO_MILESTONE = 0x4000, /* dirty, but all of its changes are recorded: the image only bounds what must be replayed */
};

/* rules.c */
typedef enum { XO_NO_RULE, XO_INCLUDED, XO_EXCLUDED } xo_verdict;
/* A new tuple from any sequence, or from NULL; NULL with an exception set. */
PyObject *xo_rules_read(PyObject *rules);
/* What the first rule that fits the file's name says. */
xo_verdict xo_rules_apply(PyObject *rules, PyObject *file);

/* values.c, texts.c */
/* The value of a scalar, or that of which an instance of its subclass is made. */
void xo_put_scalar_base(xo_recorder *recorder, PyObject *value);
/* What a redactor has nothing to say about: the value of nothing hidden, and a text that names a part of the program. */
void xo_put_shown_value(xo_recorder *recorder, PyObject *value);
void xo_put_name(xo_recorder *recorder, PyObject *text);
/* redaction.c, only with a redactor. A value inside of the record of a hidden object: writes what stands for it, else
 * answers false. */
bool xo_put_if_hidden(xo_recorder *recorder, PyObject *value);
/* A text or bytes with a secret in it: writes what may be shown, else answers false. */
bool xo_put_if_replaced(xo_recorder *recorder, PyObject *text);

static inline void
xo_put_value(xo_recorder *recorder, PyObject *value)
{
    if (recorder->redactor == NULL || !xo_put_if_hidden(recorder, value)) {
        xo_put_shown_value(recorder, value);
    }
}

static inline void
xo_put_text(xo_recorder *recorder, PyObject *text)
{
    if (recorder->redactor == NULL || !xo_put_if_replaced(recorder, text)) {
        xo_put_name(recorder, text);
    }
}

/* The text from a character on, in UTF-8; NULL with the writer's failure set. An exception of the program's may be pending. */
PyObject *xo_encoded(xo_recorder *recorder, PyObject *text, Py_ssize_t first);
void xo_put_bytes_object(xo_recorder *recorder, PyObject *bytes);
void xo_put_latin(xo_recorder *recorder, const char *text);

/* generations.c: of a recording of bounded size; everything that the steps to come need is written anew. */
void xo_generation_begin(xo_recorder *recorder);

/* growing_texts.c: of texts at least so long */
#define XO_LONG_TEXT_BYTES 512
/* Of an exact str; 0 when its characters can't be told yet, as up to 3.11 of one that a C extension has made. */
static inline size_t
xo_text_bytes(PyObject *text)
{
    return (size_t)PyUnicode_GET_LENGTH(text) * (size_t)((PyASCIIObject *)text)->state.kind;
}
bool xo_put_growing(xo_recorder *recorder, PyObject *text);
void xo_keep_growing(xo_recorder *recorder, PyObject *text, xo_position position);
void xo_put_held_text(xo_recorder *recorder, PyObject *text, xo_variable holder);
void xo_let_go_text(xo_recorder *recorder, xo_variable holder);
void xo_let_go_texts(xo_recorder *recorder, uint64_t frame);
void xo_growing_free(xo_recorder *recorder);

/* track.c */
/* The first of the object's entities; the others follow by `next`. NULL: no recording follows it. */
static inline xo_entity *
xo_find(PyObject *object)
{
    return (xo_entity *)xo_map_get(&xo_entities, object);
}
static inline xo_recorder *
xo_owner(const xo_entity *entity)
{
    return entity->owner;
}
/* The object's entity in this recording, or NULL. */
static inline xo_entity *
xo_find_in(const xo_recorder *recorder, PyObject *object)
{
    xo_entity *entity = xo_find(object);
    while (entity != NULL && entity->owner != recorder) {
        entity = entity->next;
    }
    return entity;
}
/* The object's number; it becomes tracked when it was not. */
uint64_t xo_number_of(xo_recorder *recorder, PyObject *object);
void xo_mark_dirty(PyObject *object, xo_entity *entity);
/* Whether an image is due anyway, so that the change at hand isn't recorded by itself: the image tells of it. */
static inline bool
xo_image_will_tell(xo_entity *entity)
{
    if ((entity->user & (XO_DIRTY | XO_FRESH)) == 0) {
        return false;
    }
    entity->user &= ~(uint32_t)XO_MILESTONE;
    return true;
}
/* Between steps: the images of all objects that are marked, in as many chunks as it takes. */
void xo_write_all_dirty(xo_recorder *recorder);
/* Makes the recording true for the step that follows. */
void xo_settle(xo_recorder *recorder);
/* Ends the record of one change. */
void xo_change_end(PyObject *object, xo_entity *entity, xo_position start);
/* Recorded code has run, or starts to, without being recorded. */
void xo_touch_cells(xo_recorder *recorder);
void xo_touch_globals(PyObject *globals);
/* The object is being freed. */
void xo_forget(PyObject *object);
/* The recording ends: its entities go. */
void xo_forget_all(xo_recorder *recorder);

/* operations.c */
extern size_t xo_open_count;
/* Answers what xo_operation_end takes; that answers the operation's recorded_length. */
size_t xo_operation_begin(PyObject *object, Py_ssize_t recorded_length);
Py_ssize_t xo_operation_end(size_t operation);
/* It may ask the program's __eq__ before it changes a dict: until then there is nothing to write. */
void xo_operation_compares(size_t operation);
/* The list is changed in another way than by growing, or written whole. */
void xo_operations_disturb(const PyObject *object);
/* What all of them have done so far. */
void xo_operations_write(void);
void xo_operations_abandon(void);

/* images.c, attributes.c */
xo_kind xo_kind_of(const xo_recorder *recorder, PyObject *object);
/* Without news, when every change since the last one is recorded. */
void xo_write_image(xo_recorder *recorder, PyObject *object, xo_entity *entity, bool has_news);
void xo_put_attributes(xo_recorder *recorder, PyObject *object, xo_entity *entity);
/* Whether the object's images tell of this member: of one that is stored in the object itself. */
bool xo_member_is_shown(PyObject *object, PyObject *descriptor);
bool xo_made_by_class_statement(const PyTypeObject *type);

/* lifetimes.c */
int xo_lifetimes_init(void);
void xo_watch_lifetime(PyTypeObject *type);
void xo_lifetimes_restore(void);
extern destructor xo_subtype_dealloc;

/* hooks_exceptions.c: of a group of exceptions, and the groups in it, C code may have changed the chains. */
void xo_touch_group(PyObject *exception);

/* greenlets.c */
extern const void *(*xo_current_greenlet)(void); /* NULL: no greenlets in this process yet */
void xo_greenlets_find(void);

/* tasks.c */
void xo_put_task(xo_recorder *recorder, const xo_iframe *iframe, const xo_code *code);
void xo_note_awaited(xo_recorder *recorder, const xo_code *code, PyObject *awaited);

/* strands.c */
extern xo_strand *xo_newest_strand; /* the last that was asked for */
/* NULL in a thread that nobody is to hear of, or when memory has run out. */
xo_strand *xo_find_strand(PyThreadState *python);
static inline xo_strand *
xo_this_strand(void)
{
    PyThreadState *python = PyThreadState_Get();
    xo_strand *strand = xo_newest_strand;
    bool same = strand != NULL && strand->python == python && strand->id == python->id && xo_current_greenlet == NULL;
    return same ? strand : xo_find_strand(python);
}
/* This strand as the recording knows it; NULL when memory has run out, with the writer's failure set. */
xo_thread_state *xo_enter_strand(xo_recorder *recorder, xo_strand *strand);
xo_thread_state *xo_this_thread(xo_recorder *recorder);
/* There is a new recording. */
void xo_strands_change(void);
void xo_name_thread(xo_recorder *recorder, xo_thread_state *thread);
void xo_note_caller(xo_recorder *recorder, const xo_thread_state *thread, const xo_iframe *iframe);
/* Whether its thread has not ended. */
bool xo_is_alive(const xo_strand *strand);
bool xo_is_in_thread(const xo_recorder *recorder, const PyThreadState *python);
/* The recording ends. */
void xo_leave_strands(xo_recorder *recorder);
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
bool xo_push_running(xo_recorder *recorder, xo_thread_state *thread, xo_iframe *iframe, xo_code *code);
void xo_suspended_release(xo_recorder *recorder, xo_suspended *suspended);
void xo_pop(xo_recorder *recorder, xo_thread_state *thread);
void xo_put_frame(xo_recorder *recorder, xo_shadow *shadow);
void xo_put_entered(xo_recorder *recorder, const xo_shadow *shadow, const xo_frame *frame);
/* flush.c */
void xo_flush_line(xo_recorder *recorder, xo_thread_state *thread, bool midway);
/* switches.c: what follows happens in this thread. */
void xo_switch_to(xo_recorder *recorder, const xo_thread_state *thread);

/* stops.c */
typedef enum { XO_ELSEWHERE, XO_AT_YIELD, XO_AT_LINE, XO_AT_BREAKPOINT } xo_place;
int xo_raise_bound(const xo_recorder *recorder);
int xo_check_step(xo_recorder *recorder, xo_thread_state *thread, xo_place place);
/* From xo_suspend to xo_unsuspend, what runs in this strand is not recorded. */
void xo_suspend(xo_thread_state *thread);
void xo_unsuspend(xo_thread_state *thread);
int xo_call_on_event(xo_recorder *recorder, xo_thread_state *thread, const char *kind, uint64_t step);
void xo_watch_steps(xo_recorder *recorder);
int xo_attention_watch(int fd);
void xo_attention_request(void);
/* Whose on_event is called when attention is requested; NULL: nobody's. */
void xo_attention_follow(xo_recorder *recorder);

/* clock.c */
void xo_clock_look_at(xo_recorder *recorder);
void xo_clock_end(xo_recorder *recorder);

/* watchpoints.c */
void xo_watchpoint_notice(xo_recorder *recorder);
bool xo_watchpoint_on_frame(const xo_recorder *recorder, uint64_t number);
void xo_watchpoints_set(xo_recorder *recorder, const uint64_t *objects, size_t object_count, uint64_t *frames,
                    size_t frame_count);

/* running.c: a failure ends the recording at its next step. */
void xo_adopt_running(xo_recorder *recorder);

/* recorder.c */
/* NULL with an exception set. */
xo_recorder *xo_recorder_start(PyObject *path, PyObject *notes, PyObject *options);
int xo_recorder_stop(xo_recorder *recorder, PyObject *notes);
void xo_recorders_abandon(void);
/* Why the recording ended by itself: a str, or None. */
PyObject *xo_recorder_failure(uint64_t token);
void xo_recorder_fail(xo_recorder *recorder);
/* That with this token; 0: the newest of the whole process, else the newest. NULL: there is none. */
xo_recorder *xo_recorder_find(uint64_t token);

/* unseen.c: threads of the package's own. */
bool xo_is_unseen(void);
/* Whether a thread that is to run this will be one. */
bool xo_runs_unseen(PyObject *function);

/* forks.c: from now on, a forked child writes nowhere. -1 with an exception set */
int xo_forks_watch(void);

/* options.c: -1 with an exception set */
int xo_options_read(xo_recorder *recorder, PyObject *options);
/* 0 when it is not given. */
uint64_t xo_options_number(PyObject *options, const char *name);
/* The soft size of a chunk; 0: the usual one. */
uint64_t xo_options_chunk_bytes(void);

/* survivors.c */
/* The living object with this number, or None. */
PyObject *xo_recorder_living(const xo_recorder *recorder, uint64_t number);
/* Remembers the classes, functions and modules that state() may give back as themselves. */
void xo_keep_survivors(const xo_recorder *recorder);
/* Those of a recording that has ended: number -> weak reference. Answers it once. */
PyObject *xo_take_survivors(uint64_t token);

#endif
