/* Python values as the log holds them. */
#include "redaction.h"

#include <stdlib.h>

static void
put_big(xo_recorder *recorder, PyObject *number)
{
    size_t size = _PyLong_NumBits(number) / 8 + 1;
    uint8_t small[64];
    uint8_t *bytes = size <= sizeof small ? small : malloc(size);
    if (bytes == NULL || xo_long_bytes(number, bytes, size) < 0) {
        PyErr_Clear();
        recorder->writer->failure = XO_NO_MEMORY;
        xo_put_tag(recorder->writer, XO_TAG_UNBOUND);
    } else {
        xo_put_bigint(recorder->writer, bytes, size);
    }
    if (bytes != small) {
        free(bytes);
    }
}

static void
put_long(xo_recorder *recorder, PyObject *number)
{
    int overflow;
    long long value = PyLong_AsLongLongAndOverflow(number, &overflow);
    if (overflow != 0) {
        put_big(recorder, number);
    } else {
        xo_put_int(recorder->writer, value);
    }
}

static inline void
put_int(xo_recorder *recorder, PyObject *number)
{
    int64_t small;
    if (XO_LIKELY(xo_small_int(number, &small))) {
        xo_put_int(recorder->writer, small);
    } else {
        put_long(recorder, number);
    }
}

static bool
put_singleton(xo_recorder *recorder, const PyObject *value)
{
    xo_tag tag;
    if (value == Py_None) {
        tag = XO_TAG_NONE;
    } else if (value == Py_True) {
        tag = XO_TAG_TRUE;
    } else if (value == Py_False) {
        tag = XO_TAG_FALSE;
    } else if (value == Py_Ellipsis) {
        tag = XO_TAG_ELLIPSIS;
    } else if (value == Py_NotImplemented) {
        tag = XO_TAG_NOT_IMPLEMENTED;
    } else {
        return false;
    }
    xo_put_tag(recorder->writer, tag);
    return true;
}

void
xo_put_scalar_base(xo_recorder *recorder, PyObject *value)
{
    if (PyLong_Check(value)) {
        put_int(recorder, value);
    } else if (PyUnicode_Check(value)) {
        xo_put_text(recorder, value);
    } else if (PyBytes_Check(value)) {
        xo_put_bytes_object(recorder, value);
    } else if (PyFloat_Check(value)) { /* the first that is not told by a flag of the type */
        xo_put_float(recorder->writer, PyFloat_AS_DOUBLE(value));
    } else {
        Py_complex number = ((PyComplexObject *)value)->cval;
        xo_put_complex(recorder->writer, number.real, number.imag);
    }
}

/* Most names of attributes are such. */
static inline bool
put_short_text(xo_recorder *recorder, PyObject *text)
{
    size_t length = (size_t)PyUnicode_GET_LENGTH(text);
    if (XO_UNLIKELY(length > XO_INLINE_BYTES || recorder->redactor != NULL || !PyUnicode_IS_COMPACT_ASCII(text))) {
        return false;
    }
    xo_put_short_str(recorder->writer, PyUnicode_1BYTE_DATA(text), length);
    return true;
}

XO_CONTAINED void
xo_put_shown_value(xo_recorder *recorder, PyObject *value)
{
    if (XO_UNLIKELY(value == NULL)) {
        xo_put_tag(recorder->writer, XO_TAG_UNBOUND);
        return;
    }
    PyTypeObject *type = Py_TYPE(value);
    if (type == &PyLong_Type) {
        put_int(recorder, value);
    } else if (type == &PyUnicode_Type) {
        if (!put_short_text(recorder, value)) {
            xo_put_text(recorder, value);
        }
    } else if (type == &PyFloat_Type || type == &PyBytes_Type || type == &PyComplex_Type) {
        xo_put_scalar_base(recorder, value);
    } else if (!put_singleton(recorder, value)) {
        xo_put_object(recorder->writer, xo_number_of(recorder, value));
    }
}
