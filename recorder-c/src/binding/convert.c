#include "convert.h"

#include <string.h>

#include "execorder/format.h"
#include "marks.h"

static PyObject *
shared(PyObject *object)
{
    Py_INCREF(object);
    return object;
}

PyObject *
convert_text(const char *text, size_t size_bytes)
{
    return PyUnicode_DecodeUTF8(text, (Py_ssize_t)size_bytes, "surrogatepass");
}

static PyObject *
convert_name(const char *text)
{
    return convert_text(text, strlen(text));
}

static PyObject *
convert_big_integer(const xo_value *value)
{
    return _PyLong_FromByteArray(value->bytes, value->size_bytes, 1, 1);
}

PyObject *
convert_value(const binding_state *state, const xo_value *value)
{
    switch (value->kind) {
    case XO_UNBOUND:
        return shared(state->unbound);
    case XO_NONE:
        return shared(Py_None);
    case XO_FALSE:
        return shared(Py_False);
    case XO_TRUE:
        return shared(Py_True);
    case XO_ELLIPSIS:
        return shared(Py_Ellipsis);
    case XO_NOT_IMPLEMENTED:
        return shared(Py_NotImplemented);
    case XO_INT:
        return PyLong_FromLongLong(value->integer);
    case XO_BIGINT:
        return convert_big_integer(value);
    case XO_FLOAT:
        return PyFloat_FromDouble(value->real);
    case XO_COMPLEX:
        return PyComplex_FromDoubles(value->real, value->imaginary);
    case XO_STR:
        return convert_text((const char *)value->bytes, value->size_bytes);
    case XO_BYTES:
        return PyBytes_FromStringAndSize((const char *)value->bytes, (Py_ssize_t)value->size_bytes);
    case XO_OBJECT:
        return ref_new(state->ref_type, value->object);
    }
    PyErr_SetString(state->corrupt_recording_error, "the recording holds a value of an unknown kind");
    return NULL;
}

PyObject *
convert_values(const binding_state *state, const xo_value *values, size_t count)
{
    PyObject *list = PyList_New((Py_ssize_t)count);
    for (size_t i = 0; list != NULL && i < count; i++) {
        PyObject *value = convert_value(state, &values[i]);
        if (value == NULL) {
            Py_CLEAR(list);
        } else {
            PyList_SET_ITEM(list, (Py_ssize_t)i, value);
        }
    }
    return list;
}

PyObject *
convert_step(const binding_state *state, const xo_step_view *step)
{
    size_t kind = (size_t)step->kind < STEP_KIND_COUNT ? (size_t)step->kind : 0;
    return Py_BuildValue("(KOIKIIi)", (unsigned long long)step->step, state->step_kinds[kind], step->thread,
                         (unsigned long long)step->frame, step->depth, step->code, step->line);
}

static PyObject *
convert_lines(const int32_t *lines, size_t count)
{
    PyObject *tuple = PyTuple_New((Py_ssize_t)count);
    for (size_t i = 0; tuple != NULL && i < count; i++) {
        PyObject *line = PyLong_FromLong(lines[i]);
        if (line == NULL) {
            Py_CLEAR(tuple);
        } else {
            PyTuple_SET_ITEM(tuple, (Py_ssize_t)i, line);
        }
    }
    return tuple;
}

static PyObject *
convert_names(const char *const *names, size_t count)
{
    PyObject *tuple = PyTuple_New((Py_ssize_t)count);
    for (size_t i = 0; tuple != NULL && i < count; i++) {
        PyObject *name = convert_name(names[i]);
        if (name == NULL) {
            Py_CLEAR(tuple);
        } else {
            PyTuple_SET_ITEM(tuple, (Py_ssize_t)i, name);
        }
    }
    return tuple;
}

PyObject *
convert_code(const xo_code_view *code)
{
    return Py_BuildValue("(INNiINNN)", code->file, convert_name(code->name), convert_name(code->qualname),
                         code->first_line, code->flags, convert_lines(code->lines, code->line_count),
                         convert_names(code->variable_names, code->variable_count),
                         PyBytes_FromStringAndSize((const char *)code->variable_flags,
                                                   (Py_ssize_t)code->variable_count));
}

PyObject *
convert_stack(const xo_frame_view *frames, size_t count)
{
    PyObject *list = PyList_New((Py_ssize_t)count);
    for (size_t i = 0; list != NULL && i < count; i++) {
        const xo_frame_view *frame = &frames[i];
        PyObject *item = Py_BuildValue("(KIiIKK)", (unsigned long long)frame->frame, frame->code, frame->line,
                                       frame->depth, (unsigned long long)frame->globals,
                                       (unsigned long long)frame->locals);
        if (item == NULL) {
            Py_CLEAR(list);
        } else {
            PyList_SET_ITEM(list, (Py_ssize_t)i, item);
        }
    }
    return list;
}

static PyObject *
convert_pair(const binding_state *state, const xo_entry *entry)
{
    PyObject *key = convert_value(state, &entry->key);
    if (key == NULL) {
        return NULL;
    }
    PyObject *value = convert_value(state, &entry->value);
    PyObject *pair = value == NULL ? NULL : PyTuple_New(2);
    if (pair == NULL) {
        Py_DECREF(key);
        Py_XDECREF(value);
        return NULL;
    }
    PyTuple_SET_ITEM(pair, 0, key);
    PyTuple_SET_ITEM(pair, 1, value);
    return pair;
}

