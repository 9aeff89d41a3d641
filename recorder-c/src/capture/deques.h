/* Deques, whose layout CPython keeps to itself. */
#ifndef EXECORDER_DEQUES_H
#define EXECORDER_DEQUES_H

#include "changes.h"

bool xo_is_deque(PyObject *object);
/* A new reference: None or an int. */
PyObject *xo_deque_max_length(PyObject *object);
/* The count and the items, as a list's are written. */
void xo_put_deque(xo_recorder *recorder, PyObject *object);

#endif
