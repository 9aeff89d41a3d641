/* Keys and elements that the reader can compare by itself, just as Python would. */
#include "capture.h"

enum { MAX_DEPTH = 8 };

static bool
is_plain(PyObject *key, int depth)
{
    PyTypeObject *type = Py_TYPE(key);
    if (type == &PyUnicode_Type || type == &PyLong_Type || type == &PyFloat_Type || type == &PyBool_Type
        || type == &PyBytes_Type || type == &PyComplex_Type || key == Py_None || key == Py_Ellipsis) {
        return true;
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
