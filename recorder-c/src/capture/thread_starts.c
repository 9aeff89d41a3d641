/* Threads that are started while we record, before CPython 3.12: what they run is wrapped, so that they hear of themselves. */
#include "hooks.h"
#include "other_tracers.h"

#if !XO_HAS_MONITORING

static PyCFunction start_new_thread, start_new; /* NULL: not patched */
static void (*on_begin)(void), (*on_end)(void);

typedef struct {
    PyObject_HEAD
    PyObject *function; /* owned: what the new thread runs */
} starter;

static PyObject *
starter_call(PyObject *self, PyObject *arguments, PyObject *names)
{
    on_begin();
    PyObject *function = ((starter *)self)->function;
    PyObject *result = PyObject_Call(function, arguments, names);
    on_end();
    if (result == NULL && !PyErr_ExceptionMatches(PyExc_SystemExit) && xo_tell_unraisable(function)) {
        Py_RETURN_NONE; /* otherwise we would be named as what the thread was started by */
    }
    return result;
}

static PyObject *
starter_repr(PyObject *self)
{
    return PyObject_Repr(((starter *)self)->function);
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
    .tp_repr = starter_repr,
    .tp_dealloc = starter_dealloc,
};

static PyObject *
start_traced(PyCFunction original, PyObject *module, PyObject *arguments)
{
    PyObject *first = PyTuple_GET_SIZE(arguments) == 0 ? NULL : PyTuple_GET_ITEM(arguments, 0);
    if (xo_recorders == NULL || first == NULL || !PyCallable_Check(first) || xo_runs_unseen(first)) {
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
xo_thread_starts_patch(void (*begin)(void), void (*end)(void))
{
    on_begin = begin;
    on_end = end;
    if (start_new_thread != NULL) {
        return 0;
    }
    if (PyType_Ready(&starter_type) < 0
        || xo_patch_function("_thread", "start_new_thread", METH_VARARGS, hook_start_new_thread, &start_new_thread) < 0
        || xo_patch_function("_thread", "start_new", METH_VARARGS, hook_start_new, &start_new) < 0) {
        return -1;
    }
    return 0;
}

void
xo_thread_starts_forget(void)
{
    start_new_thread = start_new = NULL;
}

#endif
