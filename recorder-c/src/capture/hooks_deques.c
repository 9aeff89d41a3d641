/* Sees every change of a deque, which is recorded as a list. */
#include "deques.h"

static PyTypeObject *deque_type; /* borrowed: kept by its module */
static PyCFunction deque_append, deque_appendleft, deque_pop, deque_popleft, deque_extend, deque_extendleft,
    deque_insert, deque_remove, deque_reverse, deque_rotate, deque_clear;
static ssizeobjargproc deque_ass_item;
static binaryfunc deque_inplace_concat;
static ssizeargfunc deque_inplace_repeat;
static initproc deque_init;

/* The beginning of CPython's deque, the same in all versions. */
enum { BLOCK_LENGTH = 64 };
typedef struct block {
    struct block *left;
    PyObject *items[BLOCK_LENGTH];
    struct block *right;
} block;
typedef struct {
    PyObject_VAR_HEAD
    block *left_block, *right_block;
    Py_ssize_t left_index, right_index;
    size_t state;
    Py_ssize_t max_length;
} deque;

bool
xo_is_deque(PyObject *object)
{
    return deque_type != NULL && PyObject_TypeCheck(object, deque_type);
}

PyObject *
xo_deque_max_length(PyObject *object)
{
    Py_ssize_t length = ((deque *)object)->max_length;
    return length < 0 ? Py_NewRef(Py_None) : PyLong_FromSsize_t(length);
}

void
xo_put_deque(xo_recorder *recorder, PyObject *object)
{
    const deque *items = (deque *)object;
    const block *at = items->left_block;
    Py_ssize_t index = items->left_index, left = Py_SIZE(object);
    xo_put_varint(recorder->writer, (uint64_t)left);
    for (; left > 0; left--) {
        xo_put_value(recorder, at->items[index]);
        if (++index == BLOCK_LENGTH) {
            index = 0;
            at = at->right;
        }
    }
}

static void
log_splice(PyObject *object, Py_ssize_t first, Py_ssize_t removed, PyObject *added)
{
    XO_EACH_PRECISE(entity, object) {
        xo_recorder *recorder = xo_owner(entity);
        xo_position start = xo_record_begin(recorder->writer, XO_OP_LIST_SPLICE, entity);
        xo_put_varint(recorder->writer, (uint64_t)first);
        xo_put_varint(recorder->writer, (uint64_t)removed);
        xo_put_varint(recorder->writer, added == NULL ? 0 : 1);
        if (added != NULL) {
            xo_put_value(recorder, added);
        }
        xo_change_end(object, entity, start);
    }
}

/* ---- one item at an end ---- */

static bool
is_full(PyObject *object)
{
    return Py_SIZE(object) == ((deque *)object)->max_length;
}

/* A full deque loses an item at the other end, whose finalizer may run code: its image is written. */
static PyObject *
add_one(PyObject *object, PyObject *item, PyCFunction original, bool at_left)
{
    if (is_full(object)) {
        xo_whole whole;
        xo_whole_begin(&whole, object);
        PyObject *result = original(object, item);
        xo_whole_end(&whole);
        return result;
    }
    PyObject *result = original(object, item);
    if (result != NULL) {
        log_splice(object, at_left ? 0 : Py_SIZE(object) - 1, 0, item);
    }
    return result;
}

static PyObject *
hook_append(PyObject *object, PyObject *item)
{
    return add_one(object, item, deque_append, false);
}

static PyObject *
hook_appendleft(PyObject *object, PyObject *item)
{
    return add_one(object, item, deque_appendleft, true);
}

static PyObject *
hook_pop(PyObject *object, PyObject *unused)
{
    PyObject *result = deque_pop(object, unused);
    if (result != NULL) {
        log_splice(object, Py_SIZE(object), 1, NULL);
    }
    return result;
}

static PyObject *
hook_popleft(PyObject *object, PyObject *unused)
{
    PyObject *result = deque_popleft(object, unused);
    if (result != NULL) {
        log_splice(object, 0, 1, NULL);
    }
    return result;
}

/* ---- whole ---- */

#define WHOLE_METHOD(name)                                        \
    static PyObject *hook_##name(PyObject *object, PyObject *argument) \
    {                                                             \
        xo_whole whole;                                           \
        xo_whole_begin(&whole, object);                           \
        PyObject *result = deque_##name(object, argument);        \
        xo_whole_end(&whole);                                     \
        return result;                                            \
    }
