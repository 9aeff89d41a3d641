#include "failure.h"

#include <errno.h>

PyObject *
raise_status(const binding_state *state, xo_status status, PyObject *path)
{
    switch (status) {
    case XO_NO_MEMORY:
        return PyErr_NoMemory();
    case XO_IO:
    case XO_NO_SPACE:
        return PyErr_SetFromErrnoWithFilenameObject(PyExc_OSError, path);
    case XO_NOT_A_RECORDING:
        return PyErr_Format(state->not_a_recording_error,
                            "%R is not a recording; give a file that `python -m execorder` or execorder.exec() made",
                            path);
    case XO_TOO_NEW:
        return PyErr_Format(state->too_new_error,
                            "%R was made by a newer Execorder; install a newer execorder to open it", path);
    case XO_NO_CODEC:
        return PyErr_Format(state->recording_error, "%R: %s", path, xo_status_text(status));
    case XO_CORRUPT:
        return PyErr_Format(state->corrupt_recording_error,
                            "the recording %R is damaged at this place; other steps may still be readable", path);
    default:
        return PyErr_Format(state->recording_error, "the recording %R can't answer: %s", path,
                            xo_status_text(status));
    }
}
