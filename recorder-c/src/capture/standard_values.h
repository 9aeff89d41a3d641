/* Values of the standard library that keep their data in C, for good: dates, times, decimals; functools.partial, which
 * only its __setstate__ changes. */
#ifndef EXECORDER_STANDARD_VALUES_H
#define EXECORDER_STANDARD_VALUES_H

#include "changes.h"

/* Whether the object is one of them, or of a class written in Python that is derived from theirs. */
bool xo_is_standard_value(PyObject *object);

/* How many attributes tell what it is; their names and values, as attributes are written. 0 and nothing for others. */
uint64_t xo_count_standard(PyObject *object);
void xo_put_standard(xo_recorder *recorder, PyObject *object);

#endif