WHOLE_METHOD(extend)
WHOLE_METHOD(extendleft)
WHOLE_METHOD(remove)
WHOLE_METHOD(reverse)
WHOLE_METHOD(clear)

#define WHOLE_FAST_METHOD(name)                                                                  \
    static PyObject *hook_##name(PyObject *object, PyObject *const *arguments, Py_ssize_t count) \
    {                                                                                            \
        xo_whole whole;                                                                          \
        xo_whole_begin(&whole, object);                                                          \
        PyObject *result = XO_FAST(deque_##name)(object, arguments, count);                      \
        xo_whole_end(&whole);                                                                    \
        return result;                                                                           \
    }
WHOLE_FAST_METHOD(insert)
WHOLE_FAST_METHOD(rotate)

static int
ass_item(PyObject *object, Py_ssize_t index, PyObject *value)
{
    xo_whole whole;
    xo_whole_begin(&whole, object);
    int result = deque_ass_item(object, index, value);
    xo_whole_end(&whole);
    return result;
}

static PyObject *
inplace_concat(PyObject *object, PyObject *items)
{
    xo_whole whole;
    xo_whole_begin(&whole, object);
    PyObject *result = deque_inplace_concat(object, items);
    xo_whole_end(&whole);
    return result;
}

static PyObject *
inplace_repeat(PyObject *object, Py_ssize_t times)
{
    xo_whole whole;
    xo_whole_begin(&whole, object);
    PyObject *result = deque_inplace_repeat(object, times);
    xo_whole_end(&whole);
    return result;
}

static int
hook_init(PyObject *object, PyObject *arguments, PyObject *names)
{
    xo_whole whole;
    xo_whole_begin(&whole, object);
    int result = deque_init(object, arguments, names);
    xo_whole_end(&whole);
    return result;
}

/* ---- registration ---- */

static const xo_method_patch method_table[] = {
    {"append", METH_O, hook_append, &deque_append},
    {"appendleft", METH_O, hook_appendleft, &deque_appendleft},
    {"pop", METH_NOARGS, hook_pop, &deque_pop},
    {"popleft", METH_NOARGS, hook_popleft, &deque_popleft},
    {"extend", METH_O, hook_extend, &deque_extend},
    {"extendleft", METH_O, hook_extendleft, &deque_extendleft},
    {"remove", METH_O, hook_remove, &deque_remove},
    {"reverse", METH_NOARGS, hook_reverse, &deque_reverse},
    {"clear", METH_NOARGS, hook_clear, &deque_clear},
    {"insert", METH_FASTCALL, XO_AS_FUNCTION(hook_insert), &deque_insert},
    {"rotate", METH_FASTCALL, XO_AS_FUNCTION(hook_rotate), &deque_rotate},
    {NULL, 0, NULL, NULL},
};

static void
patch_slots(void)
{
    size_t sequence = offsetof(PyTypeObject, tp_as_sequence);
    deque_ass_item = deque_type->tp_as_sequence->sq_ass_item;
    deque_inplace_concat = deque_type->tp_as_sequence->sq_inplace_concat;
    deque_inplace_repeat = deque_type->tp_as_sequence->sq_inplace_repeat;
    deque_init = deque_type->tp_init;
    xo_patch_slot(sequence, offsetof(PySequenceMethods, sq_ass_item), (void *)deque_ass_item, (void *)ass_item);
    xo_patch_slot(sequence, offsetof(PySequenceMethods, sq_inplace_concat), (void *)deque_inplace_concat,
                  (void *)inplace_concat);
    xo_patch_slot(sequence, offsetof(PySequenceMethods, sq_inplace_repeat), (void *)deque_inplace_repeat,
                  (void *)inplace_repeat);
    xo_patch_slot(0, offsetof(PyTypeObject, tp_init), (void *)deque_init, (void *)hook_init);
}

int
xo_hook_deques(void)
{
    PyObject *module = PyImport_ImportModule("_collections");
    PyObject *type = module == NULL ? NULL : PyObject_GetAttrString(module, "deque");
    Py_XDECREF(module);
    if (type == NULL) {
        return -1;
    }
    deque_type = (PyTypeObject *)type;
    Py_DECREF(type);
    if (xo_patch_methods(deque_type, method_table) < 0) {
        return -1;
    }
    patch_slots();
    return 0;
}
