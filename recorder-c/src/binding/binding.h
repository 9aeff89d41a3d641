/* What Python sees of the store's reader: the type `Reader` and the exceptions of recordings. */
#ifndef EXECORDER_BINDING_H
#define EXECORDER_BINDING_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

/* Adds to `module`: `Reader`, `Ref`, `UNBOUND`, `RecordingError`, `NotARecordingError`, `CorruptRecordingError` and
 * `TooNewError`, and the functions of functions.h. Answers 0, or -1 with an exception set. Keeps nothing outside of `module`. */
int xo_binding_add_types(PyObject *module);

#endif
