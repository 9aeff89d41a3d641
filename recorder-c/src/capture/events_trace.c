/* The events up to CPython 3.11: a C trace function in every thread. */
#include "dispatch.h"
#include "events.h"
#include "hooks.h"
#include "other_tracers.h"
#include "unrecorded_names.h"

#if !XO_HAS_MONITORING

static int
on_call(xo_strand *strand, PyFrameObject *frame, bool is_shared)
{
    xo_iframe *iframe = xo_iframe_of(frame);
    xo_code *code = xo_code_of(xo_iframe_code(iframe));
    if (code == NULL) {
        xo_fail_all();
        return 0;
    }
    if (xo_is_plain_call(strand, iframe, code)) {
        xo_thread_state *thread = strand->inner;
        return xo_iframe_is_resumed(iframe) ? xo_on_resume(thread->recorder, thread, iframe, code)
                                            : xo_on_start(thread->recorder, thread, iframe, code);
    }
    const xo_iframe *caller = xo_iframe_caller(iframe);
    if (caller != NULL) {
        xo_look_at_library_names(caller, false);
    }
    int result = xo_dispatch_start(strand, iframe, code, xo_iframe_is_resumed(iframe));
    if (!xo_code_is_recorded(code) && !is_shared && !xo_look_at_library_names(iframe, true)) {
        frame->f_trace_lines = 0; /* no line events from here */
    }
    return result;
}

static int
on_return(xo_thread_state *thread, xo_iframe *iframe, xo_code *code, PyObject *result)
{
    if (result == NULL) {
        return xo_on_unwind(thread->recorder, thread, iframe, code);
    }
    return xo_on_leave(thread->recorder, thread, iframe, code,
                       xo_iframe_is_at_yield(iframe) ? XO_OP_YIELD : XO_OP_RETURN, result);
}

static int
on_event(xo_thread_state *thread, PyFrameObject *frame, xo_code *code, int event, PyObject *argument)
{
    xo_iframe *iframe = xo_iframe_of(frame);
    switch (event) {
    case PyTrace_LINE:
        return xo_on_line(thread->recorder, thread, iframe, code, xo_frame_line(frame));
    case PyTrace_RETURN:
        return on_return(thread, iframe, code, argument);
    case PyTrace_EXCEPTION:
        return xo_on_exception(thread->recorder, thread, iframe, code, PyTuple_GET_ITEM(argument, 1));
    default:
        return 0;
    }
}

/* A frame that was running library code when we came. */
static bool
is_of_no_interest(PyFrameObject *frame)
{
    const xo_code *code = xo_code_of(xo_iframe_code(xo_iframe_of(frame)));
    if (code == NULL) {
        xo_fail_all();
    }
    return code == NULL || (code->uses != NULL && !xo_code_is_recorded(code));
}

/* 3.11 tells of no call when a generator runs on because the one it delegates to ended by an exception thrown through. */
static int
resume_untold(xo_strand *strand, PyFrameObject *frame)
{
    xo_iframe *iframe = xo_iframe_of(frame);
    const xo_shadow *top = strand->inner == NULL ? NULL : xo_top(strand->inner);
    if (top != NULL && top->iframe == iframe) {
        return 0;
    }
    for (xo_thread_state *thread = strand->inner; thread != NULL; thread = thread->outer) {
        xo_code *code = xo_map_get(&thread->recorder->suspended, iframe) == NULL ? NULL : xo_code_of(xo_iframe_code(iframe));
        if (code != NULL) {
            return xo_dispatch_start(strand, iframe, code, true);
        }
    }
    return 0;
}

/* Where there is no memory for a frame's traceback, CPython raises another MemoryError. It drops the first one, unless the
 * frame has a frame object, as all have for a trace function: then it chains them, and aborts as soon as the few that it
 * keeps ready are used up. So the first one is dropped here, too. */
static void
drop_previous_memory_error(PyObject *argument)
{
    PyObject *exception = PyTuple_GET_ITEM(argument, 1);
    bool has_traceback = PyTuple_GET_ITEM(argument, 2) != Py_None;
    if (!XO_MAKES_FRAME_OBJECTS_LATE || has_traceback || (PyObject *)Py_TYPE(exception) != PyExc_MemoryError) {
        return;
    }
    PyObject *previous = ((PyBaseExceptionObject *)exception)->context;
    if (previous != NULL && (PyObject *)Py_TYPE(previous) == PyExc_MemoryError) {
        PyException_SetContext(exception, NULL);
    }
}

/* Whether one recording is all that hears of the strand, and this frame stands on top there: nearly always. */
static inline bool
is_on_top(const xo_strand *strand, const xo_iframe *iframe)
{
    const xo_thread_state *thread = strand->inner;
    if (thread == NULL || thread->outer != NULL || thread->suspended > 0) {
        return false;
    }
    const xo_shadow *top = xo_top(thread);
    return top != NULL && top->iframe == iframe && top->code->code == xo_iframe_code(iframe);
}

