/* Sees what the slots of a list change: x[i] = y, x[a:b] = y, del, +=, *=. */
#include "lists.h"

static objobjargproc list_ass_subscript;
static ssizeobjargproc list_ass_item;
static binaryfunc list_inplace_concat;
static ssizeargfunc list_inplace_repeat;
static initproc list_init;

/* The items that a change is about, as they were before it. */
typedef struct {
    Py_ssize_t size; /* of the list */
    Py_ssize_t first; /* -1: which they are can't be told without running code, or there is none */
    xo_items_sum items;
} target;

static target
one_item(PyObject *list, Py_ssize_t index)
{
    bool is_there = index >= 0 && index < Py_SIZE(list);
    return (target){Py_SIZE(list), is_there ? index : -1,
                    is_there ? xo_items_sum_of(&((PyListObject *)list)->ob_item[index], 1) : XO_NO_ITEMS};
}

static void
item_changed(PyObject *list, const target *was)
{
    if (was->first >= 0 && Py_SIZE(list) == was->size) {
        xo_log_list_set(list, was->first, was->items.sum);
    } else if (was->first >= 0 && Py_SIZE(list) == was->size - 1) {
        xo_log_list_splice(list, was->first, was->items, 0);
    } else { /* code that ran meanwhile changed it too */
        xo_touch(list);
    }
}

static int
ass_item(PyObject *list, Py_ssize_t index, PyObject *value)
{
    if (xo_find(list) == NULL) {
        return list_ass_item(list, index, value);
    }
    target was = one_item(list, index);
    xo_around around;
    xo_around_begin(&around, list, -1);
    int result = list_ass_item(list, index, value);
    if (xo_around_end(&around) && result == 0) {
        item_changed(list, &was);
    }
    return result;
}

/* Whether letting go of the item may run code: a finalizer, or a weak reference's callback. */
static bool
may_finalize(PyObject *list, Py_ssize_t index)
{
    PyObject *item = PyList_GET_ITEM(list, index);
    return Py_REFCNT(item) == 1 && !PyLong_CheckExact(item) && !PyFloat_CheckExact(item) && !PyUnicode_CheckExact(item);
}

static bool
is_plain_int(PyObject *object)
{
    return object == Py_None || PyLong_CheckExact(object);
}

/* A slice of plain integers with step 1: what it covers can be told without running code. */
static bool
plain_slice(PyObject *key, Py_ssize_t size, Py_ssize_t *first, Py_ssize_t *length)
{
    PySliceObject *slice = (PySliceObject *)key;
    Py_ssize_t stop, step;
    if (!PySlice_Check(key) || !is_plain_int(slice->start) || !is_plain_int(slice->stop) || !is_plain_int(slice->step)) {
        return false;
    }
    if (PySlice_Unpack(key, first, &stop, &step) < 0) {
        PyErr_Clear();
        return false;
    }
    *length = PySlice_AdjustIndices(size, first, &stop, step);
    return step == 1;
}

static target
one_slice(PyObject *list, PyObject *key)
{
    Py_ssize_t first, length;
    if (!plain_slice(key, Py_SIZE(list), &first, &length)) {
        xo_look_before(list); /* it is written whole, whatever is in it */
        return (target){Py_SIZE(list), -1, XO_NO_ITEMS};
    }
    return (target){Py_SIZE(list), first, xo_items_sum_of(((PyListObject *)list)->ob_item + first, length)};
}

static target
find_target(PyObject *list, PyObject *key)
{
    if (!PyLong_CheckExact(key)) {
        return one_slice(list, key);
    }
    Py_ssize_t index = PyLong_AsSsize_t(key);
    if (index == -1 && PyErr_Occurred()) { /* the list says that this is no index */
        PyErr_Clear();
        index = PY_SSIZE_T_MIN;
    }
    return one_item(list, index < 0 ? index + Py_SIZE(list) : index);
}

static void
subscript_changed(PyObject *list, PyObject *key, const target *was)
{
    if (PyLong_CheckExact(key)) {
        item_changed(list, was);
    } else if (was->first >= 0 && Py_SIZE(list) >= was->size - was->items.count) {
        xo_log_list_splice(list, was->first, was->items, Py_SIZE(list) - (was->size - was->items.count));
    } else {
        xo_touch(list);
    }
}

/* Code that runs meanwhile, a finalizer for instance, may change the list as well. */
static int
subscript_around_code(PyObject *list, PyObject *key, PyObject *value, const target *was)
{
    xo_around around;
    xo_around_begin(&around, list, -1);
    int result = list_ass_subscript(list, key, value);
    if (xo_around_end(&around) && result == 0) {
        subscript_changed(list, key, was);
    }
    return result;
}

static int
ass_subscript(PyObject *list, PyObject *key, PyObject *value)
{
    if (xo_find(list) == NULL && PyLong_CheckExact(key)) {
        return list_ass_subscript(list, key, value);
    }
    target was = find_target(list, key);
    if (!PyLong_CheckExact(key) || was.first < 0 || may_finalize(list, was.first)) {
        return subscript_around_code(list, key, value, &was);
    }
    int result = list_ass_subscript(list, key, value);
    if (result == 0) {
        subscript_changed(list, key, &was);
    }
    return result;
}

static PyObject *
inplace_concat(PyObject *list, PyObject *items)
{
    xo_around around;
    xo_around_begin(&around, list, Py_SIZE(list));
    PyObject *result = list_inplace_concat(list, items);
    xo_list_grown_in(&around);
    return result;
}

static PyObject *
inplace_repeat(PyObject *list, Py_ssize_t times)
{
    xo_look_before(list);
    PyObject *result = list_inplace_repeat(list, times);
    xo_touch(list);
    return result;
}

static int
hook_init(PyObject *list, PyObject *arguments, PyObject *names)
{
    xo_whole whole;
    xo_whole_begin(&whole, list);
    int result = list_init(list, arguments, names);
    xo_whole_end(&whole);
    return result;
}

void
xo_hook_list_slots(void)
{
    PyTypeObject *type = &PyList_Type;
    list_ass_subscript = type->tp_as_mapping->mp_ass_subscript;
    list_ass_item = type->tp_as_sequence->sq_ass_item;
    list_inplace_concat = type->tp_as_sequence->sq_inplace_concat;
    list_inplace_repeat = type->tp_as_sequence->sq_inplace_repeat;
    list_init = type->tp_init;
    xo_patch_slot(offsetof(PyTypeObject, tp_as_mapping), offsetof(PyMappingMethods, mp_ass_subscript),
                  (void *)list_ass_subscript, (void *)ass_subscript);
    xo_patch_slot(offsetof(PyTypeObject, tp_as_sequence), offsetof(PySequenceMethods, sq_ass_item),
                  (void *)list_ass_item, (void *)ass_item);
    xo_patch_slot(offsetof(PyTypeObject, tp_as_sequence), offsetof(PySequenceMethods, sq_inplace_concat),
                  (void *)list_inplace_concat, (void *)inplace_concat);
    xo_patch_slot(offsetof(PyTypeObject, tp_as_sequence), offsetof(PySequenceMethods, sq_inplace_repeat),
                  (void *)list_inplace_repeat, (void *)inplace_repeat);
    xo_patch_slot(0, offsetof(PyTypeObject, tp_init), (void *)list_init, (void *)hook_init);
}
