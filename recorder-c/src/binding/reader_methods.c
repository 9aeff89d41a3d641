/* One method per question; each checks, asks the store and converts. */
#include "reader_object.h"

#include <stdlib.h>
#include <string.h>

#include "convert.h"
#include "failure.h"
#include "filter.h"
#include "slot.h"

typedef unsigned long long number;

static const binding_state *
state_of(PyObject *self)
{
    return ((reader_object *)self)->state;
}

static PyObject *
fail(PyObject *self, xo_status status)
{
    return raise_status(state_of(self), status, ((reader_object *)self)->path);
}

/* As fail, for a question about something that isn't in the recording. */
static PyObject *
fail_lookup(PyObject *self, xo_status status, const char *what, number which)
{
    if (status == XO_NOT_FOUND) {
        return PyErr_Format(PyExc_IndexError, "the recording has no %s %llu", what, which);
    }
    return fail(self, status);
}

static PyObject *
reader_steps(PyObject *self, PyObject *Py_UNUSED(ignored))
{
    xo_reader *reader = reader_of(self);
    if (reader == NULL) {
        return NULL;
    }
    xo_info info;
    xo_reader_info(reader, &info);
    return PyLong_FromUnsignedLongLong(info.steps);
}

static PyObject *
reader_refresh(PyObject *self, PyObject *Py_UNUSED(ignored))
{
    xo_reader *reader = reader_of(self);
    if (reader == NULL) {
        return NULL;
    }
    bool grew = false;
    xo_status status = xo_reader_refresh(reader, &grew);
    return status == XO_OK ? PyBool_FromLong(grew) : fail(self, status);
}

static PyObject *
reader_rest(PyObject *self, PyObject *Py_UNUSED(ignored))
{
    reader_object *object = (reader_object *)self;
    if (object->reader != NULL) {
        xo_reader_rest(object->reader);
    }
    Py_RETURN_NONE;
}

static PyObject *
reader_info(PyObject *self, PyObject *Py_UNUSED(ignored))
{
    xo_reader *reader = reader_of(self);
    if (reader == NULL) {
        return NULL;
    }
    xo_info info;
    xo_reader_info(reader, &info);
    return Py_BuildValue("{sIsOsKsKsKsKsKsKsKsKsKsKsKsK}", "format_version", info.format_version, "complete",
                         info.complete ? Py_True : Py_False, "steps", (number)info.steps, "first_step",
                         (number)info.first_step, "threads",
                         (number)info.threads, "files", (number)info.files, "codes", (number)info.codes, "objects",
                         (number)info.objects, "frames", (number)info.frames, "chunks", (number)info.chunks,
                         "file_bytes", (number)info.file_bytes, "log_bytes", (number)info.log_bytes, "index_bytes",
                         (number)info.index_bytes, "damaged_bytes", (number)info.damaged_bytes);
}

static PyObject *
reader_note(PyObject *self, PyObject *args)
{
    xo_reader *reader = reader_of(self);
    const char *key;
    if (reader == NULL || !PyArg_ParseTuple(args, "s:note", &key)) {
        return NULL;
    }
    const char *text;
    size_t size_bytes;
    xo_status status = xo_reader_note(reader, key, &text, &size_bytes);
    if (status == XO_NOT_FOUND) {
        Py_RETURN_NONE;
    }
    return status == XO_OK ? convert_text(text, size_bytes) : fail(self, status);
}

static PyObject *
reader_step(PyObject *self, PyObject *args)
{
    xo_reader *reader = reader_of(self);
    number n;
    if (reader == NULL || !PyArg_ParseTuple(args, "K:step", &n)) {
        return NULL;
    }
    xo_step_view step;
    xo_status status = xo_reader_step(reader, n, &step);
    return status == XO_OK ? convert_step(state_of(self), &step) : fail_lookup(self, status, "step", n);
}

static PyObject *
reader_code(PyObject *self, PyObject *args)
{
    xo_reader *reader = reader_of(self);
    unsigned id;
    if (reader == NULL || !PyArg_ParseTuple(args, "I:code", &id)) {
        return NULL;
    }
    xo_code_view code;
    xo_status status = xo_reader_code(reader, id, &code);
    return status == XO_OK ? convert_code(&code) : fail_lookup(self, status, "code", id);
}

