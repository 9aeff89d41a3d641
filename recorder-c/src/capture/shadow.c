/* Keeps each thread's stack of recorded frames in step with the interpreter's. */
#include "redaction.h"

#include <stdlib.h>

/* How many slots to write: those after the last bound one are unbound. */
static uint32_t
bound_slots(const xo_shadow *shadow)
{
    PyObject **slots = xo_iframe_slots(shadow->iframe);
    int count = shadow->code->slot_count;
    while (count > 0 && slots[count - 1] == NULL) {
        count--;
    }
    return (uint32_t)count;
}

static void
put_slots(xo_recorder *recorder, const xo_shadow *shadow, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        xo_put_variable(recorder, shadow->code, i, xo_iframe_slots(shadow->iframe)[i]);
    }
    xo_frame_end(recorder->writer);
}

/* All variables of the frame on top. */
void
xo_put_frame(xo_recorder *recorder, xo_shadow *shadow)
{
    const xo_thread *thread = recorder->writer->thread;
    xo_let_go_texts(recorder, thread->frames[thread->depth - 1].number);
    uint32_t count = recorder->record_state ? bound_slots(shadow) : 0;
    xo_frame_begin(recorder->writer, shadow->globals.number, shadow->locals.number, count);
    put_slots(recorder, shadow, count);
}

/* Enters a frame once more that was taken off the stack, with its number and line. */
void
xo_put_entered(xo_recorder *recorder, const xo_shadow *shadow, const xo_frame *frame)
{
    xo_let_go_texts(recorder, frame->number);
    uint32_t count = recorder->record_state ? bound_slots(shadow) : 0;
    xo_enter_begin(recorder->writer, frame->number, frame->code, frame->line, shadow->globals.number, shadow->locals.number, count);
    put_slots(recorder, shadow, count);
}

static xo_shadow *
reserve(xo_recorder *recorder, xo_thread_state *thread)
{
    uint32_t depth = thread->written->depth;
    if (XO_UNLIKELY(depth == thread->capacity)) {
        uint32_t capacity = thread->capacity == 0 ? 64 : 2 * thread->capacity;
        xo_shadow *frames = realloc(thread->frames, capacity * sizeof *frames);
        if (frames == NULL) {
            recorder->writer->failure = XO_NO_MEMORY;
            return NULL;
        }
        thread->frames = frames;
        thread->capacity = capacity;
    }
    return &thread->frames[depth];
}

/* `line`: where a frame that was not suspended begins. */
static void
enter(xo_recorder *recorder, xo_shadow *shadow, const xo_suspended *known, int32_t line)
{
    xo_writer *writer = recorder->writer;
    if (known != NULL && known->variables_chunk == writer->chunk) {
        xo_reenter(writer, known->number, known->code, known->line, known->variables_position);
        return;
    }
    uint32_t count = recorder->record_state ? bound_slots(shadow) : 0;
    const xo_code_use *use = xo_code_find_use(recorder, shadow->code);
    xo_enter_begin(writer, known == NULL ? 0 : known->number, use->number,
                   known == NULL ? line : known->line, shadow->globals.number, shadow->locals.number, count);
    put_slots(recorder, shadow, count);
}

/* Classes that are defined in a module with recorded code show their attributes. */
XO_APART static void
note_module(xo_recorder *recorder, PyObject *globals)
{
    recorder->noted_globals = globals;
    recorder->noted_names = xo_namespace_of(recorder, globals);
    PyObject *name = PyDict_GetItemString(globals, "__name__");
    if (name == NULL) {
        name = PyDict_GetItemString(recorder->builtins, "__name__"); /* where a class statement looks next */
    }
    if (name != NULL && PyUnicode_CheckExact(name) && PySet_Add(recorder->user_modules, name) < 0) {
        PyErr_Clear();
    }
}

