#include "slot.h"

#include <string.h>

#include "marks.h"

static bool
take_bytes(slot_arguments *out, xo_value_kind kind, PyObject *bytes)
{
    if (bytes == NULL) {
        return false;
    }
    out->bytes = bytes;
    out->slot.key = (xo_value){
        .kind = kind,
        .bytes = (const uint8_t *)PyBytes_AS_STRING(bytes),
        .size_bytes = (uint64_t)PyBytes_GET_SIZE(bytes),
    };
    return true;
}

/* As many bytes as the two's complement needs, the lowest first. */
static bool
take_large_integer(slot_arguments *out, PyObject *number)
{
    PyObject *bits = PyObject_CallMethod(number, "bit_length", NULL);
    size_t size = bits == NULL ? 0 : PyLong_AsSize_t(bits) / 8 + 1;
    Py_XDECREF(bits);
    if (PyErr_Occurred()) {
        return false;
    }
    PyObject *keywords = Py_BuildValue("{sO}", "signed", Py_True);
    PyObject *method = PyObject_GetAttrString(number, "to_bytes");
    PyObject *args = Py_BuildValue("(ns)", (Py_ssize_t)size, "little");
    bool ready = keywords != NULL && method != NULL && args != NULL;
    PyObject *bytes = ready ? PyObject_Call(method, args, keywords) : NULL;
    Py_XDECREF(args);
    Py_XDECREF(method);
    Py_XDECREF(keywords);
    return take_bytes(out, XO_BIGINT, bytes);
}

static bool
take_integer(slot_arguments *out, PyObject *number)
{
    int overflow;
    long long small = PyLong_AsLongLongAndOverflow(number, &overflow);
    if (overflow != 0) {
        return take_large_integer(out, number);
    }
    out->slot.key = (xo_value){.kind = XO_INT, .integer = small};
    return !PyErr_Occurred();
}

static bool
take_constant(slot_arguments *out, PyObject *key)
{
    const struct {
        PyObject *object;
        xo_value_kind kind;
    } constants[] = {
        {Py_None, XO_NONE},         {Py_False, XO_FALSE},
        {Py_True, XO_TRUE},         {Py_Ellipsis, XO_ELLIPSIS},
        {Py_NotImplemented, XO_NOT_IMPLEMENTED},
    };
    for (size_t i = 0; i < sizeof constants / sizeof *constants; i++) {
        if (constants[i].object == key) {
            out->slot.key.kind = constants[i].kind;
            return true;
        }
    }
    return false;
}

static bool
take_ref(slot_arguments *out, PyObject *ref)
{
    PyObject *number = PyObject_GetAttrString(ref, "number");
    out->slot.key.kind = XO_OBJECT;
    out->slot.key.object = number == NULL ? 0 : PyLong_AsUnsignedLongLong(number);
    Py_XDECREF(number);
    return !PyErr_Occurred();
}

static bool
take_key(const binding_state *state, slot_arguments *out, PyObject *key)
{
    if (take_constant(out, key)) {
        return true;
    }
    if (PyLong_CheckExact(key)) {
        return take_integer(out, key);
    }
    if (PyUnicode_CheckExact(key)) {
        return take_bytes(out, XO_STR, PyUnicode_AsEncodedString(key, "utf-8", "surrogatepass"));
    }
    if (PyBytes_CheckExact(key)) {
        Py_INCREF(key);
        return take_bytes(out, XO_BYTES, key);
    }
    if (PyFloat_CheckExact(key)) {
        out->slot.key.kind = XO_FLOAT;
        out->slot.key.real = PyFloat_AS_DOUBLE(key);
        return true;
    }
    if (PyComplex_CheckExact(key)) {
        Py_complex number = ((PyComplexObject *)key)->cval;
        out->slot.key.kind = XO_COMPLEX;
        out->slot.key.real = number.real;
        out->slot.key.imaginary = number.imag;
        return true;
    }
    if ((PyObject *)Py_TYPE(key) == state->ref_type) {
        return take_ref(out, key);
    }
    PyErr_Format(PyExc_TypeError, "a key is a plain value or a Ref, not %.100s", Py_TYPE(key)->tp_name);
    return false;
}

bool
slot_parse(const binding_state *state, PyObject *args, unsigned long long *n, slot_arguments *out)
{
    static const char *const kinds[] = {"", "variable", "item", "attribute"};
    const char *kind;
    unsigned long long owner;
    PyObject *key;
    *out = (slot_arguments){.bytes = NULL};
    if (!PyArg_ParseTuple(args, "KsKO:last_write", n, &kind, &owner, &key)) {
        return false;
    }
    for (int i = XO_SLOT_VARIABLE; i <= XO_SLOT_ATTRIBUTE; i++) {
        if (strcmp(kind, kinds[i]) == 0) {
            out->slot.kind = (xo_slot_kind)i;
        }
    }
    if (out->slot.kind == 0) {
        PyErr_SetString(PyExc_ValueError, "kind must be 'variable', 'item' or 'attribute'");
        return false;
    }
    out->slot.owner = owner;
    return take_key(state, out, key);
}

void
slot_clear(slot_arguments *arguments)
{
    Py_CLEAR(arguments->bytes);
}
