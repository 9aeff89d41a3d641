/* Tells the recorder when a tracked object ends, so that its address can be used again by another.
 *
 * Every type's tp_dealloc is replaced when its first instance becomes tracked, but not that of a class written in
 * Python: subtype_dealloc calls its base's, which is where we stand. */
#include "hooks.h"

destructor xo_subtype_dealloc;

static xo_pointer_map originals; /* PyTypeObject * -> its own tp_dealloc */

static void freed(PyObject *object);
static void freed_list(PyObject *object);
static void freed_tuple(PyObject *object);
static void freed_dict(PyObject *object);
static void freed_set(PyObject *object);
static void freed_ordered_dict(PyObject *object);
#if XO_SHOWS_WRAPPERS
static void freed_wrapper(PyObject *object);
static destructor wrapper_dealloc;
#endif
#if XO_BUILTINS_NEST
static void freed_builtin(PyObject *object);
#endif
static void freed_traceback(PyObject *object);

static destructor list_dealloc, tuple_dealloc, dict_dealloc, set_dealloc, ordered_dict_dealloc, traceback_dealloc;
#if XO_BUILTINS_NEST
static destructor builtin_dealloc;
#endif

typedef struct {
    PyTypeObject *type;
    destructor hook;
    destructor *original;
} deep_type;

/* Types whose instances may be nested deeply: their own deallocators avoid deep recursion only while they are the
 * type's tp_dealloc, so our hooks have to. */
static const deep_type deep_types[] = {
    {&PyList_Type, freed_list, &list_dealloc},     {&PyTuple_Type, freed_tuple, &tuple_dealloc},
    {&PyDict_Type, freed_dict, &dict_dealloc},     {&PySet_Type, freed_set, &set_dealloc},
    {&PyFrozenSet_Type, freed_set, &set_dealloc},  {&PyTraceBack_Type, freed_traceback, &traceback_dealloc},
    {&PyODict_Type, freed_ordered_dict, &ordered_dict_dealloc},
#if XO_SHOWS_WRAPPERS
    {&_PyMethodWrapper_Type, freed_wrapper, &wrapper_dealloc},
#endif
#if XO_BUILTINS_NEST
    {&PyCFunction_Type, freed_builtin, &builtin_dealloc},
#endif
    {NULL, NULL, NULL},
};

static inline void
forget(PyObject *object)
{
    if (xo_find(object) != NULL) {
        xo_forget(object);
    }
}

#define DEEP_HOOK(name, original)                    \
    static void name(PyObject *object)               \
    {                                                \
        forget(object);                              \
        PyObject_GC_UnTrack(object);                 \
        XO_TRASHCAN_BEGIN(object, name)              \
        original(object);                            \
        XO_TRASHCAN_END                              \
    }

DEEP_HOOK(freed_list, list_dealloc)
DEEP_HOOK(freed_tuple, tuple_dealloc)
DEEP_HOOK(freed_dict, dict_dealloc)
DEEP_HOOK(freed_set, set_dealloc)
DEEP_HOOK(freed_ordered_dict, ordered_dict_dealloc)
#if XO_SHOWS_WRAPPERS
DEEP_HOOK(freed_wrapper, wrapper_dealloc)
#endif
#if XO_BUILTINS_NEST
/* The first releases of 3.8 and 3.9 insist on a tracked object. */
static void
end_builtin(PyObject *object)
{
    PyObject_GC_Track(object);
    builtin_dealloc(object);
}

DEEP_HOOK(freed_builtin, end_builtin)
#endif
DEEP_HOOK(freed_traceback, traceback_dealloc)

static bool
is_hook(destructor dealloc)
{
    const deep_type *deep = deep_types;
    while (deep->type != NULL && deep->hook != dealloc) {
        deep++;
    }
    return dealloc == freed || deep->type != NULL;
}

/* The type that gave the running hook: the nearest base that is not a class written in Python. */
static PyTypeObject *
owner_of(PyTypeObject *type)
{
    while (type->tp_dealloc == xo_subtype_dealloc && type->tp_base != NULL) {
        type = type->tp_base;
    }
    return type;
}

/* A static type that was made ready meanwhile has inherited the hook of its base. */
static destructor
original_of(PyTypeObject *owner)
{
    void *original;
    while ((original = xo_map_get(&originals, owner)) == NULL && owner->tp_base != NULL) {
        owner = owner->tp_base;
    }
    return (destructor)original;
}

static void
freed(PyObject *object)
{
    destructor original = original_of(owner_of(Py_TYPE(object)));
    forget(object);
    if (PyType_Check(object)) { /* a heap type may end while its own deallocator is replaced */
        xo_map_remove(&originals, object);
    }
    original(object);
}

static const deep_type *
find_deep(const PyTypeObject *type)
{
    const deep_type *deep = deep_types;
    while (deep->type != NULL && deep->type != type) {
        deep++;
    }
    return deep->type == NULL ? NULL : deep;
}

void
xo_watch_lifetime(PyTypeObject *type)
{
    PyTypeObject *owner = owner_of(type);
    if (is_hook(owner->tp_dealloc)) {
        return;
    }
    const deep_type *deep = find_deep(owner);
    if (deep != NULL) {
        *deep->original = owner->tp_dealloc;
    }
    if (xo_map_set(&originals, owner, (void *)owner->tp_dealloc)) {
        owner->tp_dealloc = deep != NULL ? deep->hook : freed;
    }
}

static void
restore(PyTypeObject *type)
{
    if (is_hook(type->tp_dealloc)) {
        type->tp_dealloc = original_of(type);
    }
}

/* Those that no base knows: up to 3.9, a few static types are never made ready. */
static void
restore_strangers(void)
{
    for (size_t i = 0; originals.pairs != NULL && i <= originals.mask; i++) {
        if (originals.pairs[i].key != NULL) {
            restore((PyTypeObject *)originals.pairs[i].key);
        }
    }
}

void
xo_lifetimes_restore(void)
{
    (void)xo_each_type(restore);
    restore_strangers();
    xo_map_free(&originals);
}

/* The deallocator that every class statement gives its class. */
int
xo_lifetimes_init(void)
{
    PyObject *probe = PyObject_CallFunction((PyObject *)&PyType_Type, "s(){}", "probe");
    if (probe == NULL) {
        return -1;
    }
    xo_subtype_dealloc = ((PyTypeObject *)probe)->tp_dealloc;
    Py_DECREF(probe);
    return 0;
}
