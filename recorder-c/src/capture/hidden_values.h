/* What values written in C hold, for good, besides what else is recorded of them: where a match of `re` found its groups,
 * and the fields of a struct sequence, as time.struct_time is one, that are none of its items. */
#ifndef EXECORDER_HIDDEN_VALUES_H
#define EXECORDER_HIDDEN_VALUES_H

#include "changes.h"

bool xo_holds_hidden_values(PyObject *object);
/* How many attributes tell them; their names and values, as attributes are written. 0 and nothing for other objects. */
uint64_t xo_count_hidden_values(PyObject *object);
void xo_put_hidden_values(xo_recorder *recorder, PyObject *object);

#endif
