/* functools.partial: what it holds is changed by its __setstate__ only, its attributes are in a dict as others' are. */
#include "changes.h"

static PyCFunction set_state;

static PyObject *
hook_set_state(PyObject *partial, PyObject *state)
{
    PyObject *result = set_state(partial, state);
    xo_touch(partial);
    return result;
}

int
xo_hook_partials(void)
{
    PyObject *module = PyImport_ImportModule("_functools");
    PyObject *type = module == NULL ? NULL : PyObject_GetAttrString(module, "partial");
    Py_XDECREF(module);
    if (type == NULL) {
        return -1;
    }
    int result = xo_patch_method((PyTypeObject *)type, "__setstate__", METH_O, hook_set_state, &set_state);
    if (result == 0) {
        xo_patch_dict_getset((PyTypeObject *)type);
    }
    Py_DECREF(type);
    return result;
}
