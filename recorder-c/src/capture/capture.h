/* What the parts of the capture extension share: the recordings that are under way and what each part offers the others.
 *
 * Everything here runs under the GIL, holds no references to the program's objects and runs none of its code. */
#ifndef EXECORDER_CAPTURE_H
#define EXECORDER_CAPTURE_H

#include "recorder_state.h"

#include "execorder/hints.h"

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
XO_RARE bool xo_put_if_hidden(xo_recorder *recorder, PyObject *value);
/* A text or bytes with a secret in it: writes what may be shown, else answers false. */
XO_RARE bool xo_put_if_replaced(xo_recorder *recorder, PyObject *text);

static inline void
xo_put_value(xo_recorder *recorder, PyObject *value)
{
    if (!XO_UNLIKELY(recorder->redactor != NULL) || !xo_put_if_hidden(recorder, value)) {
        xo_put_shown_value(recorder, value);
    }
}

static inline void
xo_put_text(xo_recorder *recorder, PyObject *text)
{
    if (!XO_UNLIKELY(recorder->redactor != NULL) || !xo_put_if_replaced(recorder, text)) {
        xo_put_name(recorder, text);
    }
}

/* Texts and bytes of no more stand where they are used. */
#define XO_INLINE_BYTES 6
/* The text from a character on, in UTF-8; NULL with the writer's failure set. An exception of the program's may be pending. */
PyObject *xo_encoded(xo_recorder *recorder, PyObject *text, Py_ssize_t first);
void xo_put_bytes_object(xo_recorder *recorder, PyObject *bytes);
void xo_put_latin(xo_recorder *recorder, const char *text);

/* generations.c: of a recording of bounded size; everything that the steps to come need is written anew. */
XO_APART void xo_generation_begin(xo_recorder *recorder);

/* growing_texts.c: of texts at least so long */
#define XO_LONG_TEXT_BYTES 512
/* Of an exact str; 0 when its characters can't be told yet, as up to 3.11 of one that a C extension has made. */
static inline size_t
xo_text_bytes(PyObject *text)
{
    return (size_t)PyUnicode_GET_LENGTH(text) * (size_t)((PyASCIIObject *)text)->state.kind;
}
XO_APART bool xo_put_growing(xo_recorder *recorder, PyObject *text);
XO_APART void xo_keep_growing(xo_recorder *recorder, PyObject *text, xo_position position);
XO_APART void xo_put_held_text(xo_recorder *recorder, PyObject *text, xo_variable holder);
XO_APART void xo_let_go_text(xo_recorder *recorder, xo_variable holder);
/* A value that was stored, of what may be a growing text: writes it, or answers false. `once`: nothing else can have stood
 * there meanwhile. */
static inline bool
xo_put_if_held(xo_recorder *recorder, PyObject *value, xo_variable variable, bool once)
{
    if (XO_UNLIKELY(once && recorder->redactor == NULL && value != NULL && PyUnicode_CheckExact(value)
                    && xo_text_bytes(value) >= XO_LONG_TEXT_BYTES)) {
        xo_put_held_text(recorder, value, variable);
        return true;
    }
    if (XO_UNLIKELY(recorder->growing_clock != 0)) {
        xo_let_go_text(recorder, variable);
    }
    return false;
}
/* The same in a cell, whose slot is 0, or in a dict. */
static inline bool
xo_put_if_held_in(xo_entity *entity, PyObject *value, uint64_t slot, bool once)
{
    xo_variable variable = {entity->number | XO_OF_OBJECT, slot};
    bool held = xo_put_if_held(entity->owner, value, variable, once);
    entity->user |= held ? XO_HOLDS_TEXT : 0;
    return held;
}
void xo_let_go_texts(xo_recorder *recorder, uint64_t owner);
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
/* That of this recording: one from `entity` on, or NULL. */
static inline xo_entity *
xo_entity_in(const xo_recorder *recorder, xo_entity *entity)
{
    while (entity != NULL && entity->owner != recorder) {
        entity = entity->next;
    }
    return entity;
}
/* The object's entity in this recording, or NULL. */
static inline xo_entity *
xo_find_in(const xo_recorder *recorder, PyObject *object)
{
    return xo_entity_in(recorder, xo_find(object));
}
/* The object's number; it becomes tracked when it was not. */
uint64_t xo_number_of(xo_recorder *recorder, PyObject *object);
/* The same for a dict that frames hold names in. */
xo_namespace xo_namespace_of(xo_recorder *recorder, PyObject *dict);
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
extern xo_open_operation *xo_open_operations; /* of which as many are there: */
extern size_t xo_open_count, xo_open_capacity;
XO_APART size_t xo_operation_begin_in_new_room(PyObject *object, Py_ssize_t recorded_length);
XO_APART Py_ssize_t xo_operation_end_among_others(size_t operation);
/* Answers what xo_operation_end takes; that answers the operation's recorded_length. */
static inline size_t
xo_operation_begin(PyObject *object, Py_ssize_t recorded_length)
{
    if (XO_UNLIKELY(xo_open_count == xo_open_capacity)) {
        return xo_operation_begin_in_new_room(object, recorded_length);
    }
    xo_open_operations[xo_open_count] = (xo_open_operation){object, recorded_length, 0};
    return xo_open_count++;
}
static inline Py_ssize_t
xo_operation_end(size_t operation)
{
    bool is_newest = xo_open_count > 0 && operation == xo_open_count - 1;
    if (XO_UNLIKELY(!is_newest || (operation > 0 && xo_open_operations[operation - 1].object == NULL))) {
        return xo_operation_end_among_others(operation);
    }
    xo_open_count = operation;
    return xo_open_operations[operation].recorded_length;
}
/* It may ask the program's __eq__ before it changes a dict: until then there is nothing to write. */
void xo_operation_compares(size_t operation);
/* The list is changed in another way than by growing, or written whole. */
void xo_operations_disturb(const PyObject *object);
/* What all of them have done so far. */
XO_APART void xo_operations_write(void);
void xo_operations_abandon(void);

