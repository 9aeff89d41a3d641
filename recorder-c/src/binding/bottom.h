/* Runs a program as the interpreter itself would: at the bottom of the stack. */
#ifndef EXECORDER_BINDING_BOTTOM_H
#define EXECORDER_BINDING_BOTTOM_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

/* call_at_bottom(callable, *args): calls it with no frame below, so that the program finds none of the recorder's
 * (sys._getframe, traceback.print_stack, warnings, the recursion limit). */
PyObject *xo_call_at_bottom(PyObject *module, PyObject *args);

/* die_of_interrupt(): makes the interpreter's end what it is after an unhandled KeyboardInterrupt. */
PyObject *xo_die_of_interrupt(PyObject *module, PyObject *ignored);

#endif
