/* Standard output and error, with the step at which they were written. They still go where they went. */
#include "changes.h"

static PyCFunction text_write;

static int
stream_of(PyObject *file)
{
    if (file == PySys_GetObject("stdout")) {
        return 1;
    }
    return file == PySys_GetObject("stderr") ? 2 : 0;
}

static PyObject *
hook_write(PyObject *file, PyObject *text)
{
    PyObject *result = text_write(file, text);
    int stream = xo_active == NULL || result == NULL || !PyUnicode_Check(text) ? 0 : stream_of(file);
    if (stream != 0) {
        PyObject *encoded = PyUnicode_AsEncodedString(text, "utf-8", "surrogatepass");
        if (encoded == NULL) {
            PyErr_Clear();
            return result;
        }
        xo_writer_output(xo_active->writer, stream, PyBytes_AS_STRING(encoded), (size_t)PyBytes_GET_SIZE(encoded));
        Py_DECREF(encoded);
    }
    return result;
}

int
xo_hook_output(void)
{
    PyObject *io = PyImport_ImportModule("_io");
    PyObject *type = io == NULL ? NULL : PyObject_GetAttrString(io, "TextIOWrapper");
    Py_XDECREF(io);
    if (type == NULL) {
        return -1;
    }
    int result = xo_patch_method((PyTypeObject *)type, "write", METH_O, hook_write, &text_write);
    Py_DECREF(type);
    return result;
}
