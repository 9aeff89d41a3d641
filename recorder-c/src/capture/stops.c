/* Where the program is made to stop: breakpoints, stepping, limits, and whoever asked for attention. */
#include "capture.h"

/* Works out from which step on xo_check_step has to be called. */
void
xo_watch_steps(xo_recorder *recorder)
{
    uint64_t next = UINT64_MAX;
    if (recorder->max_steps != 0) {
        next = recorder->max_steps;
    }
    if (recorder->interval != 0 && recorder->next_interval < next) {
        next = recorder->next_interval;
    }
    if (recorder->clock.look_at < next) {
        next = recorder->clock.look_at;
    }
    for (xo_thread_state *thread = recorder->threads; thread != NULL; thread = thread->next) {
        if (thread->stepping != XO_RUN) {
            next = 0;
        }
    }
    if (recorder->attention || recorder->watch_hit || recorder->bound != NULL) {
        next = 0;
    }
    recorder->check_at = next;
    if (recorder->attention) { /* asked for while we worked it out */
        recorder->check_at = 0;
    }
}

void
xo_suspend(xo_thread_state *thread)
{
    thread->suspended++;
    xo_calls_out++;
}

/* The program goes on. What ran meanwhile may have changed what only recorded code tells of. */
void
xo_unsuspend(xo_thread_state *thread)
{
    xo_recorder *recorder = thread->recorder;
    xo_calls_out--;
    thread->suspended--;
    if (xo_has_ended(recorder)) {
        return;
    }
    if (recorder->unseen) {
        xo_touch_cells(recorder);
    }
    uint32_t depth = thread->written->depth;
    if (depth > 0) { /* variables may have been set by hand */
        xo_frame_outdate(recorder->writer, &thread->written->frames[depth - 1]);
    }
    xo_watch_steps(recorder);
}

int
xo_call_on_event(xo_recorder *recorder, xo_thread_state *thread, const char *kind, uint64_t step)
{
    if (recorder->on_event == NULL) {
        return 0;
    }
    PyObject *frame = (PyObject *)PyEval_GetFrame();
    PyObject *callable = Py_NewRef(recorder->on_event);
    PyThreadState *python = PyThreadState_Get();
    xo_suspend(thread);
    int nesting = xo_events_open(python); /* it may run recorded code, and make recordings itself */
    PyObject *result =
        PyObject_CallFunction(callable, "sKIO", kind, (unsigned long long)step, thread->written->number,
                              frame == NULL ? Py_None : frame);
    xo_events_close(python, nesting);
    xo_unsuspend(thread);
    Py_DECREF(callable);
    Py_XDECREF(result);
    return result == NULL ? -1 : 0;
}

static bool
is_at_line_to_leave(const xo_thread_state *thread)
{
    const xo_thread *written = thread->written;
    const xo_frame *top = written->depth == 0 ? NULL : &written->frames[written->depth - 1];
    return top != NULL && top->number == thread->stepping_frame && top->line == thread->stepping_line;
}

static bool
stepping_goal_reached(const xo_thread_state *thread)
{
    switch (thread->stepping) {
    case XO_STEP_IN:
        return true;
    case XO_STEP_OVER:
    case XO_STEP_OUT:
        return thread->written->depth <= thread->stepping_depth + 1 && !is_at_line_to_leave(thread);
    default:
        return false;
    }
}

/* The program has to stop. No exception becomes the context of this one: CPython would look for it in the whole chain,
 * at every frame of a deep recursion. */
int
xo_raise_bound(const xo_recorder *recorder)
{
    PyErr_Restore(Py_NewRef(recorder->bound), NULL, NULL);
    return -1;
}

/* Those who asked to be called. CPython takes a generator that yields for suspended already: whoever resumed it from
 * here would crash the interpreter, so that they are called at the next step instead. */
static int
call_waiting(xo_recorder *recorder, xo_thread_state *thread, uint64_t step)
{
    if (recorder->attention) {
        recorder->attention = 0;
        if (xo_call_on_event(recorder, thread, "attention", step) < 0) {
            return -1;
        }
    }
    if (!xo_has_ended(recorder) && recorder->interval != 0 && recorder->writer->steps >= recorder->next_interval) {
        recorder->next_interval = recorder->writer->steps + recorder->interval;
        return xo_call_on_event(recorder, thread, "interval", step);
    }
    return 0;
}

/* Lets whoever watches the time of this exec() run. Who waits for the interpreter asks for it after five milliseconds
 * without a change, and each change makes it wait anew: so it must not be let go of more often. */
static void
let_others_run(xo_recorder *recorder)
{
    enum { AT_LEAST_NS = 6000000 };
    uint64_t now = recorder->clock.seen.ns;
    if (now < recorder->released_ns || now - recorder->released_ns >= AT_LEAST_NS) {
        recorder->released_ns = now;
        PyEval_RestoreThread(PyEval_SaveThread());
    }
}

static int
check_limits(xo_recorder *recorder, xo_thread_state *thread, xo_place place, uint64_t step)
{
    if (XO_STARVES_THREADS && recorder->scoped && place != XO_AT_YIELD) {
        let_others_run(recorder);
        if (xo_has_ended(recorder)) {
            return 0;
        }
    }
    if (recorder->bound != NULL) {
        return xo_raise_bound(recorder);
    }
    if (place != XO_AT_YIELD && call_waiting(recorder, thread, step) < 0) {
        return -1;
    }
    if (!xo_has_ended(recorder) && recorder->max_steps != 0 && recorder->writer->steps >= recorder->max_steps) {
        return xo_call_on_event(recorder, thread, "max_steps", step);
    }
    return 0;
}

int
xo_check_step(xo_recorder *recorder, xo_thread_state *thread, xo_place place)
{
    uint64_t step = recorder->writer->steps - 1; /* whoever waits in a call from here may find steps of others after it */
    if (recorder->writer->generation_due && recorder->writer->failure == XO_OK) {
        xo_generation_begin(recorder);
    }
    if (recorder->writer->failure != XO_OK) {
        xo_recorder_fail(recorder);
        return 0;
    }
    if (recorder->writer->steps >= recorder->clock.look_at) {
        xo_clock_look_at(recorder);
    }
    if (check_limits(recorder, thread, place, step) < 0) {
        return -1;
    }
    if (xo_has_ended(recorder) || place < XO_AT_LINE) {
        return 0;
    }
    if (recorder->watch_hit) {
        recorder->watch_hit = false;
        int result = xo_call_on_event(recorder, thread, "watch", step);
        if (result < 0 || xo_has_ended(recorder)) {
            return result;
        }
    }
    bool is_wanted = place == XO_AT_BREAKPOINT && PyDict_GET_SIZE(recorder->breakpoints) > 0;
    if (is_wanted || stepping_goal_reached(thread)) {
        return xo_call_on_event(recorder, thread, "break", step);
    }
    xo_watch_steps(recorder);
    return 0;
}
