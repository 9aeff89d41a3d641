/* Greenlets exchange the stack within one thread. Their package offers functions to C code, which are looked for once it
 * has been loaded. */
#include "capture.h"

enum { TYPE = 0, GET_CURRENT = 4 }; /* places in the package's table, the same in all its versions */

const void *(*xo_current_greenlet)(void);

static PyObject *(*get_current)(void);
static PyGetSetDef *parent; /* borrowed: of the type, which is static */

/* NULL in a thread's main greenlet, which is the thread itself; the only one without a parent. */
static const void *
current_greenlet(void)
{
    PyObject *greenlet = get_current();
    PyObject *above = greenlet == NULL ? NULL : parent->get(greenlet, parent->closure);
    const void *result = above == Py_None ? NULL : greenlet;
    if (above == NULL) {
        PyErr_Clear();
    }
    Py_XDECREF(above);
    Py_XDECREF(greenlet); /* the thread holds it */
    return result;
}

static void
take(void *const *table)
{
    PyObject *descriptor = PyDict_GetItemString(xo_type_dict(table[TYPE]), "parent");
    if (descriptor == NULL || Py_TYPE(descriptor) != &PyGetSetDescr_Type) {
        return;
    }
    parent = ((PyGetSetDescrObject *)descriptor)->d_getset;
    get_current = (PyObject *(*)(void))table[GET_CURRENT];
    xo_current_greenlet = current_greenlet;
}

void
xo_greenlets_find(void)
{
    if (xo_current_greenlet != NULL) {
        return;
    }
    PyObject *module = PyDict_GetItemString(PyImport_GetModuleDict(), "greenlet._greenlet");
    PyObject *dict = module == NULL || !PyModule_Check(module) ? NULL : PyModule_GetDict(module);
    PyObject *capsule = dict == NULL ? NULL : PyDict_GetItemString(dict, "_C_API");
    if (capsule != NULL && PyCapsule_IsValid(capsule, "greenlet._C_API")) {
        take(PyCapsule_GetPointer(capsule, "greenlet._C_API"));
    }
}
