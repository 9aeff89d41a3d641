/* What the binding's functions share. One per module; kept alive by the types that use it. */
#ifndef EXECORDER_BINDING_STATE_H
#define EXECORDER_BINDING_STATE_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "execorder/reader.h"

enum { STEP_KIND_COUNT = 7, OBJECT_KIND_COUNT = 11 };

typedef struct {
    PyObject *recording_error; /* all owned */
    PyObject *not_a_recording_error;
    PyObject *corrupt_recording_error;
    PyObject *too_new_error;
    PyObject *ref_type;
    PyObject *unbound;
    PyObject *step_kinds[STEP_KIND_COUNT];     /* texts by xo_step_kind; 0 is None */
    PyObject *object_kinds[OBJECT_KIND_COUNT]; /* texts by xo_kind; 0 is None */
} binding_state;

/* Makes the state and adds its names to `module`. Answers a capsule that owns it, or NULL with an exception set. */
PyObject *binding_state_new(PyObject *module);

/* The state inside such a capsule; NULL with an exception set when it is none. */
binding_state *binding_state_of(PyObject *capsule);

#endif
