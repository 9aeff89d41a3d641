/* The one place where a status of the store becomes an exception. */
#ifndef EXECORDER_BINDING_FAILURE_H
#define EXECORDER_BINDING_FAILURE_H

#include "state.h"

/* Sets the exception for `status` and answers NULL. `path` is the recording's, a Python text. errno must still be
 * what the store left when `status` is XO_IO. */
PyObject *raise_status(const binding_state *state, xo_status status, PyObject *path);

#endif
