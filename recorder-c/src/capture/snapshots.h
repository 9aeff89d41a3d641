/* A list's items before a call of C code, to tell afterwards what the call has changed. */
#ifndef EXECORDER_SNAPSHOTS_H
#define EXECORDER_SNAPSHOTS_H

#include "changes.h"

typedef struct {
    xo_around around;
    PyObject **items; /* owned; NULL: the whole image is written instead. Only compared as addresses: what the call
                       * removed is still held by the caller. */
    Py_ssize_t size;
} xo_snapshot;

typedef enum { XO_ITEM_BY_ITEM, XO_ONE_SPLICE } xo_difference;

void xo_snapshot_take(xo_snapshot *before, PyObject *list);
void xo_snapshot_compare(xo_snapshot *before, PyObject *list, xo_difference as);

#endif
