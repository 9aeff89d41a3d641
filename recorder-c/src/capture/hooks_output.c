/* Standard output and error, with the step at which they were written. They still go where they went. */
#include "hooks.h"
#include "redaction.h"

static PyCFunction text_write;

static int
stream_of(PyObject *file)
{
    if (file == PySys_GetObject("stdout")) {
        return 1;
    }
    return file == PySys_GetObject("stderr") ? 2 : 0;
}

/* An exec() takes what is written in its own strands; while it is the only recording, wherever it is written. */
static bool
takes_output(const xo_recorder *recorder, const xo_strand *strand)
{
    if (!recorder->scoped || xo_recorders->next == NULL) {
        return true;
    }
    const xo_thread_state *thread = strand == NULL ? NULL : strand->inner;
    while (thread != NULL && thread->recorder != recorder) {
        thread = thread->outer;
    }
    return thread != NULL;
}

static void
record_output(int stream, PyObject *text)
{
    PyObject *encoded = PyUnicode_AsEncodedString(text, "utf-8", "surrogatepass");
    if (encoded == NULL) {
        PyErr_Clear();
        return;
    }
    const xo_strand *strand = xo_this_strand();
    for (xo_recorder *recorder = xo_recorders; recorder != NULL; recorder = recorder->next) {
        if (takes_output(recorder, strand)) {
            xo_put_output(recorder, stream, PyBytes_AS_STRING(encoded), (size_t)PyBytes_GET_SIZE(encoded));
        }
    }
    Py_DECREF(encoded);
}

static PyObject *
hook_write(PyObject *file, PyObject *text)
{
    PyObject *result = text_write(file, text);
    int stream = xo_recorders == NULL || result == NULL || !PyUnicode_Check(text) ? 0 : stream_of(file);
    if (stream != 0) {
        record_output(stream, text);
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