/* `is_shared`: with a trace function of the program's, which wants all lines. */
static int
hear(PyFrameObject *frame, int event, PyObject *argument, bool is_shared)
{
    xo_strand *strand = xo_recorders == NULL ? NULL : xo_this_strand();
    if (strand == NULL) {
        return 0;
    }
    if (event == PyTrace_CALL) {
        return on_call(strand, frame, is_shared);
    }
    xo_iframe *iframe = xo_iframe_of(frame);
    if (is_on_top(strand, iframe)) {
        return on_event(strand->inner, frame, xo_top(strand->inner)->code, event, argument);
    }
    if (event == PyTrace_LINE && is_of_no_interest(frame)) {
        frame->f_trace_lines = xo_look_at_library_names(iframe, false) || is_shared;
        return 0;
    }
    if (event == PyTrace_RETURN) {
        xo_look_at_library_names(iframe, false);
    }
    if (resume_untold(strand, frame) < 0) {
        return -1;
    }
    for (xo_thread_state *thread = strand->inner; thread != NULL; thread = thread->outer) {
        xo_code *code = xo_hears(thread, iframe, xo_iframe_code(iframe));
        if (code != NULL && on_event(thread, frame, code, event, argument) < 0) {
            return -1;
        }
    }
    return 0;
}

/* `owner`: the object of the program's trace function, or NULL. */
static int
trace(PyObject *owner, PyFrameObject *frame, int event, PyObject *argument)
{
    if (event == PyTrace_EXCEPTION) {
        drop_previous_memory_error(argument);
    }
    int result = hear(frame, event, argument, owner != NULL);
    return result < 0 || owner == NULL ? result : xo_tracer_call_other(trace, owner, frame, event, argument);
}

/* ---- other trace functions in our place ---- */

static bool
hears(const xo_recorder *recorder, const PyThreadState *thread)
{
    return !recorder->scoped || xo_is_in_thread(recorder, thread);
}

static bool
is_wanted(const PyThreadState *thread)
{
    const xo_recorder *recorder = xo_is_in_main_interpreter(thread) ? xo_recorders : NULL;
    while (recorder != NULL && (recorder->ending || !hears(recorder, thread))) {
        recorder = recorder->next;
    }
    return recorder != NULL;
}

/* Whether C code has put another trace function into our place, or taken ours away: nothing tells of that. */
static bool
is_displaced(const PyThreadState *thread)
{
    return thread->c_tracefunc != trace && thread->tracing == 0;
}

static void
note_displaced(const PyThreadState *thread)
{
    for (xo_recorder *recorder = xo_recorders; recorder != NULL; recorder = recorder->next) {
        if (hears(recorder, thread)) {
            xo_tracer_note_displaced(recorder, thread);
        }
    }
}

void
xo_events_check(void)
{
    PyThreadState *thread = PyThreadState_Get();
    /* A thread without frames is beginning or ending. */
    if (!is_displaced(thread) || xo_current_iframe(thread) == NULL || !is_wanted(thread)) {
        return;
    }
    PyObject *type, *value, *traceback;
    PyErr_Fetch(&type, &value, &traceback);
    note_displaced(thread);
    xo_tracer_take_place(trace);
    PyErr_Restore(type, value, traceback);
}

/* ---- threads ---- */

static void
on_thread_begin(void)
{
    if (xo_recorders != NULL && xo_is_in_main_interpreter(PyThreadState_Get())) {
        xo_tracer_take_place(trace);
    }
}

static void
on_thread_end(void)
{
    if (is_displaced(PyThreadState_Get())) {
        note_displaced(PyThreadState_Get());
    }
}

/* In all threads but this one. */
static void
in_other_threads(void (*change)(void))
{
    PyThreadState *current = PyThreadState_Get();
    PyThreadState *thread = PyInterpreterState_ThreadHead(current->interp);
    for (; thread != NULL; thread = PyThreadState_Next(thread)) {
        if (thread != current) {
            PyThreadState_Swap(thread);
            change();
            PyThreadState_Swap(current);
        }
    }
}

static void
take_place(void)
{
    xo_tracer_take_place(trace);
}

static void
leave_place(void)
{
    xo_tracer_leave_place(trace);
}

void
xo_events_check_all(void)
{
    xo_events_check();
    in_other_threads(xo_events_check);
}

/* In 3.11, code that is not traced stores items by specialised instructions, past the slots. */
int
xo_events_start(xo_recorder *recorder)
{
    if (xo_thread_starts_patch(on_thread_begin, on_thread_end) < 0 || xo_hook_settrace(trace) < 0) {
        return -1;
    }
    if (!recorder->scoped) {
        xo_trace_running_frames();
    }
    if (!recorder->scoped || (XO_SPECIALIZES && recorder->record_state)) {
        in_other_threads(take_place);
    }
    take_place();
    return 0;
}

void
xo_events_stop(bool is_last)
{
    if (!is_wanted(PyThreadState_Get())) {
        leave_place();
    }
    if (is_last) {
        xo_thread_starts_forget();
        in_other_threads(leave_place);
        xo_unhook_settrace();
    }
}

#endif
