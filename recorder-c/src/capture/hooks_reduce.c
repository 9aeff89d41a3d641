/* What pickle and copy ask an object for: its state is its __dict__ itself, taken past the descriptor. */
#include "capture.h"
#include "changes.h"

static PyCFunction object_reduce, object_reduce_ex, exception_reduce, import_error_reduce, os_error_reduce;

static PyObject *
hand_out(PyObject *object, PyObject *state)
{
    if (state != NULL) {
        xo_dict_handed_out(object);
    }
    return state;
}

static PyObject *
hook_reduce(PyObject *object, PyObject *none)
{
    return hand_out(object, object_reduce(object, none));
}

static PyObject *
hook_reduce_ex(PyObject *object, PyObject *protocol)
{
    return hand_out(object, object_reduce_ex(object, protocol));
}

static PyObject *
hook_exception_reduce(PyObject *object, PyObject *none)
{
    return hand_out(object, exception_reduce(object, none));
}

static PyObject *
hook_import_error_reduce(PyObject *object, PyObject *none)
{
    return hand_out(object, import_error_reduce(object, none));
}

static PyObject *
hook_os_error_reduce(PyObject *object, PyObject *none)
{
    return hand_out(object, os_error_reduce(object, none));
}

/* object.__getstate__ stays as it is: CPython compares its address, and is stricter with what it knows. */
int
xo_hook_reduce(void)
{
    PyTypeObject *exception = (PyTypeObject *)PyExc_BaseException;
    PyTypeObject *import_error = (PyTypeObject *)PyExc_ImportError, *os_error = (PyTypeObject *)PyExc_OSError;
    bool made = xo_patch_method(&PyBaseObject_Type, "__reduce__", METH_NOARGS, hook_reduce, &object_reduce) == 0
                && xo_patch_method(&PyBaseObject_Type, "__reduce_ex__", METH_O, hook_reduce_ex, &object_reduce_ex) == 0
                && xo_patch_method(exception, "__reduce__", METH_NOARGS, hook_exception_reduce, &exception_reduce) == 0
                && xo_patch_method(import_error, "__reduce__", METH_NOARGS, hook_import_error_reduce, &import_error_reduce) == 0
                && xo_patch_method(os_error, "__reduce__", METH_NOARGS, hook_os_error_reduce, &os_error_reduce) == 0;
    return made ? 0 : -1;
}
