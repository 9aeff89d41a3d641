#ifndef EXECORDER_BINDING_REDACTOR_CAPSULE_H
#define EXECORDER_BINDING_REDACTOR_CAPSULE_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "execorder/redactor.h"

/* redactor(names): a capsule. NULL with a ValueError set when the names make no sense. */
PyObject *redactor_new(PyObject *module, PyObject *names);
/* Borrowed from the capsule. NULL with an exception set when it is something else. */
xo_redactor *redactor_of(PyObject *capsule);

#endif
