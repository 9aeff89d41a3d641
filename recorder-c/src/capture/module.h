/* What the parts of the extension module share. */
#ifndef EXECORDER_MODULE_H
#define EXECORDER_MODULE_H

#include "capture.h"

/* The recording with this token; 0: that of the whole process, or the newest. NULL with an exception set. */
xo_recorder *xo_recording(uint64_t token);

static inline PyObject *
xo_none_or_error(int result)
{
    return result < 0 ? NULL : Py_NewRef(Py_None);
}

/* main_path.c */
PyObject *xo_set_main_path(PyObject *module, PyObject *path);

extern PyMethodDef xo_stop_methods[];

/* unseen.c */
PyObject *xo_run_unseen(PyObject *module, PyObject *function);

#endif
