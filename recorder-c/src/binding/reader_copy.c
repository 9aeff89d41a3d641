/* Copies of a recording: of one that is still being written, and one without what is bound to some names. */
#include "reader_object.h"

#include "execorder/tools.h"
#include "failure.h"
#include "redactor_capsule.h"

enum { MOST_NOTES = 8 };

/* The notes of a dict of texts, which must live as long as they are used. Their number, or -1. */
static Py_ssize_t
notes_of(PyObject *dict, xo_tool_note *notes)
{
    PyObject *key, *text;
    Py_ssize_t place = 0, count = 0;
    while (PyDict_Next(dict, &place, &key, &text)) {
        if (count == MOST_NOTES) {
            PyErr_Format(PyExc_ValueError, "a copy takes at most %d notes", MOST_NOTES);
            return -1;
        }
        notes[count] = (xo_tool_note){PyUnicode_AsUTF8(key), PyUnicode_AsUTF8(text)};
        if (notes[count].key == NULL || notes[count].text == NULL) {
            return -1;
        }
        count++;
    }
    return count;
}

/* With the interpreter's lock held: none of the program's threads writes meanwhile. */
PyObject *
reader_snapshot(PyObject *self, PyObject *args)
{
    const reader_object *reader = (const reader_object *)self;
    PyObject *to, *dict, *encoded_from = NULL, *encoded_to = NULL;
    xo_tool_note notes[MOST_NOTES];
    if (reader_of(self) == NULL || !PyArg_ParseTuple(args, "O!O!:snapshot", &PyUnicode_Type, &to, &PyDict_Type, &dict)) {
        return NULL;
    }
    Py_ssize_t count = notes_of(dict, notes);
    if (count < 0 || !PyUnicode_FSConverter(reader->path, &encoded_from) || !PyUnicode_FSConverter(to, &encoded_to)) {
        Py_XDECREF(encoded_from);
        return NULL;
    }
    xo_tool_side side = XO_OF_ORIGINAL;
    xo_status status = xo_snapshot(PyBytes_AS_STRING(encoded_from), PyBytes_AS_STRING(encoded_to), notes, (size_t)count, &side);
    PyObject *result = status == XO_OK ? Py_None : raise_status(reader->state, status, side == XO_OF_COPY ? to : reader->path);
    Py_DECREF(encoded_from);
    Py_DECREF(encoded_to);
    Py_XINCREF(result);
    return result;
}

/* The recording is complete, so that the program's other threads may run meanwhile. What the redactor has learnt while it
 * was made is left out as well. */
PyObject *
reader_redact(PyObject *self, PyObject *args)
{
    const reader_object *reader = (const reader_object *)self;
    PyObject *to, *capsule, *encoded_from = NULL, *encoded_to = NULL;
    xo_redact_report report;
    xo_tool_side side = XO_OF_ORIGINAL;
    xo_status status;
    if (reader_of(self) == NULL || !PyArg_ParseTuple(args, "O!O:redact", &PyUnicode_Type, &to, &capsule)) {
        return NULL;
    }
    xo_redactor *redactor = redactor_of(capsule);
    if (redactor == NULL) {
        return NULL;
    }
    if (!PyUnicode_FSConverter(reader->path, &encoded_from) || !PyUnicode_FSConverter(to, &encoded_to)) {
        Py_XDECREF(encoded_from);
        return NULL;
    }
    const char *from_path = PyBytes_AS_STRING(encoded_from), *to_path = PyBytes_AS_STRING(encoded_to);
    Py_BEGIN_ALLOW_THREADS
    status = xo_redact_with(from_path, to_path, redactor, &report, &side);
    Py_END_ALLOW_THREADS
    PyObject *result = status == XO_OK ? Py_None : raise_status(reader->state, status, side == XO_OF_COPY ? to : reader->path);
    Py_DECREF(encoded_from);
    Py_DECREF(encoded_to);
    Py_XINCREF(result);
    return result;
}
