/* Threads of the package's own: no recording hears of what they run. */
#include "module.h"

static Py_tss_t mark = Py_tss_NEEDS_INIT;

bool
xo_is_unseen(void)
{
    return PyThread_tss_is_created(&mark) && PyThread_tss_get(&mark) != NULL;
}

/* run_unseen(function): what such a thread runs, from its beginning to its end. */
PyObject *
xo_run_unseen(PyObject *module, PyObject *function)
{
    (void)module;
    if (PyThread_tss_create(&mark) != 0 || PyThread_tss_set(&mark, &mark) != 0) {
        return PyErr_NoMemory();
    }
    PyObject *result = PyObject_CallFunctionObjArgs(function, NULL);
    (void)PyThread_tss_set(&mark, NULL);
    return result;
}

bool
xo_runs_unseen(PyObject *function)
{
    return PyCFunction_Check(function) && PyCFunction_GET_FUNCTION(function) == xo_run_unseen;
}
