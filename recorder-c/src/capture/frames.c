/* What happens in frames of recorded code, written as steps. */
#include "changes.h"

#include <stdlib.h>

/* Ends a step; looks closer when somebody waits for it. */
static inline int
finish(xo_recorder *recorder, xo_thread_state *thread, xo_place place)
{
    const xo_writer *writer = recorder->writer;
    if (XO_UNLIKELY(writer->steps >= recorder->check_at || place == XO_AT_BREAKPOINT || writer->failure != XO_OK
                    || writer->generation_due)) {
        return xo_check_step(recorder, thread, place);
    }
    return 0;
}

/* At the steps after which finish() looks closer. */
static inline void
look_if_due(xo_recorder *recorder, const xo_thread_state *thread)
{
    if (XO_UNLIKELY(recorder->writer->steps + 1 >= recorder->check_at)) {
        xo_late_changes_look(recorder, thread);
    }
}

static inline void
look_at_names(const xo_thread_state *thread)
{
    const xo_shadow *top = xo_top(thread);
    if (top != NULL) {
        xo_look_at_frame(thread, top, NULL);
    }
}

/* A call is over that the frame on top has made: what its line is about to bind hides what C code has bound meanwhile. */
static inline void
look_at_caller(const xo_thread_state *thread)
{
    const xo_shadow *top = xo_top(thread);
    if (XO_HAS_DICT_WATCHERS || top == NULL || !top->on_line) {
        return;
    }
    const xo_line *line = xo_line_of(top, &thread->written->frames[thread->written->depth - 1]);
    if (XO_UNLIKELY(line->flags & XO_LINE_BINDS_NAMES)) {
        xo_look_at_frame(thread, top, line);
    }
}

static inline int
step(xo_recorder *recorder, xo_thread_state *thread, xo_op op)
{
    if (XO_UNLIKELY(recorder->bound != NULL)) {
        return xo_raise_bound(recorder);
    }
    look_at_names(thread);
    xo_settle(recorder);
    xo_step(recorder->writer, op);
    return finish(recorder, thread, op == XO_OP_YIELD ? XO_AT_YIELD : XO_ELSEWHERE);
}

/* Makes the frame the one that the next records are about. False with the writer's failure set. */
static inline bool
align(xo_recorder *recorder, xo_thread_state *thread, xo_iframe *iframe, xo_code *code)
{
    const xo_shadow *top = xo_top(thread);
    if (XO_UNLIKELY(recorder->writer->thread != thread->written || top == NULL || top->iframe != iframe)) {
        return xo_align(recorder, thread, iframe, code);
    }
    return true;
}

/* A call happens in the middle of the caller's line. */
static void
leave_caller(xo_recorder *recorder, xo_thread_state *thread)
{
    xo_switch_to(recorder, thread);
    xo_flush_line(recorder, thread, true);
}

static void
refresh_cell(const xo_shadow *shadow, int slot)
{
    PyObject *cell = slot < 0 ? NULL : xo_iframe_slots(shadow->iframe)[slot];
    if (cell != NULL) {
        xo_touch(cell);
    }
}

/* The cell of __class__ is filled by C code when the class statement ends, that of __classdict__ gets the class's own dict. */
static void
refresh_class_cells(const xo_recorder *recorder, const xo_shadow *shadow)
{
    if (recorder->record_state) {
        refresh_cell(shadow, shadow->code->class_cell);
        refresh_cell(shadow, shadow->code->class_dict_cell);
    }
}

int
xo_on_start(xo_recorder *recorder, xo_thread_state *thread, xo_iframe *iframe, xo_code *code)
{
    leave_caller(recorder, thread);
    if (XO_UNLIKELY(!thread->is_named)) {
        xo_name_thread(recorder, thread);
        xo_note_caller(recorder, thread, iframe);
    }
    if (XO_UNLIKELY(xo_unpickling_count != 0)) {
        xo_unpickling_look();
    }
    if (code->suspends) { /* another may have been freed while it was suspended there */
        xo_suspended_release(recorder, xo_map_remove(&recorder->suspended, iframe));
    }
    xo_shadow *shadow = xo_push(recorder, thread, iframe, code);
    if (shadow == NULL) {
        return finish(recorder, thread, XO_ELSEWHERE);
    }
    refresh_class_cells(recorder, shadow);
    xo_put_task(recorder, iframe, code);
    return step(recorder, thread, XO_OP_CALL);
}

int
xo_on_resume(xo_recorder *recorder, xo_thread_state *thread, xo_iframe *iframe, xo_code *code)
{
    leave_caller(recorder, thread);
    if (xo_push(recorder, thread, iframe, code) == NULL) {
        return finish(recorder, thread, XO_ELSEWHERE);
    }
    return step(recorder, thread, XO_OP_RESUME);
}

