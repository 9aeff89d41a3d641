/* Sees every change of a set. */
#include "changes.h"
#include "item_sums.h"
#include "redaction.h"

#include <stdlib.h>

static PyCFunction set_add, set_discard, set_remove, set_pop, set_clear, set_update, set_difference_update,
    set_intersection_update, set_symmetric_difference_update;
static binaryfunc set_ior, set_iand, set_isub, set_ixor;
static initproc set_init;

static Py_ssize_t
used(PyObject *set)
{
    return ((PySetObject *)set)->used;
}

/* `size`: before the change. */
static void
log_element(PyObject *set, xo_op op, PyObject *element, Py_ssize_t size)
{
    XO_EACH_PRECISE(entity, set) {
        if (!xo_length_was(set, entity, size) || xo_is_blurred(set, entity, element)) {
            continue;
        }
        entity->length += op == XO_OP_SET_ADD ? 1 : UINT32_MAX;
        xo_sum_element(entity, element, op == XO_OP_SET_ADD);
        xo_position start = xo_record_begin(xo_owner(entity)->writer, op, entity);
        xo_put_value(xo_owner(entity), element);
        xo_change_end(set, entity, start);
    }
}

/* After an operation that adds (`difference` 1) or removes (-1) at most this element. */
static void
element_changed(PyObject *set, Py_ssize_t size, Py_ssize_t difference, PyObject *element)
{
    if (used(set) == size) {
        return;
    }
    if (used(set) == size + difference
        && (difference > 0 ? xo_new_key_is_plain(element) : xo_key_is_plain(element))) {
        log_element(set, difference > 0 ? XO_OP_SET_ADD : XO_OP_SET_DISCARD, element, size);
    } else {
        xo_touch(set);
    }
}

static PyObject *
change_element(PyObject *set, PyObject *element, PyCFunction original, Py_ssize_t difference)
{
    if (xo_find(set) == NULL) {
        PyObject *plain = original(set, element);
        xo_touch(set); /* it may have become tracked meanwhile */
        return plain;
    }
    Py_ssize_t size = used(set);
    xo_around around;
    xo_around_begin(&around, set, -1);
    PyObject *result = original(set, element);
    if (xo_around_end(&around)) {
        element_changed(set, size, difference, element);
    }
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
    Py_ssize_t size = used(set);
    PyObject *result = set_pop(set, unused);
    if (result != NULL && xo_find(set) != NULL) {
        element_changed(set, size, -1, result);
    }
    return result;
}

/* ---- whole operands ---- */

typedef struct {
    PyObject *element; /* borrowed: of the operand */
    Py_hash_t hash;
} item;
typedef struct {
    item *items; /* owned */
    Py_ssize_t count;
} operand;

/* Takes those elements of `other` whose presence in `set` will change: all that are there (`present` 1), all that are
 * not (0), or both (-1). False when that can't be told without the program's code, or does not pay. */
static bool
pick_element(operand *picked, PyObject *set, const item *found, int present)
{
    int is_there = xo_key_is_plain(found->element) ? xo_set_has(set, found->element, found->hash) : -1;
    if (is_there < 0) {
        return false;
    }
    if (present < 0 || is_there == present) {
        picked->items[picked->count++] = *found;
    }
    return true;
}

static bool
pick(operand *picked, PyObject *set, PyObject *other, int present)
{
    Py_ssize_t size = PyAnySet_CheckExact(other) ? used(other) : -1;
    *picked = (operand){NULL, 0};
    if (size < 0 || size > 2 * used(set) + 16) {
        return false;
    }
    picked->items = malloc(sizeof(item) * (size_t)(size + 1));
    if (picked->items == NULL) {
        return false;
    }
    item next;
    for (Py_ssize_t position = 0; _PySet_NextEntry(other, &position, &next.element, &next.hash);) {
        if (!pick_element(picked, set, &next, present)) {
            return false;
        }
    }
    return true;
}

