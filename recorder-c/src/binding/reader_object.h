/* The Python object around a reader. */
#ifndef EXECORDER_BINDING_READER_OBJECT_H
#define EXECORDER_BINDING_READER_OBJECT_H

#include "state.h"

typedef struct {
    PyObject_HEAD
    xo_reader *reader;          /* owned; NULL once closed */
    PyObject *path;             /* owned, a text */
    PyObject *state_owner;      /* owned: keeps `state` alive */
    const binding_state *state; /* borrowed from state_owner */
} reader_object;

/* The reader, or NULL with an exception set when it is closed. */
xo_reader *reader_of(PyObject *self);

/* reader_copy.c */
PyObject *reader_snapshot(PyObject *self, PyObject *args);
PyObject *reader_redact(PyObject *self, PyObject *args);

extern PyMethodDef reader_methods[];

#endif
