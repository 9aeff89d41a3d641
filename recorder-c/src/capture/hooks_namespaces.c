/* types.SimpleNamespace: written in C, but nothing more than a dict of attributes. */
#include "namespaces.h"

#include "changes.h"

static PyTypeObject *namespace_type; /* borrowed: it is static */
static initproc namespace_init;

bool
xo_is_namespace_type(const PyTypeObject *type)
{
    return type == namespace_type;
}

/* namespace.__init__(**attributes), once more */
static int
hook_init(PyObject *namespace, PyObject *arguments, PyObject *names)
{
    int result = namespace_init(namespace, arguments, names);
    PyObject *dict = xo_find(namespace) == NULL ? NULL : xo_existing_dict(namespace);
    if (dict != NULL) {
        xo_touch(dict);
    }
    return result;
}

int
xo_hook_namespaces(void)
{
    PyObject *implementation = PySys_GetObject("implementation"); /* sys makes it of this type */
    if (implementation == NULL || strcmp(Py_TYPE(implementation)->tp_name, "types.SimpleNamespace") != 0) {
        return 0;
    }
    namespace_type = Py_TYPE(implementation);
    namespace_init = namespace_type->tp_init;
    xo_patch_slot(0, offsetof(PyTypeObject, tp_init), (void *)namespace_init, (void *)hook_init);
    return 0;
}