int
xo_on_line(xo_recorder *recorder, xo_thread_state *thread, xo_iframe *iframe, xo_code *code, int32_t told)
{
    xo_writer *writer = recorder->writer;
    int32_t line = xo_code_line(code, told);
    if (!align(recorder, thread, iframe, code)) {
        return finish(recorder, thread, XO_ELSEWHERE);
    }
    if (XO_UNLIKELY(recorder->bound != NULL)) {
        return xo_raise_bound(recorder);
    }
    look_if_due(recorder, thread);
    xo_flush_line(recorder, thread, false);
    xo_shadow *shadow = &thread->frames[thread->written->depth - 1];
    xo_look_at_frame(thread, shadow, &code->lines[line - code->min_line]);
    xo_settle(recorder);
    shadow->on_line = true;
    shadow->line_offset = xo_iframe_offset(iframe);
    xo_step_line(writer, line);
    bool breakpoint = code->lines[line - code->min_line].flags & XO_LINE_BREAKPOINT;
    return finish(recorder, thread, breakpoint ? XO_AT_BREAKPOINT : XO_AT_LINE);
}

static void
suspend(xo_recorder *recorder, xo_thread_state *thread, xo_iframe *iframe)
{
    const xo_frame *frame = &thread->written->frames[thread->written->depth - 1];
    xo_suspended *suspended = recorder->spare != NULL ? recorder->spare : malloc(sizeof *suspended);
    recorder->spare = NULL;
    if (suspended == NULL || !xo_map_set(&recorder->suspended, iframe, suspended)) {
        free(suspended);
        recorder->writer->failure = XO_NO_MEMORY;
        return;
    }
    *suspended = (xo_suspended){frame->number, frame->code, frame->line, frame->variables_position,
                                frame->variables_chunk};
}

/* An exception that its class's __new__ has made: C code gives it its arguments next, unseen. To a group that `derive` has
 * made it gives context and cause. */
static bool
is_new_exception(const xo_code *code, PyObject *result)
{
    if (!PyExceptionInstance_Check(result)) {
        return false;
    }
    return xo_exceptions_in(result) != NULL
           || (XO_COMPARES_INITIALISERS && PyUnicode_CompareWithASCIIString(code->code->co_name, "__new__") == 0);
}

int
xo_on_leave(xo_recorder *recorder, xo_thread_state *thread, xo_iframe *iframe, xo_code *code, xo_op op,
            PyObject *result)
{
    if (!align(recorder, thread, iframe, code)) {
        return finish(recorder, thread, XO_ELSEWHERE);
    }
    if (XO_UNLIKELY(recorder->bound != NULL)) {
        xo_pop(recorder, thread);
        return 0;
    }
    look_if_due(recorder, thread);
    xo_flush_line(recorder, thread, false);
    if (recorder->record_state) {
        xo_put_op(recorder->writer, XO_OP_RESULT);
        xo_put_value(recorder, result);
        if (op == XO_OP_YIELD) {
            xo_note_awaited(recorder, code, result);
        }
    }
    int answer = step(recorder, thread, op);
    if (xo_has_ended(recorder)) {
        return answer;
    }
    if (op == XO_OP_YIELD) {
        suspend(recorder, thread, iframe);
    }
    xo_pop(recorder, thread);
    look_at_caller(thread);
    if (XO_UNLIKELY(is_new_exception(code, result))) {
        xo_touch(result);
    }
    return answer;
}

static PyObject *
context_of(PyObject *exception)
{
    return ((PyBaseExceptionObject *)exception)->context;
}

/* Where the contexts end; where they go in circles, some of them. */
static PyObject *
end_of_contexts(PyObject *exception)
{
    PyObject *behind = exception;
    for (bool moves = false; context_of(exception) != NULL; moves = !moves) {
        exception = context_of(exception);
        behind = moves ? context_of(behind) : behind;
        if (exception == behind) {
            break;
        }
    }
    return exception;
}

/* Raising sets the context, also of one that is known since long; and where that would close a circle, it cuts the last
 * link. An `except*` has made what is left of a group. */
static void
touch_chained(PyObject *exception)
{
    xo_touch_group(exception);
    if (PyExceptionInstance_Check(exception) && context_of(exception) != NULL) {
        xo_touch(exception);
        xo_touch(end_of_contexts(exception));
    }
}

int
xo_on_exception(xo_recorder *recorder, xo_thread_state *thread, xo_iframe *iframe, xo_code *code, PyObject *exception)
{
    if (!align(recorder, thread, iframe, code)) {
        return finish(recorder, thread, XO_ELSEWHERE);
    }
    if (recorder->bound != NULL) {
        return 0;
    }
    xo_flush_line(recorder, thread, true);
    if (recorder->record_state) {
        touch_chained(exception);
        xo_put_op(recorder->writer, XO_OP_RAISED);
        xo_put_value(recorder, exception);
    }
    if (step(recorder, thread, XO_OP_EXCEPTION) < 0) {
        return -1;
    }
    bool tell = !xo_has_ended(recorder) && recorder->break_on_raise && recorder->on_event != NULL;
    return tell ? xo_call_on_event(recorder, thread, "raise", recorder->writer->steps - 1) : 0;
}

int
xo_on_unwind(xo_recorder *recorder, xo_thread_state *thread, xo_iframe *iframe, xo_code *code)
{
    if (!align(recorder, thread, iframe, code)) {
        return 0;
    }
    if (recorder->bound == NULL) {
        xo_flush_shared(recorder, thread);
    }
    xo_pop(recorder, thread);
    look_at_caller(thread);
    bool tell = recorder->break_on_uncaught && thread->written->depth == 0 && !xo_has_ended(recorder);
    return tell ? xo_call_on_event(recorder, thread, "unwound", recorder->writer->steps - 1) : 0;
}
