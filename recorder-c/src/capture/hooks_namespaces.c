/* Types written in C whose objects are nothing more than a dict of attributes, as types.SimpleNamespace is. */
#include "namespaces.h"

#include "changes.h"

static initproc namespace_init;

bool
xo_is_namespace_type(const PyTypeObject *type)
{
    Py_ssize_t room = (Py_ssize_t)(sizeof(PyObject) + (type->tp_weaklistoffset > 0 ? 2 : 1) * sizeof(PyObject *));
    return type->tp_dictoffset > 0 && type->tp_basicsize == room && type->tp_itemsize == 0
           && !xo_made_by_class_statement(type) && type->tp_finalize == NULL && xo_hooks_attributes_of(type);
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
    namespace_init = Py_TYPE(implementation)->tp_init;
    xo_patch_slot(0, offsetof(PyTypeObject, tp_init), (void *)namespace_init, (void *)hook_init);
    return 0;
}