/* Keeps one for the next generator that yields: most resume and yield in turn. Accepts NULL. */
void
xo_suspended_release(xo_recorder *recorder, xo_suspended *suspended)
{
    if (suspended != NULL && recorder->spare == NULL) {
        recorder->spare = suspended;
    } else {
        free(suspended);
    }
}

/* The line that the frame is at; its first one when its code tells none. */
static int32_t
current_line(const xo_iframe *iframe, const xo_code *code)
{
    return xo_code_line(code, PyCode_Addr2Line(code->code, xo_iframe_offset(iframe)));
}

/* What is known of a generator that runs on. One that was freed while suspended has left its mark where another may lie
 * now, which an exception thrown into it lets run without a start. NULL when nothing is known. */
static xo_suspended *
take_suspended(xo_recorder *recorder, xo_iframe *iframe, const xo_code *code)
{
    xo_suspended *known = xo_map_remove(&recorder->suspended, iframe);
    if (known == NULL
        || (xo_iframe_has_started(iframe) && known->code == xo_code_find_use(recorder, code)->number)) {
        return known;
    }
    xo_suspended_release(recorder, known);
    return NULL;
}

static xo_shadow *
push(xo_recorder *recorder, xo_thread_state *thread, xo_iframe *iframe, xo_code *code, int32_t line)
{
    xo_shadow *shadow = reserve(recorder, thread);
    if (shadow == NULL) {
        return NULL;
    }
    xo_suspended *known = code->suspends ? take_suspended(recorder, iframe, code) : NULL;
    *shadow = (xo_shadow){.iframe = iframe, .code = code, .on_line = known != NULL};
    if (recorder->record_state) {
        if (XO_UNLIKELY(iframe->f_globals != recorder->noted_globals)) {
            note_module(recorder, iframe->f_globals);
        }
        shadow->globals = recorder->noted_names;
        if (XO_UNLIKELY(code->in_dict) && iframe->f_locals != NULL) {
            shadow->locals = xo_namespace_of(recorder, iframe->f_locals);
        }
    }
    enter(recorder, shadow, known, line);
    xo_suspended_release(recorder, known);
    return shadow;
}

/* Puts a frame on top: a new one, or one that was suspended. NULL with the writer's failure set. */
xo_shadow *
xo_push(xo_recorder *recorder, xo_thread_state *thread, xo_iframe *iframe, xo_code *code)
{
    return push(recorder, thread, iframe, code, code->code->co_firstlineno);
}

/* Puts a frame on top that was running when recording began. False with the writer's failure set. */
bool
xo_push_running(xo_recorder *recorder, xo_thread_state *thread, xo_iframe *iframe, xo_code *code)
{
    xo_switch_to(recorder, thread);
    xo_shadow *shadow = push(recorder, thread, iframe, code, current_line(iframe, code));
    if (shadow != NULL) {
        shadow->line_offset = xo_iframe_offset(iframe);
        shadow->on_line = true; /* what the rest of its line binds is written at its next event */
    }
    return shadow != NULL;
}

void
xo_pop(xo_recorder *recorder, xo_thread_state *thread)
{
    if (thread->written->depth > 0) {
        xo_switch_to(recorder, thread); /* on_event may have let other threads run */
        xo_leave(recorder->writer);
    }
}

/* Makes `iframe` the top of the shadow stack: frames above it were left without telling us, and a frame that was
 * already running when recording began is put there now. False with the writer's failure set. */
bool
xo_align(xo_recorder *recorder, xo_thread_state *thread, xo_iframe *iframe, xo_code *code)
{
    xo_switch_to(recorder, thread);
    for (uint32_t depth = thread->written->depth; depth > 0; depth--) {
        if (thread->frames[depth - 1].iframe == iframe && thread->frames[depth - 1].code == code) {
            while (thread->written->depth > depth) {
                xo_pop(recorder, thread);
            }
            return true;
        }
    }
    return xo_push(recorder, thread, iframe, code) != NULL;
}
