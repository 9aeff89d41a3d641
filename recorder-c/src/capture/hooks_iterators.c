/* Iterators that hand out the same tuple again, with other items, once they alone hold it: for the recording, what they
 * return is a new object each time. */
#include "changes.h"

enum { MAX_TYPES = 16 };

static struct {
    PyTypeObject *type; /* borrowed: builtin, or alive as long as its module */
    iternextfunc next;
} reusing[MAX_TYPES];
static size_t reusing_count;

static iternextfunc
original_of(PyTypeObject *type)
{
    for (; type != NULL; type = type->tp_base) {
        for (size_t i = 0; i < reusing_count; i++) {
            if (reusing[i].type == type) {
                return reusing[i].next;
            }
        }
    }
    return NULL;
}

static PyObject *
hook_next(PyObject *iterator)
{
    PyObject *item = original_of(Py_TYPE(iterator))(iterator);
    if (item != NULL && PyTuple_CheckExact(item) && xo_find(item) != NULL) {
        xo_forget(item);
    }
    return item;
}

static void
patch_type(PyTypeObject *type)
{
    if (reusing_count < MAX_TYPES && type->tp_iternext != hook_next) {
        reusing[reusing_count].type = type;
        reusing[reusing_count++].next = type->tp_iternext;
        type->tp_iternext = hook_next;
    }
}

static const char *const itertools_names[] = {"product",  "combinations", "combinations_with_replacement",
                                              "permutations", "zip_longest",  "pairwise", NULL};

static int
patch_itertools(void)
{
    PyObject *module = PyImport_ImportModule("itertools");
    if (module == NULL) {
        return -1;
    }
    for (const char *const *name = itertools_names; *name != NULL; name++) {
        PyObject *type = PyObject_GetAttrString(module, *name);
        if (type == NULL) {
            PyErr_Clear(); /* younger than this interpreter */
        } else {
            patch_type((PyTypeObject *)type);
            Py_DECREF(type);
        }
    }
    Py_DECREF(module);
    return 0;
}

static void
restore(PyTypeObject *type)
{
    if (type->tp_iternext == hook_next) { /* a subclass may have inherited it */
        type->tp_iternext = original_of(type);
    }
}

void
xo_unhook_iterators(void)
{
    (void)xo_each_type(restore);
}

int
xo_hook_iterators(void)
{
    reusing_count = 0;
    patch_type(&PyEnum_Type);
    patch_type(&PyZip_Type);
    patch_type(&PyDictIterItem_Type);
    patch_type(&PyDictRevIterItem_Type);
    return patch_itertools();
}