/* track.c: makes the recording true for the step that follows. */
XO_APART void xo_settle_what_waits(xo_recorder *recorder);
static inline void
xo_settle(xo_recorder *recorder)
{
    if (XO_UNLIKELY(xo_open_count != 0 || recorder->watches != NULL || recorder->field_watches != NULL
                    || recorder->dirty.count != 0 || recorder->fresh.count != 0)) {
        xo_settle_what_waits(recorder);
    }
    recorder->settling = false;
}

/* images.c, attributes.c */
xo_kind xo_kind_of(const xo_recorder *recorder, PyObject *object);
/* Without news, when every change since the last one is recorded. */
void xo_write_image(xo_recorder *recorder, PyObject *object, xo_entity *entity, bool has_news);
void xo_put_attributes(xo_recorder *recorder, PyObject *object, xo_entity *entity);
/* Whether the object's images tell of this member: of one that is stored in the object itself. */
bool xo_member_is_shown(PyObject *object, PyObject *descriptor);
/* Whether a class derived from its own declares another of the same name: images tell of it by another name. */
bool xo_member_is_hidden(PyObject *object, PyObject *descriptor);
/* The member of the type's own with this name, or NULL. */
const struct PyMemberDef *xo_find_member(const PyTypeObject *type, const char *name);

/* lifetimes.c */
int xo_lifetimes_init(void);
void xo_watch_lifetime(PyTypeObject *type);
void xo_lifetimes_restore(void);
extern destructor xo_subtype_dealloc;
static inline bool
xo_made_by_class_statement(const PyTypeObject *type)
{
    return (type->tp_flags & Py_TPFLAGS_HEAPTYPE) && type->tp_dealloc == xo_subtype_dealloc;
}
/* The nearest base, or the type itself, that is not a class written in Python. */
static inline PyTypeObject *
xo_native_base(PyTypeObject *type)
{
    while (xo_made_by_class_statement(type)) {
        type = type->tp_base;
    }
    return type;
}
/* Whether it is a class whose objects hold slots and attributes and no more: most of a program's are. */
static inline bool
xo_is_ordinary(PyTypeObject *type)
{
    return type != &PyBaseObject_Type && xo_native_base(type) == &PyBaseObject_Type;
}

/* hooks_exceptions.c: of a group of exceptions, and the groups in it, C code may have changed the chains. */
void xo_touch_group(PyObject *exception);

/* greenlets.c */
extern const void *(*xo_current_greenlet)(void); /* NULL: no greenlets in this process yet */
XO_RARE void xo_greenlets_find(void);

/* tasks.c */
void xo_put_task(xo_recorder *recorder, const xo_iframe *iframe, const xo_code *code);
void xo_note_awaited(xo_recorder *recorder, const xo_code *code, PyObject *awaited);

