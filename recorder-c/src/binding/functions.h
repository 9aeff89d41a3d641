/* What the package needs and Python doesn't offer. */
#ifndef EXECORDER_BINDING_FUNCTIONS_H
#define EXECORDER_BINDING_FUNCTIONS_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

/* Adds to `module`: the functions of bottom.h, redactor(), run_file() and set_dict(). Answers 0, or -1 with an exception set. */
int xo_binding_add_functions(PyObject *module);

#endif
