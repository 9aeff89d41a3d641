/* Keys and elements that the reader can compare by itself, just as Python would. */
#include "capture.h"

#include <math.h>

enum { MAX_DEPTH = 8 };

static bool
is_plain(PyObject *key, int depth)
{
    PyTypeObject *type = Py_TYPE(key);
    if (type == &PyUnicode_Type || type == &PyLong_Type || type == &PyBool_Type || type == &PyBytes_Type
        || key == Py_None || key == Py_Ellipsis) {
        return true;
    }
    if (type == &PyFloat_Type) { /* nan is found by identity only, which a value does not have */
        return !isnan(PyFloat_AS_DOUBLE(key));
    }
    if (type == &PyComplex_Type) {
        Py_complex number = ((PyComplexObject *)key)->cval;
        return !isnan(number.real) && !isnan(number.imag);
    }
    if (PyTuple_Check(key) && type->tp_richcompare == PyTuple_Type.tp_richcompare) {
        for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(key); i++) {
            if (depth == 0 || !is_plain(PyTuple_GET_ITEM(key, i), depth - 1)) {
                return false;
            }
        }
        return true;
    }
    /* compared by identity, as long as nobody says otherwise */
    return type->tp_richcompare == PyBaseObject_Type.tp_richcompare || type == &PyType_Type || type == &PyFunction_Type;
}

bool
xo_key_is_plain(PyObject *key)
{
    return is_plain(key, MAX_DEPTH);
}

static bool
hashes_plainly(PyObject *key, int depth)
{
    PyTypeObject *type = Py_TYPE(key);
    bool result = type->tp_hash == xo_native_base(type)->tp_hash;
    for (Py_ssize_t i = 0; PyTuple_Check(key) && i < PyTuple_GET_SIZE(key) && result; i++) {
        result = depth > 0 && hashes_plainly(PyTuple_GET_ITEM(key, i), depth - 1);
    }
    return result;
}

/* Whether a key that is plain can also be looked up without a __hash__ of the program's. */
bool
xo_hash_is_plain(PyObject *key)
{
    return hashes_plainly(key, MAX_DEPTH);
}

/* Whether the reader can tell that a key that was not there before is new. */
bool
xo_new_key_is_plain(PyObject *key)
{
    bool by_value = PyFloat_Check(key) || PyComplex_Check(key) || PyTuple_Check(key) || PyFrozenSet_Check(key);
    return !by_value || xo_key_is_plain(key);
}

/* Of a dict's key that is recorded. */
void
xo_note_key(xo_entity *entity, PyObject *key)
{
    if (!PyUnicode_CheckExact(key) && !xo_key_is_plain(key)) {
        entity->user |= XO_ODD_KEYS;
    }
}
