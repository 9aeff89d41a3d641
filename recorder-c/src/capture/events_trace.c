/* The events up to CPython 3.11: a C trace function in every thread. */
#include "capture.h"

#if !XO_HAS_MONITORING

/* A failure of ours ends the recording and never reaches the program. */
static xo_code *
known_code(xo_recorder *recorder, PyCodeObject *python_code)
{
    xo_code *code = xo_code_of(recorder, python_code);
    if (code == NULL) {
        PyErr_Clear();
        xo_recorder_fail(recorder);
    }
    return code;
}

static bool
is_executed_by_recorded(xo_thread_state *thread, const xo_iframe *iframe, const xo_code *code)
{
    if (code->recorded || PyUnicode_GET_LENGTH(code->code->co_filename) == 0
        || PyUnicode_READ_CHAR(code->code->co_filename, 0) != '<'
        || PyUnicode_CompareWithASCIIString(code->code->co_name, "<module>") != 0) {
        return false;
    }
    const xo_shadow *top = xo_top(thread);
    return top != NULL && xo_iframe_previous(iframe) == top->iframe;
}

static int
on_call(xo_recorder *recorder, xo_thread_state *thread, PyFrameObject *frame)
{
    xo_iframe *iframe = xo_iframe_of(frame);
    xo_code *code = known_code(recorder, xo_iframe_code(iframe));
    if (code != NULL && is_executed_by_recorded(thread, iframe, code)) {
        code = xo_code_give(recorder, code->code, NULL) < 0 ? NULL : known_code(recorder, xo_iframe_code(iframe));
    }
    if (code == NULL) {
        PyErr_Clear();
        return 0;
    }
    if (!code->recorded) {
        frame->f_trace_lines = 0; /* no line events from here */
        return 0;
    }
    return xo_iframe_is_resumed(iframe) ? xo_on_resume(recorder, thread, iframe, code)
                              : xo_on_start(recorder, thread, iframe, code);
}

static int
on_return(xo_recorder *recorder, xo_thread_state *thread, xo_iframe *iframe, xo_code *code, PyObject *result)
{
    if (result == NULL) {
        return xo_on_unwind(recorder, thread, iframe, code);
    }
    return xo_on_leave(recorder, thread, iframe, code, xo_iframe_is_at_yield(iframe) ? XO_OP_YIELD : XO_OP_RETURN, result);
}

static xo_code *
recorded_code(xo_recorder *recorder, const xo_thread_state *thread, PyCodeObject *python_code)
{
    const xo_shadow *top = xo_top(thread);
    if (top != NULL && top->code->code == python_code) {
        return top->code;
    }
    xo_code *code = known_code(recorder, python_code);
    return code == NULL || !code->recorded ? NULL : code;
}

static int
trace(PyObject *owner, PyFrameObject *frame, int event, PyObject *argument)
{
    (void)owner;
    xo_recorder *recorder = xo_active;
    xo_thread_state *thread = recorder == NULL ? NULL : xo_this_thread(recorder);
    if (thread == NULL || thread->suspended > 0) {
        return 0;
    }
    if (event == PyTrace_CALL) {
        return on_call(recorder, thread, frame);
    }
    xo_iframe *iframe = xo_iframe_of(frame);
    xo_code *code = recorded_code(recorder, thread, xo_iframe_code(iframe));
    if (code == NULL) {
        return 0;
    }
    switch (event) {
    case PyTrace_LINE:
        return xo_on_line(recorder, thread, iframe, code, PyFrame_GetLineNumber(frame));
    case PyTrace_RETURN:
        return on_return(recorder, thread, iframe, code, argument);
    case PyTrace_EXCEPTION:
        return xo_on_exception(recorder, thread, iframe, code, PyTuple_GET_ITEM(argument, 1));
    default:
        return 0;
    }
}

/* ---- threads that are started while we record ---- */

static PyCFunction start_new_thread, start_new;

typedef struct {
    PyObject_HEAD
    PyObject *function; /* owned: what the new thread runs */
} starter;

static PyObject *
starter_call(PyObject *self, PyObject *arguments, PyObject *names)
{
    if (xo_active != NULL) {
        PyEval_SetTrace(trace, NULL);
    }
    return PyObject_Call(((starter *)self)->function, arguments, names);
}

static void
starter_dealloc(PyObject *self)
{
    Py_XDECREF(((starter *)self)->function);
    PyObject_Free(self);
}

static PyTypeObject starter_type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "execorder.thread_start",
    .tp_basicsize = sizeof(starter),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_call = starter_call,
    .tp_dealloc = starter_dealloc,
};

static PyObject *
start_traced(PyCFunction original, PyObject *module, PyObject *arguments)
{
    if (xo_active == NULL || PyTuple_GET_SIZE(arguments) == 0 || !PyCallable_Check(PyTuple_GET_ITEM(arguments, 0))) {
        return original(module, arguments);
    }
    starter *wrapper = PyObject_New(starter, &starter_type);
    PyObject *changed = wrapper == NULL ? NULL : PyTuple_GetSlice(arguments, 0, PyTuple_GET_SIZE(arguments));
    if (changed == NULL) {
        Py_XDECREF(wrapper);
        return NULL;
    }
    if (changed == arguments) { /* a whole slice is the same tuple: build another */
        Py_DECREF(changed);
        PyObject *list = PySequence_List(arguments);
        changed = list == NULL ? NULL : PyList_AsTuple(list);
        Py_XDECREF(list);
        if (changed == NULL) {
            Py_DECREF(wrapper);
            return NULL;
        }
    }
    wrapper->function = PyTuple_GET_ITEM(changed, 0);
    PyTuple_SET_ITEM(changed, 0, (PyObject *)wrapper);
    PyObject *result = original(module, changed);
    Py_DECREF(changed);
    return result;
}

static PyObject *
hook_start_new_thread(PyObject *module, PyObject *arguments)
{
    return start_traced(start_new_thread, module, arguments);
}

static PyObject *
hook_start_new(PyObject *module, PyObject *arguments)
{
    return start_traced(start_new, module, arguments);
}

int
xo_events_start(xo_recorder *recorder)
{
    (void)recorder;
    if (PyType_Ready(&starter_type) < 0
        || xo_patch_function("_thread", "start_new_thread", METH_VARARGS, hook_start_new_thread, &start_new_thread) < 0
        || xo_patch_function("_thread", "start_new", METH_VARARGS, hook_start_new, &start_new) < 0) {
        return -1;
    }
    PyEval_SetTrace(trace, NULL); /* without an object, sys.gettrace() answers None as before */
    return 0;
}

/* Other threads keep the trace function until they end; it does nothing while no recording is active. */
void
xo_events_stop(xo_recorder *recorder)
{
    (void)recorder;
    PyThreadState *thread = PyThreadState_Get();
    if (thread->c_tracefunc == trace) {
        PyEval_SetTrace(NULL, NULL);
    }
}

#endif
