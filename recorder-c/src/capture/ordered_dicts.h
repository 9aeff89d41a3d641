/* Ordered dicts, whose layout CPython keeps to itself. */
#ifndef EXECORDER_ORDERED_DICTS_H
#define EXECORDER_ORDERED_DICTS_H

#include "changes.h"

/* The count and the pairs, as a dict's are written. */
void xo_put_ordered_dict(xo_recorder *recorder, PyObject *dict, xo_entity *entity);

#endif