/* `size`: before the change. */
static void
log_picked(PyObject *set, const operand *picked, Py_ssize_t size)
{
    for (Py_ssize_t i = 0; i < picked->count; i++) {
        bool is_there = xo_set_has(set, picked->items[i].element, picked->items[i].hash) == 1;
        log_element(set, is_there ? XO_OP_SET_ADD : XO_OP_SET_DISCARD, picked->items[i].element, size);
        size += is_there ? 1 : -1;
    }
}

/* Around an operation with one operand; `present` as above. */
typedef struct {
    xo_around around;
    operand picked;
    bool is_picked;
    Py_ssize_t size;
} set_change;

static void
change_begin(set_change *change, PyObject *set, PyObject *other, int present)
{
    change->picked = (operand){NULL, 0};
    change->is_picked = other != NULL && set != other && xo_find(set) != NULL
                        && pick(&change->picked, set, other, present);
    change->size = used(set);
    if (!change->is_picked) {
        xo_look_before(set);
    }
    xo_around_begin(&change->around, set, -1);
}

static void
change_end(set_change *change, PyObject *set)
{
    if (!change->is_picked) {
        xo_whole_end(&change->around);
    } else if (xo_around_end(&change->around)) {
        log_picked(set, &change->picked, change->size);
    }
    free(change->picked.items);
}

enum { PRESENT = 1, ABSENT = 0, BOTH = -1, UNKNOWN = -2 };

static PyObject *
only_of(PyObject *arguments)
{
    return PyTuple_GET_SIZE(arguments) == 1 ? PyTuple_GET_ITEM(arguments, 0) : NULL;
}

/* Each method once for either way of being called: 3.13 passes the arguments of some without a tuple. */
#define METHOD_OF_MANY(name, present)                                                         \
    static PyObject *hook_##name(PyObject *set, PyObject *arguments)                          \
    {                                                                                         \
        set_change change;                                                                    \
        change_begin(&change, set, (present) == UNKNOWN ? NULL : only_of(arguments), present); \
        PyObject *result = set_##name(set, arguments);                                        \
        change_end(&change, set);                                                             \
        return result;                                                                        \
    }                                                                                         \
    static PyObject *fast_##name(PyObject *set, PyObject *const *arguments, Py_ssize_t count) \
    {                                                                                         \
        set_change change;                                                                    \
        change_begin(&change, set, (present) == UNKNOWN || count != 1 ? NULL : arguments[0], present); \
        PyObject *result = XO_FAST(set_##name)(set, arguments, count);                        \
        change_end(&change, set);                                                             \
        return result;                                                                        \
    }
METHOD_OF_MANY(update, ABSENT)
METHOD_OF_MANY(difference_update, PRESENT)
METHOD_OF_MANY(intersection_update, UNKNOWN)

#define OPERATION(name, original, present)                                     \
    static PyObject *name(PyObject *set, PyObject *other)                      \
    {                                                                          \
        set_change change;                                                     \
        change_begin(&change, set, (present) == UNKNOWN ? NULL : other, present); \
        PyObject *result = original(set, other);                               \
        change_end(&change, set);                                              \
        return result;                                                         \
    }
OPERATION(hook_clear, set_clear, UNKNOWN)
OPERATION(hook_symmetric_difference_update, set_symmetric_difference_update, BOTH)
OPERATION(hook_ior, set_ior, ABSENT)
OPERATION(hook_iand, set_iand, UNKNOWN)
OPERATION(hook_isub, set_isub, PRESENT)
OPERATION(hook_ixor, set_ixor, BOTH)

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

#define MANY(name) {#name, METH_VARARGS, hook_##name, XO_AS_FUNCTION(fast_##name), &set_##name}
static const method method_table[] = {
    {"add", METH_O, hook_add, NULL, &set_add},
    {"discard", METH_O, hook_discard, NULL, &set_discard},
    {"remove", METH_O, hook_remove, NULL, &set_remove},
    {"pop", METH_NOARGS, hook_pop, NULL, &set_pop},
    {"clear", METH_NOARGS, hook_clear, NULL, &set_clear},
    MANY(update),
    MANY(difference_update),
    MANY(intersection_update),
    {"symmetric_difference_update", METH_O, hook_symmetric_difference_update, NULL, &set_symmetric_difference_update},
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