static PyObject *
reader_file(PyObject *self, PyObject *args)
{
    xo_reader *reader = reader_of(self);
    unsigned id;
    if (reader == NULL || !PyArg_ParseTuple(args, "I:file", &id)) {
        return NULL;
    }
    xo_file_view file;
    xo_status status = xo_reader_file(reader, id, &file);
    if (status != XO_OK) {
        return fail_lookup(self, status, "file", id);
    }
    PyObject *path = convert_text(file.path, strlen(file.path));
    if (path == NULL) {
        return NULL;
    }
    return Py_BuildValue("(Ny#)", path, (const char *)file.source, (Py_ssize_t)file.source_bytes);
}

static PyObject *
reader_thread(PyObject *self, PyObject *args)
{
    xo_reader *reader = reader_of(self);
    number n;
    unsigned id;
    if (reader == NULL || !PyArg_ParseTuple(args, "KI:thread", &n, &id)) {
        return NULL;
    }
    xo_thread_view thread;
    xo_status status = xo_reader_thread(reader, n, id, &thread);
    if (status != XO_OK) {
        return fail_lookup(self, status, "thread", id);
    }
    PyObject *name = convert_text(thread.name, strlen(thread.name));
    if (name == NULL) {
        return NULL;
    }
    return Py_BuildValue("(IKNO)", thread.thread, (number)thread.system_id, name,
                         thread.alive ? Py_True : Py_False);
}

static PyObject *
reader_stack(PyObject *self, PyObject *args)
{
    xo_reader *reader = reader_of(self);
    number n;
    unsigned thread;
    if (reader == NULL || !PyArg_ParseTuple(args, "KI:stack", &n, &thread)) {
        return NULL;
    }
    xo_frame_view *frames = NULL;
    size_t count = 0;
    xo_status status = xo_reader_stack(reader, n, thread, &frames, &count);
    if (status != XO_OK) {
        return fail_lookup(self, status, "stack at step", n);
    }
    PyObject *result = convert_stack(frames, count);
    free(frames);
    return result;
}

static PyObject *
reader_variables(PyObject *self, PyObject *args)
{
    xo_reader *reader = reader_of(self);
    number n, frame;
    unsigned thread;
    if (reader == NULL || !PyArg_ParseTuple(args, "KIK:variables", &n, &thread, &frame)) {
        return NULL;
    }
    xo_value *values = NULL, result_value;
    size_t count = 0;
    xo_status status = xo_reader_variables(reader, n, thread, frame, &values, &count, &result_value);
    if (status != XO_OK) {
        return fail_lookup(self, status, "frame", frame);
    }
    PyObject *list = convert_values(state_of(self), values, count);
    free(values);
    PyObject *result = list == NULL ? NULL : convert_value(state_of(self), &result_value);
    if (result == NULL) {
        Py_XDECREF(list);
        return NULL;
    }
    return Py_BuildValue("(NN)", list, result);
}

static PyObject *
reader_contents(PyObject *self, PyObject *args)
{
    xo_reader *reader = reader_of(self);
    number n, object;
    if (reader == NULL || !PyArg_ParseTuple(args, "KK:contents", &n, &object)) {
        return NULL;
    }
    xo_contents *contents = NULL;
    xo_status status = xo_reader_contents(reader, n, object, &contents);
    if (status != XO_OK) {
        return fail_lookup(self, status, "object", object);
    }
    PyObject *result = convert_contents(state_of(self), contents);
    xo_contents_free(contents);
    return result;
}

static PyObject *
reader_find(PyObject *self, PyObject *args)
{
    xo_reader *reader = reader_of(self);
    long long from;
    int forward;
    filter_arguments arguments;
    if (reader == NULL || !filter_parse(args, &from, &forward, &arguments)) {
        return NULL;
    }
    uint64_t step = 0;
    xo_status status = xo_reader_find(reader, from, forward != 0, &arguments.filter, NULL, &step);
    filter_clear(&arguments);
    if (status == XO_NOT_FOUND) {
        Py_RETURN_NONE;
    }
    return status == XO_OK ? PyLong_FromUnsignedLongLong(step) : fail(self, status);
}

static PyObject *
reader_output(PyObject *self, PyObject *args)
{
    xo_reader *reader = reader_of(self);
    number first;
    Py_ssize_t limit;
    if (reader == NULL || !PyArg_ParseTuple(args, "Kn:output", &first, &limit)) {
        return NULL;
    }
    xo_output_view *pieces = NULL;
    size_t count = 0;
    xo_status status = xo_reader_output(reader, first, limit < 0 ? 0 : (size_t)limit, &pieces, &count);
    if (status == XO_NOT_FOUND) {
        return PyList_New(0);
    }
    if (status != XO_OK) {
        return fail(self, status);
    }
    PyObject *result = convert_output(pieces, count);
    free(pieces);
    return result;
}

