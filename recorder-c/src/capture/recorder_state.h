/* What a recording knows while it goes on: its threads, its objects, what is still to be written. capture.h says what is done
 * with it. */
#ifndef EXECORDER_RECORDER_STATE_H
#define EXECORDER_RECORDER_STATE_H

#include "codes.h"
#include "compat.h"
#include "pointer_map.h"

#include "execorder/redactor.h"
#include "execorder/writer.h"

/* ---- threads ---- */

/* What a frame holds names in. */
typedef struct {
    uint64_t number;     /* of the object; 0: none */
    xo_entity *compared; /* borrowed while the frame runs; NULL: C code can't change it unheard, or that can't be told */
} xo_namespace;

typedef struct {
    xo_iframe *iframe; /* borrowed while it runs */
    xo_code *code;
    xo_namespace globals, locals;
    int32_t line_offset; /* where its newest line step was */
    bool on_line;        /* has had a line step since it was entered */
} xo_shadow;

/* The line of the frame's newest step. */
static inline const xo_line *
xo_line_of(const xo_shadow *shadow, const xo_frame *frame)
{
    return &shadow->code->lines[frame->line - shadow->code->min_line];
}

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
    uint64_t length; /* of a text in characters, of bytes in bytes; 0: free */
    xo_position position;
} xo_text_entry;
#define XO_TEXT_ENTRIES (1u << 15)

/* A variable of a frame, the content of a cell, or what a name leads to in a dict. */
typedef struct {
    uint64_t owner; /* the frame's number, or the object's with XO_OF_OBJECT; 0: none */
    uint64_t slot;  /* of the frame; the hash of the name in a dict */
} xo_variable;
#define XO_OF_OBJECT (UINT64_C(1) << 63)

/* A name that was recorded as the last one of a dict: it was taken out and put in again. */
typedef struct {
    uint64_t dict; /* its number; 0: none */
    const PyObject *name; /* borrowed: only to be compared */
    Py_ssize_t size; /* of the dict, then */
} xo_last_name;

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

/* An object that C code was found to have changed: right_at <= step < found_at shows it as it was once. */
typedef struct {
    uint64_t object, right_at, found_at;
} xo_late;

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
    Py_ssize_t compiled; /* how many packages with compiled code the recording names */
    uint64_t late;       /* how many changes were seen later than at the next step */
    uint64_t late_told;  /* how many of them the note `seen_late` counts */
    xo_late newest_late; /* late == 0: none yet */
    size_t next_look;    /* which tracked object is compared next with what is recorded of it */
    Py_ssize_t next_name; /* … and which name of a module or class body */
    uint64_t look_debt;  /* … and how many looks are left out, since the newest one took long */
    uint64_t displaced;  /* how often another trace function was found in our place */
    bool settling;       /* what is written is so for the step that follows at once */
    bool left_out;       /* the image that is being written leaves its memory out */
    struct xo_watches *watches; /* owned: watches.c; NULL: none yet */
    xo_thread_state *threads; /* owned */
    xo_text_entry *texts;     /* owned */
    xo_growing_text growing[XO_GROWING_TEXTS];
    uint64_t growing_clock;
    uint64_t unchanged_owner; /* xo_variable.owner whose image without news is being written; 0: none */
    xo_last_name last_name;
    PyObject *builtins;       /* borrowed: the dict of builtins, kept opaque */
    PyObject *noted_globals;  /* borrowed, only compared: of the newest frame; NULL when that dict has died */
    xo_namespace noted_names;
    uint64_t names_compared;  /* how many, so that there won't be too many: recorded_names.c */
    PyObject *library;        /* owned tuple of path prefixes */
    PyObject *rules;          /* owned tuple of (pattern, whether files that fit are recorded) */
    PyObject *files;          /* owned dict: file name -> number */
    PyObject *sources;        /* owned dict: file name -> source given to record_code, or None */
    PyObject *user_modules;   /* owned set of names whose classes show their attributes */
    PyObject *on_event;       /* owned or NULL */
    PyObject *on_process; /* owned; NULL: nobody wants to know of other processes */
    PyObject *breakpoints;    /* owned dict: file name -> set of lines */
    PyObject *real_names;     /* owned dict: name of a file that runs -> its name without links */
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
    XO_NAMESPACE = 0x20000, /* before 3.12, a dict that frames hold names in: recorded_names.c */
    XO_HOLDS_TEXT = 0x10000, /* a cell or dict in which a growing text is known to stand */
    XO_HIDDEN = 0x8000,    /* its records don't tell what it holds: redaction.c */
    XO_MILESTONE = 0x4000, /* dirty, but all of its changes are recorded: the image only bounds what must be replayed */
};

#endif
