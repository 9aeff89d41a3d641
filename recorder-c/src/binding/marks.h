/* The two marks that stand for what has no Python value of its own: an object's number, and nothing at all. */
#ifndef EXECORDER_BINDING_MARKS_H
#define EXECORDER_BINDING_MARKS_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include <stdint.h>

/* The type `Ref`: `number` is an object number of the recording. NULL with an exception set on failure. */
PyObject *ref_type_new(void);
PyObject *ref_new(PyObject *ref_type, uint64_t number);

/* The mark of a name, slot or cell that holds nothing. NULL with an exception set on failure. */
PyObject *unbound_new(void);

#endif
