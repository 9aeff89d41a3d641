/* Tells the recorder when a tracked object ends, so that its address can be used again by another.
 *
 * Every type's tp_dealloc is replaced when its first instance becomes tracked, but not that of a class written in
 * Python: subtype_dealloc calls its base's, which is where we stand. */
#include "finalizers.h"
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
static void freed_class(PyObject *object);
static void freed_bare(PyObject *object);

static destructor class_dealloc, bare_dealloc;
static destructor list_dealloc, tuple_dealloc, dict_dealloc, set_dealloc, ordered_dict_dealloc, traceback_dealloc;
#if XO_BUILTINS_NEST
static destructor builtin_dealloc;
#endif

typedef struct {
    PyTypeObject *type;
    destructor hook;
    destructor *original;
} known_type;

/* Types whose hook knows what it stands for. Instances of most of these may be nested deeply: their own deallocators
 * avoid deep recursion only while they are the type's tp_dealloc, so our hooks have to. Those of `type` and `object` are
 * what deallocators in C end with: some keep a copy from import to the end of the process, and static types that are
 * made ready inherit the latter. */
static const known_type known_types[] = {
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
    {&PyType_Type, freed_class, &class_dealloc},   {&PyBaseObject_Type, freed_bare, &bare_dealloc},
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

static void
freed_class(PyObject *object)
{
    forget(object);
    xo_map_remove(&originals, object); /* its own deallocator may be replaced */
    class_dealloc(object);
}

static void
freed_bare(PyObject *object)
{
    forget(object);
    bare_dealloc(object);
}

static bool
is_hook(destructor dealloc)
{
    if (dealloc == freed || dealloc == freed_bare) { /* nearly always */
        return true;
    }
    const known_type *known = known_types;
    while (known->type != NULL && known->hook != dealloc) {
        known++;
    }
    return known->type != NULL;
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

/* A static type that was made ready meanwhile has inherited the hook of its base: this is the base. */
static PyTypeObject *
source_of(PyTypeObject *owner)
{
    while (xo_map_get(&originals, owner) == NULL && owner->tp_base != NULL) {
        owner = owner->tp_base;
    }
    return owner;
}

static destructor
original_of(PyTypeObject *owner)
{
    return (destructor)xo_map_get(&originals, source_of(owner));
}

/* The next base with a deallocator of its own. */
static PyTypeObject *
above(PyTypeObject *type)
{
    destructor done = original_of(type);
    PyTypeObject *base = source_of(type);
    while (base->tp_base != NULL && original_of(base) == done) {
        base = base->tp_base;
    }
    return source_of(base);
}

/* The deallocators that run: a type's own, in C, may call that of its base, and finds our hook again. */
static xo_pointer_map running; /* object -> PyTypeObject * */

static PyTypeObject *
running_of(PyObject *object)
{
    PyTypeObject *type = running.count == 0 ? NULL : xo_map_get(&running, object);
    return type != NULL && PyType_IsSubtype(Py_TYPE(object), type) ? type : NULL;
}

/* Not ours any more, but C code kept a copy of a base's: the next above the object's own, which calls it. */
static destructor
copied_from(PyTypeObject *type)
{
    const PyTypeObject *owner = owner_of(type);
    const PyTypeObject *base = owner;
    while (base->tp_base != NULL && base->tp_dealloc == owner->tp_dealloc) {
        base = base->tp_base;
    }
    return base->tp_dealloc;
}

/* Runs the deallocator that `owner` gives, and had before us. */
static void
end(PyObject *object, PyTypeObject *owner)
{
    destructor original = (destructor)xo_map_get(&originals, owner);
    if (original == NULL) {
        copied_from(Py_TYPE(object))(object);
        return;
    }
    const PyTypeObject *base = owner == &PyBaseObject_Type ? owner : above(owner);
    if (PyType_Check(object)) { /* a heap type may end while its own deallocator is replaced */
        xo_map_remove(&originals, object);
    }
    if (base == owner || base == &PyBaseObject_Type) {
        original(object); /* the last call: chains that end by recursion need no more of the stack than without us */
        return;
    }
    (void)xo_map_set(&running, object, owner);
    original(object);
    xo_map_remove(&running, object);
}

/* Of types that are not known to nest deeply, but may: exceptions by their causes, filters. Their own deallocators take
 * the collector's mark off, and some insist that it is there. */
static void
freed(PyObject *object)
{
    PyTypeObject *before = running_of(object);
    PyTypeObject *owner = before != NULL ? above(before) : source_of(owner_of(Py_TYPE(object)));
    forget(object);
    if (before != NULL || !PyObject_IS_GC(object) || PyType_Check(object) || Py_TYPE(object)->tp_dealloc != freed
        || !xo_has_thread()) {
        end(object, owner);
        return;
    }
    PyObject_GC_UnTrack(object);
    XO_TRASHCAN_BEGIN(object, freed)
    PyObject_GC_Track(object);
    if (Py_TYPE(object)->tp_finalize != NULL) {
        xo_end_finalized(object, owner, end);
    } else {
        end(object, owner);
    }
    XO_TRASHCAN_END
}

static const known_type *
find_known(const PyTypeObject *type)
{
    const known_type *known = known_types;
    while (known->type != NULL && known->type != type) {
        known++;
    }
    return known->type == NULL ? NULL : known;
}

void
xo_watch_lifetime(PyTypeObject *type)
{
    PyTypeObject *owner = owner_of(type);
    if (is_hook(owner->tp_dealloc)) {
        return;
    }
    const known_type *known = find_known(owner);
    if (known != NULL) {
        *known->original = owner->tp_dealloc;
    }
    if (xo_map_set(&originals, owner, (void *)owner->tp_dealloc)) {
        owner->tp_dealloc = known != NULL ? known->hook : freed;
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
