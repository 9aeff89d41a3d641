/* collections.defaultdict: its __init__, called once more, sets another factory, which no watcher of dicts sees. */
#include "changes.h"
#include "hooks.h"

static initproc default_dict_init;

/* The factory is set before anything else: a step inside, of an argument's iterator, shows it, too. */
static int
hook_init(PyObject *dict, PyObject *arguments, PyObject *names)
{
    xo_touch(dict);
    return default_dict_init(dict, arguments, names);
}

int
xo_hook_default_dicts(void)
{
    PyObject *module = PyImport_ImportModule("_collections");
    PyObject *type = module == NULL ? NULL : PyObject_GetAttrString(module, "defaultdict");
    Py_XDECREF(module);
    if (type == NULL) {
        return -1;
    }
    default_dict_init = ((PyTypeObject *)type)->tp_init;
    Py_DECREF(type); /* its module holds it */
    xo_patch_slot(0, offsetof(PyTypeObject, tp_init), (void *)default_dict_init, (void *)hook_init);
    return 0;
}
