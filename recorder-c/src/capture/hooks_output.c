/* Standard output and error, with the step at which they were written. They still go where they went. */
#include "hooks.h"
#include "redaction.h"

#include <structmember.h>

static PyCFunction text_write;
static PyTypeObject *buffered_type, *raw_type;        /* owned */
static const PyMemberDef *buffer_member, *raw_member; /* of the types; NULL: not to be had */

static PyObject *
member_of(PyObject *object, const PyMemberDef *member)
{
    return member == NULL ? NULL : *(PyObject **)((char *)object + member->offset);
}

/* The descriptor that a stream of text writes to in the end; -1 where that can't be told without asking the program. */
static long
descriptor_of(PyObject *file)
{
    PyObject *raw = member_of(file, buffer_member);
    if (raw != NULL && Py_TYPE(raw) == buffered_type) {
        raw = member_of(raw, raw_member);
    }
    if (raw == NULL || Py_TYPE(raw) != raw_type) {
        return -1;
    }
    PyObject *number = PyObject_CallMethod(raw, "fileno", NULL);
    long descriptor = number == NULL ? -1 : PyLong_AsLong(number);
    Py_XDECREF(number);
    PyErr_Clear(); /* it is closed */
    return descriptor;
}

/* 1 for what is sys.stdout or writes where that writes at first, 2 for sys.stderr, else 0. */
static int
stream_of(PyObject *file)
{
    if (file == PySys_GetObject("stdout")) {
        return 1;
    }
    if (file == PySys_GetObject("stderr")) {
        return 2;
    }
    long descriptor = descriptor_of(file);
    return descriptor == 1 || descriptor == 2 ? (int)descriptor : 0;
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

static PyTypeObject *
type_named(PyObject *module, const char *name)
{
    PyObject *type = PyObject_GetAttrString(module, name);
    if (type != NULL && !PyType_Check(type)) {
        Py_CLEAR(type);
    }
    return (PyTypeObject *)type;
}

static int
find_types(PyObject *io)
{
    PyTypeObject *text = type_named(io, "TextIOWrapper");
    Py_XSETREF(buffered_type, type_named(io, "BufferedWriter"));
    Py_XSETREF(raw_type, type_named(io, "FileIO"));
    if (text == NULL || buffered_type == NULL || raw_type == NULL) {
        Py_XDECREF(text);
        return -1;
    }
    buffer_member = xo_find_member(text, "buffer");
    raw_member = xo_find_member(buffered_type, "raw");
    int result = xo_patch_method(text, "write", METH_O, hook_write, &text_write);
    Py_DECREF(text);
    return result;
}

int
xo_hook_output(void)
{
    PyObject *io = PyImport_ImportModule("_io");
    int result = io == NULL ? -1 : find_types(io);
    Py_XDECREF(io);
    return result;
}