static PyObject *
reader_history(PyObject *self, PyObject *args)
{
    xo_reader *reader = reader_of(self);
    number n, object;
    Py_ssize_t limit;
    if (reader == NULL || !PyArg_ParseTuple(args, "KKn:history", &n, &object, &limit)) {
        return NULL;
    }
    xo_change *changes = NULL;
    size_t count = 0;
    xo_status status = xo_reader_history(reader, n, object, limit < 0 ? 0 : (size_t)limit, &changes, &count);
    if (status != XO_OK) {
        return fail_lookup(self, status, "object", object);
    }
    PyObject *result = convert_history(state_of(self), changes, count);
    free(changes);
    return result;
}

static PyObject *
reader_last_write(PyObject *self, PyObject *args)
{
    xo_reader *reader = reader_of(self);
    slot_arguments arguments;
    number n;
    if (reader == NULL || !slot_parse(state_of(self), args, &n, &arguments)) {
        return NULL;
    }
    xo_write write;
    xo_status status = xo_reader_last_write(reader, n, &arguments.slot, &write);
    slot_clear(&arguments);
    if (status == XO_NOT_FOUND) {
        Py_RETURN_NONE;
    }
    return status == XO_OK ? convert_write(state_of(self), &write) : fail(self, status);
}

static PyObject *
reader_close(PyObject *self, PyObject *Py_UNUSED(ignored))
{
    reader_object *object = (reader_object *)self;
    xo_reader_close(object->reader);
    object->reader = NULL;
    Py_RETURN_NONE;
}

PyMethodDef reader_methods[] = {
    {"steps", reader_steps, METH_NOARGS, "How many steps there are."},
    {"refresh", reader_refresh, METH_NOARGS, "Looks for what was written since; true when there is more."},
    {"rest", reader_rest, METH_NOARGS,
     "Lets the writer of a growing recording compress what it has written; the next question may find more steps."},
    {"info", reader_info, METH_NOARGS, "Counts and sizes, a dict."},
    {"note", reader_note, METH_VARARGS, "note(key): the text said under this key, or None."},
    {"step", reader_step, METH_VARARGS, "step(n): (step, kind, thread, frame, depth, code, line)."},
    {"code", reader_code, METH_VARARGS,
     "code(id): (file, name, qualname, first_line, flags, lines, variable_names, variable_flags)."},
    {"file", reader_file, METH_VARARGS, "file(id): (path, source or None)."},
    {"thread", reader_thread, METH_VARARGS, "thread(n, id): (id, system_id, name, alive)."},
    {"stack", reader_stack, METH_VARARGS,
     "stack(n, thread): [(frame, code, line, depth, globals, locals)], innermost first."},
    {"variables", reader_variables, METH_VARARGS, "variables(n, thread, frame): (values, result)."},
    {"contents", reader_contents, METH_VARARGS,
     "contents(n, object): (kind, class_object, unknown, items, attributes, attribute_dict, name, module, bases, "
     "file, line, unknown_since)."},
    {"find", reader_find, METH_VARARGS,
     "find(from, forward, kinds=0, thread=0, frame=0, max_depth=None, visits=None): a step or None."},
    {"output", reader_output, METH_VARARGS, "output(first, limit): [(step, stream, text)]."},
    {"history", reader_history, METH_VARARGS, "history(n, object, limit): [(step, is_image, op, key, value)]."},
    {"last_write", reader_last_write, METH_VARARGS,
     "last_write(n, kind, owner, key): (step, writer, op, first, value) of the newest write that shows at step n, or "
     "None. kind: 'variable' (of frame `owner`; key: its name), 'item' or 'attribute' (of object `owner`)."},
    {"redact", reader_redact, METH_VARARGS,
     "redact(path, redactor): a copy of a complete recording without what the redactor hides."},
    {"snapshot", reader_snapshot, METH_VARARGS,
     "snapshot(path, notes): a complete recording of what is there at the moment, with these notes added."},
    {"close", reader_close, METH_NOARGS, "Lets go of the file."},
    {NULL, NULL, 0, NULL},
};
