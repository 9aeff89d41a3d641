/* Sees every change of a set. */
#include "changes.h"

static PyCFunction set_add, set_discard, set_remove, set_pop, set_clear, set_update, set_difference_update,
    set_intersection_update, set_symmetric_difference_update;
static binaryfunc set_ior, set_iand, set_isub, set_ixor;
static initproc set_init;

static Py_ssize_t
used(PyObject *set)
{
    return ((PySetObject *)set)->used;
}

static void
log_element(PyObject *set, xo_entity *entity, xo_op op, PyObject *element)
{
    xo_position start = xo_record_begin(xo_active->writer, op, entity);
    xo_put_value(xo_active, element);
    xo_change_end(xo_active, set, entity, start);
}

/* After an operation that adds (`difference` 1) or removes (-1) at most this element. */
static void
element_changed(PyObject *set, xo_position before, Py_ssize_t size, Py_ssize_t difference, PyObject *element)
{
    xo_entity *entity = xo_precise(set);
    if (entity == NULL) {
        return;
    }
    if (entity->position == before && used(set) == size) {
        return;
    }
    if (entity->position == before && used(set) == size + difference
        && (difference > 0 ? xo_new_key_is_plain(element) : xo_key_is_plain(element))) {
        log_element(set, entity, difference > 0 ? XO_OP_SET_ADD : XO_OP_SET_DISCARD, element);
    } else {
        xo_mark_dirty(xo_active, set, entity);
    }
}

static PyObject *
change_element(PyObject *set, PyObject *element, PyCFunction original, Py_ssize_t difference)
{
    xo_entity *entity = xo_precise(set);
    if (entity == NULL) {
        return original(set, element);
    }
    xo_position before = entity->position;
    Py_ssize_t size = used(set);
    xo_open_operation operation;
    xo_operation_begin(&operation, set, -1);
    PyObject *result = original(set, element);
    xo_operation_end(&operation);
    element_changed(set, before, size, difference, element);
    return result;
}

static PyObject *
hook_add(PyObject *set, PyObject *element)
{
    return change_element(set, element, set_add, 1);
}

static PyObject *
hook_discard(PyObject *set, PyObject *element)
{
    return change_element(set, element, set_discard, -1);
}

static PyObject *
hook_remove(PyObject *set, PyObject *element)
{
    return change_element(set, element, set_remove, -1);
}

static PyObject *
hook_pop(PyObject *set, PyObject *unused)
{
    xo_entity *entity = xo_precise(set);
    xo_position before = entity == NULL ? 0 : entity->position;
    Py_ssize_t size = used(set);
    PyObject *result = set_pop(set, unused);
    if (result != NULL) {
        element_changed(set, before, size, -1, result);
    }
    return result;
}

static PyObject *
change_whole(PyObject *set, PyObject *argument, PyCFunction original)
{
    xo_whole whole;
    xo_whole_begin(&whole, set);
    PyObject *result = original(set, argument);
    xo_whole_end(&whole);
    return result;
}

static PyObject *
change_in_place(PyObject *set, PyObject *other, binaryfunc original)
{
    xo_whole whole;
    xo_whole_begin(&whole, set);
    PyObject *result = original(set, other);
    xo_whole_end(&whole);
    return result;
}

static PyObject *
change_whole_fast(PyObject *set, PyObject *const *arguments, Py_ssize_t count, PyCFunction original)
{
    xo_whole whole;
    xo_whole_begin(&whole, set);
    PyObject *result = XO_FAST(original)(set, arguments, count);
    xo_whole_end(&whole);
    return result;
}

/* Each method once for either way of being called: 3.13 passes the arguments of some without a tuple. */
#define WHOLE_METHOD(name)                                                                   \
    static PyObject *hook_##name(PyObject *set, PyObject *argument)                          \
    {                                                                                        \
        return change_whole(set, argument, set_##name);                                      \
    }                                                                                        \
    static PyObject *fast_##name(PyObject *set, PyObject *const *arguments, Py_ssize_t count) \
    {                                                                                        \
        return change_whole_fast(set, arguments, count, set_##name);                         \
    }
WHOLE_METHOD(clear)
WHOLE_METHOD(update)
WHOLE_METHOD(difference_update)
WHOLE_METHOD(intersection_update)
WHOLE_METHOD(symmetric_difference_update)

#define IN_PLACE(name)                                        \
    static PyObject *hook_##name(PyObject *set, PyObject *other) \
    {                                                         \
        return change_in_place(set, other, set_##name);       \
    }
IN_PLACE(ior)
IN_PLACE(iand)
IN_PLACE(isub)
IN_PLACE(ixor)

static int
hook_init(PyObject *set, PyObject *arguments, PyObject *names)
{
    xo_whole whole;
    xo_whole_begin(&whole, set);
    int result = set_init(set, arguments, names);
    xo_whole_end(&whole);
    return result;
}

typedef struct {
    const char *name;
    int flags;
    PyCFunction hook;
    PyCFunction fast_hook; /* for METH_FASTCALL; NULL: there is no such version */
    PyCFunction *original;
} method;

#define WHOLE(name, flags) {#name, flags, hook_##name, XO_AS_FUNCTION(fast_##name), &set_##name}
static const method method_table[] = {
    {"add", METH_O, hook_add, NULL, &set_add},
    {"discard", METH_O, hook_discard, NULL, &set_discard},
    {"remove", METH_O, hook_remove, NULL, &set_remove},
    {"pop", METH_NOARGS, hook_pop, NULL, &set_pop},
    WHOLE(clear, METH_NOARGS),
    WHOLE(update, METH_VARARGS),
    WHOLE(difference_update, METH_VARARGS),
    WHOLE(intersection_update, METH_VARARGS),
    WHOLE(symmetric_difference_update, METH_O),
    {NULL, 0, NULL, NULL, NULL},
};

static int
patch_method(const method *m)
{
    bool is_fast = m->fast_hook != NULL && xo_method_flags(&PySet_Type, m->name) == METH_FASTCALL;
    return is_fast ? xo_patch_method(&PySet_Type, m->name, METH_FASTCALL, m->fast_hook, m->original)
                   : xo_patch_method(&PySet_Type, m->name, m->flags, m->hook, m->original);
}

static void
patch_operator(size_t offset, binaryfunc *original, binaryfunc hook)
{
    *original = *(binaryfunc *)((char *)PySet_Type.tp_as_number + offset);
    xo_patch_slot(offsetof(PyTypeObject, tp_as_number), offset, (void *)*original, (void *)hook);
}

int
xo_hook_sets(void)
{
    patch_operator(offsetof(PyNumberMethods, nb_inplace_or), &set_ior, hook_ior);
    patch_operator(offsetof(PyNumberMethods, nb_inplace_and), &set_iand, hook_iand);
    patch_operator(offsetof(PyNumberMethods, nb_inplace_subtract), &set_isub, hook_isub);
    patch_operator(offsetof(PyNumberMethods, nb_inplace_xor), &set_ixor, hook_ixor);
    set_init = PySet_Type.tp_init;
    xo_patch_slot(0, offsetof(PyTypeObject, tp_init), (void *)set_init, (void *)hook_init);
    for (const method *m = method_table; m->name != NULL; m++) {
        if (patch_method(m) < 0) {
            return -1;
        }
    }
    return 0;
}