static PyObject *
convert_entries(const binding_state *state, const xo_entry *entries, size_t count, bool pairs)
{
    PyObject *list = PyList_New((Py_ssize_t)count);
    for (size_t i = 0; list != NULL && i < count; i++) {
        PyObject *item = pairs ? convert_pair(state, &entries[i]) : convert_value(state, &entries[i].value);
        if (item == NULL) {
            Py_CLEAR(list);
        } else {
            PyList_SET_ITEM(list, (Py_ssize_t)i, item);
        }
    }
    return list;
}

static PyObject *
convert_numbers(const uint64_t *numbers, size_t count)
{
    PyObject *tuple = PyTuple_New((Py_ssize_t)count);
    for (size_t i = 0; tuple != NULL && i < count; i++) {
        PyObject *number = PyLong_FromUnsignedLongLong(numbers[i]);
        if (number == NULL) {
            Py_CLEAR(tuple);
        } else {
            PyTuple_SET_ITEM(tuple, (Py_ssize_t)i, number);
        }
    }
    return tuple;
}

static PyObject *
convert_strides(const int64_t *strides, size_t count)
{
    PyObject *tuple = PyTuple_New((Py_ssize_t)count);
    for (size_t i = 0; tuple != NULL && i < count; i++) {
        PyObject *stride = PyLong_FromLongLong(strides[i]);
        if (stride == NULL) {
            Py_CLEAR(tuple);
        } else {
            PyTuple_SET_ITEM(tuple, (Py_ssize_t)i, stride);
        }
    }
    return tuple;
}

/* The bytes, values or number of the memory. A view's memory is not copied: that of its storage is asked for by number. */
static PyObject *
convert_memory(const binding_state *state, const xo_buffer_contents *buffer)
{
    if (buffer->storage != 0) {
        return ref_new(state->ref_type, buffer->storage);
    }
    if (buffer->flags & XO_BUFFER_VALUES) {
        return convert_values(state, buffer->values, buffer->value_count);
    }
    return PyBytes_FromStringAndSize((const char *)buffer->bytes, (Py_ssize_t)buffer->size_bytes);
}

/* A buffer's contents stand where other objects have their items. */
static PyObject *
convert_buffer(const binding_state *state, const xo_buffer_contents *buffer)
{
    return Py_BuildValue("[NKNNLNOO]", convert_value(state, &buffer->format), (unsigned long long)buffer->item_bytes,
                         convert_numbers(buffer->shape, buffer->dimensions),
                         convert_strides(buffer->strides, buffer->dimensions), (long long)buffer->offset,
                         convert_memory(state, buffer), buffer->flags & XO_BUFFER_READ_ONLY ? Py_True : Py_False,
                         buffer->flags & XO_BUFFER_VALUES ? Py_True : Py_False);
}

PyObject *
convert_contents(const binding_state *state, const xo_contents *contents)
{
    size_t kind = (size_t)contents->kind < OBJECT_KIND_COUNT ? (size_t)contents->kind : 0;
    bool is_dict = contents->kind == XO_KIND_DICT;
    PyObject *items = contents->kind == XO_KIND_BUFFER
                          ? convert_buffer(state, &contents->buffer)
                          : convert_entries(state, contents->items, contents->item_count, is_dict);
    return Py_BuildValue("(OKONNKNNNIiK)", state->object_kinds[kind], (unsigned long long)contents->class_object,
                         contents->unknown ? Py_True : Py_False,
                         items,
                         convert_entries(state, contents->attributes, contents->own_attribute_count, true),
                         (unsigned long long)contents->attribute_dict, convert_value(state, &contents->name),
                         convert_value(state, &contents->module),
                         convert_numbers(contents->bases, contents->base_count), contents->file, contents->line,
                         (unsigned long long)contents->unknown_since);
}

PyObject *
convert_output(const xo_output_view *pieces, size_t count)
{
    PyObject *list = PyList_New((Py_ssize_t)count);
    for (size_t i = 0; list != NULL && i < count; i++) {
        PyObject *item = Py_BuildValue("(KiN)", (unsigned long long)pieces[i].step, pieces[i].stream,
                                       convert_text(pieces[i].text, pieces[i].size_bytes));
        if (item == NULL) {
            Py_CLEAR(list);
        } else {
            PyList_SET_ITEM(list, (Py_ssize_t)i, item);
        }
    }
    return list;
}

PyObject *
convert_history(const binding_state *state, const xo_change *changes, size_t count)
{
    PyObject *list = PyList_New((Py_ssize_t)count);
    for (size_t i = 0; list != NULL && i < count; i++) {
        const xo_change *change = &changes[i];
        PyObject *item = Py_BuildValue("(KOINN)", (unsigned long long)change->step,
                                       change->is_image ? Py_True : Py_False, (unsigned)change->op,
                                       convert_value(state, &change->key), convert_value(state, &change->value));
        if (item == NULL) {
            Py_CLEAR(list);
        } else {
            PyList_SET_ITEM(list, (Py_ssize_t)i, item);
        }
    }
    return list;
}

PyObject *
convert_write(const binding_state *state, const xo_write *write)
{
    PyObject *writer = write->writer < 0 ? shared(Py_None) : PyLong_FromLongLong(write->writer);
    return Py_BuildValue("(KNION)", (unsigned long long)write->step, writer, (unsigned)write->op,
                         write->first ? Py_True : Py_False, convert_value(state, &write->value));
}
