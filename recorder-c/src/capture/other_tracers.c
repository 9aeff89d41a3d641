#include "other_tracers.h"
#include "buffers.h"
#include "events.h"
#include "hooks.h"

#if !XO_HAS_MONITORING

static xo_pointer_map others; /* the object of a trace function -> the function of C that is called with it */
static Py_tracefunc our_function;
static PyCFunction settrace, coverage_start;

void
xo_tracer_take_place(Py_tracefunc ours)
{
    PyThreadState *thread = PyThreadState_Get();
    if (thread->c_tracefunc == ours) {
        return;
    }
    if (thread->c_tracefunc == NULL || thread->c_traceobj == NULL
        || !xo_map_set(&others, thread->c_traceobj, (void *)thread->c_tracefunc)) {
        PyEval_SetTrace(ours, NULL); /* without an object, sys.gettrace() answers None as before */
        return;
    }
    thread->c_tracefunc = ours; /* and its object stays */
}

void
xo_tracer_leave_place(Py_tracefunc ours)
{
    PyThreadState *thread = PyThreadState_Get();
    if (thread->c_tracefunc != ours) {
        return;
    }
    void *other = thread->c_traceobj == NULL ? NULL : xo_map_get(&others, thread->c_traceobj);
    if (other == NULL) {
        PyEval_SetTrace(NULL, NULL);
    } else {
        thread->c_tracefunc = (Py_tracefunc)other;
    }
}

/* Code that runs in a trace function has no events, and in 3.11 stores items past the slots unless it is traced. */
static inline void
keep_unspecialized(PyThreadState *thread)
{
#if XO_SPECIALIZES
    thread->cframe->use_tracing = 255;
#else
    (void)thread;
#endif
}

int
xo_tracer_call_other(Py_tracefunc ours, PyObject *owner, PyFrameObject *frame, int event, PyObject *argument)
{
    Py_tracefunc other = (Py_tracefunc)xo_map_get(&others, owner);
    if (other == NULL) {
        return 0;
    }
    PyThreadState *thread = PyThreadState_Get();
    keep_unspecialized(thread);
    Py_INCREF(owner);
    int result = other(owner, frame, event, argument);
    Py_DECREF(owner);
    if (thread->c_tracefunc != ours && xo_recorders != NULL) { /* one that fails is put away, others put themselves there */
        PyObject *type, *value, *traceback;
        PyErr_Fetch(&type, &value, &traceback);
        xo_tracer_take_place(ours);
        PyErr_Restore(type, value, traceback);
    }
    return result;
}

void
xo_tracer_note_displaced(xo_recorder *recorder, const PyThreadState *python)
{
    const xo_thread_state *thread = recorder->threads;
    while (thread != NULL && thread->strand->python != python) {
        thread = thread->next;
    }
    char which[32] = "a thread without steps";
    if (thread != NULL) {
        snprintf(which, sizeof which, "thread %u", thread->written->number);
    }
    char text[256];
    snprintf(text, sizeof text, "%llu times C code had put another trace function into the recorder's place, or had started a "
             "thread by itself; the newest: what %s ran between its newest step and step %llu is missing",
             (unsigned long long)++recorder->displaced, which, (unsigned long long)recorder->writer->steps);
    xo_writer_note(recorder->writer, "not_traced", text);
}

void
xo_trace_running_frames(void)
{
    PyFrameObject *frame = PyThreadState_GetFrame(PyThreadState_Get());
    while (frame != NULL) {
        frame->f_trace_lines = 1;
        PyFrameObject *back = PyFrame_GetBack(frame);
        Py_DECREF(frame);
        frame = back;
    }
}

/* Calls what sets a trace function in the current thread, and puts ours before it. */
static PyObject *
set_behind_ours(PyCFunction set, PyObject *self, PyObject *argument)
{
    xo_events_check();
    bool was_ours = PyThreadState_Get()->c_tracefunc == our_function;
    PyObject *result = set(self, argument);
    if (result != NULL && was_ours && xo_recorders != NULL) {
        xo_trace_running_frames();
        xo_tracer_take_place(our_function);
    }
    return result;
}

static PyObject *
hook_settrace(PyObject *module, PyObject *function)
{
    return set_behind_ours(settrace, module, function);
}

static PyObject *
hook_coverage_start(PyObject *tracer, PyObject *arguments)
{
    return set_behind_ours(coverage_start, tracer, arguments);
}

void
xo_coverage_find(void)
{
    if (coverage_start != NULL || settrace == NULL) {
        return;
    }
    PyObject *module = PyDict_GetItemString(PyImport_GetModuleDict(), "coverage.tracer");
    PyObject *dict = module == NULL || !PyModule_Check(module) ? NULL : PyModule_GetDict(module);
    PyObject *type = dict == NULL ? NULL : PyDict_GetItemString(dict, "CTracer");
    PyMethodDef *start = type == NULL || !PyType_Check(type) ? NULL : xo_definition_in((PyTypeObject *)type, "start");
    if (start != NULL && start->ml_flags == METH_VARARGS) {
        coverage_start = xo_patch_late_method(start, hook_coverage_start);
    }
}

int
xo_hook_settrace(Py_tracefunc ours)
{
    our_function = ours;
    return settrace != NULL ? 0 : xo_patch_function("sys", "settrace", METH_O, hook_settrace, &settrace);
}

void
xo_unhook_settrace(void)
{
    settrace = coverage_start = NULL;
    xo_map_free(&others);
    others = (xo_pointer_map){0};
}

#endif