/* strands.c */
extern xo_strand *xo_newest_strand; /* the last that was asked for */
/* NULL in a thread that nobody is to hear of, or when memory has run out. */
XO_APART xo_strand *xo_find_strand(PyThreadState *python);
static inline xo_strand *
xo_this_strand(void)
{
    PyThreadState *python = PyThreadState_Get();
    xo_strand *strand = xo_newest_strand;
    bool same = strand != NULL && strand->python == python && strand->id == python->id && xo_current_greenlet == NULL;
    return XO_UNLIKELY(!same) ? xo_find_strand(python) : strand;
}
/* This strand as the recording knows it; NULL when memory has run out, with the writer's failure set. */
xo_thread_state *xo_enter_strand(xo_recorder *recorder, xo_strand *strand);
xo_thread_state *xo_this_thread(xo_recorder *recorder);
/* There is a new recording. */
void xo_strands_change(void);
XO_RARE void xo_name_thread(xo_recorder *recorder, xo_thread_state *thread);
XO_RARE void xo_note_caller(xo_recorder *recorder, const xo_thread_state *thread, const xo_iframe *iframe);
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
XO_APART bool xo_align(xo_recorder *recorder, xo_thread_state *thread, xo_iframe *iframe, xo_code *code);
xo_shadow *xo_push(xo_recorder *recorder, xo_thread_state *thread, xo_iframe *iframe, xo_code *code);
bool xo_push_running(xo_recorder *recorder, xo_thread_state *thread, xo_iframe *iframe, xo_code *code);
void xo_suspended_release(xo_recorder *recorder, xo_suspended *suspended);
void xo_pop(xo_recorder *recorder, xo_thread_state *thread);
XO_APART void xo_put_frame(xo_recorder *recorder, xo_shadow *shadow);
void xo_put_entered(xo_recorder *recorder, const xo_shadow *shadow, const xo_frame *frame);
/* stored_names.c: a name that lives in a dict was stored, on interpreters where nothing else tells of it. */
void xo_flush_name(const xo_shadow *shadow, const xo_store *store, bool once);
void xo_flush_deletion(const xo_shadow *shadow, const xo_store *store);
/* Before any of its bindings in a chunk, all variables of the top frame stand there. */
static inline void
xo_put_frame_once(xo_recorder *recorder, xo_shadow *shadow, const xo_frame *frame)
{
    if (XO_UNLIKELY(frame->variables_chunk != recorder->writer->chunk)) {
        xo_put_frame(recorder, shadow);
    }
}
/* flush.c */
void xo_flush_stores(xo_recorder *recorder, xo_shadow *shadow, xo_frame *frame, const xo_line *line, bool midway);
/* What the line of the current thread's top frame has bound. `midway`: it has not ended, so only what stands before the
 * instruction that runs is written. */
static inline void
xo_flush_line(xo_recorder *recorder, xo_thread_state *thread, bool midway)
{
    uint32_t depth = thread->written->depth;
    if (XO_UNLIKELY(depth == 0 || !recorder->record_state)) {
        return;
    }
    xo_shadow *shadow = &thread->frames[depth - 1];
    xo_frame *frame = &thread->written->frames[depth - 1];
    xo_put_frame_once(recorder, shadow, frame);
    if (shadow->on_line) {
        const xo_line *line = xo_line_of(shadow, frame);
        if (line->count > 0) {
            xo_flush_stores(recorder, shadow, frame, line, midway);
        }
    }
}
void xo_flush_shared(xo_recorder *recorder, xo_thread_state *thread);
/* switches.c: only then may its variables and code be looked at. That of a greenlet that waits is on no thread's stack. */
bool xo_is_running(const xo_strand *strand, const xo_shadow *shadow);
/* What follows happens in this thread. */
XO_APART void xo_switch_from_another(xo_recorder *recorder, const xo_thread_state *thread);
static inline void
xo_switch_to(xo_recorder *recorder, const xo_thread_state *thread)
{
    if (XO_UNLIKELY(recorder->writer->thread != thread->written)) {
        xo_switch_from_another(recorder, thread);
    }
}

/* stops.c */
typedef enum { XO_ELSEWHERE, XO_AT_YIELD, XO_AT_LINE, XO_AT_BREAKPOINT } xo_place;
XO_RARE int xo_raise_bound(const xo_recorder *recorder);
XO_APART int xo_check_step(xo_recorder *recorder, xo_thread_state *thread, xo_place place);
/* From xo_suspend to xo_unsuspend, what runs in this strand is not recorded. */
void xo_suspend(xo_thread_state *thread);
void xo_unsuspend(xo_thread_state *thread);
XO_RARE int xo_call_on_event(xo_recorder *recorder, xo_thread_state *thread, const char *kind, uint64_t step);
void xo_watch_steps(xo_recorder *recorder);

/* attention.c */
int xo_attention_watch(int fd);
void xo_attention_request(void);
/* Whose on_event is called when attention is requested; NULL: nobody's. */
void xo_attention_follow(xo_recorder *recorder);

/* clock.c */
void xo_clock_look_at(xo_recorder *recorder);
void xo_clock_end(xo_recorder *recorder);

/* watchpoints.c */
XO_RARE void xo_watchpoint_notice(xo_recorder *recorder);
XO_RARE bool xo_watchpoint_on_frame(const xo_recorder *recorder, uint64_t number);
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
XO_RARE void xo_recorder_fail(xo_recorder *recorder);
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
