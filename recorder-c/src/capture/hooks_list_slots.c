/* Sees what the slots of a list change: x[i] = y, x[a:b] = y, del, +=, *=. */
#include "lists.h"

static objobjargproc list_ass_subscript;
static ssizeobjargproc list_ass_item;
static binaryfunc list_inplace_concat;
static ssizeargfunc list_inplace_repeat;
static initproc list_init;

static void
item_changed(PyObject *list, Py_ssize_t index, Py_ssize_t size_before)
{
    if (Py_SIZE(list) == size_before && index >= 0 && index < size_before) {
        xo_log_list_set(list, index);
    } else if (Py_SIZE(list) == size_before - 1 && index >= 0 && index < size_before) {
        xo_log_list_splice(list, index, 1, 0);
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
    Py_ssize_t size = Py_SIZE(list);
    xo_around around;
    xo_around_begin(&around, list, -1);
    int result = list_ass_item(list, index, value);
    if (xo_around_end(&around) && result == 0) {
        item_changed(list, index, size);
    }
    return result;
}

/* Whether letting go of the item at `key` may run code: a finalizer, or a weak reference's callback. */
static bool
may_finalize(PyObject *list, PyObject *key)
{
    Py_ssize_t index = PyLong_AsSsize_t(key);
    if (index < 0) {
        PyErr_Clear();
        return true;
    }
    if (index >= Py_SIZE(list)) {
        return false;
    }
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

static void
subscript_changed(PyObject *list, PyObject *key, Py_ssize_t size)
{
    Py_ssize_t first, length;
    if (PyLong_CheckExact(key)) {
        Py_ssize_t index = PyLong_AsSsize_t(key);
        item_changed(list, index < 0 ? index + size : index, size);
    } else if (plain_slice(key, size, &first, &length) && Py_SIZE(list) >= size - length) {
        xo_log_list_splice(list, first, length, Py_SIZE(list) - (size - length));
    } else {
        xo_touch(list);
    }
}

/* Code that runs meanwhile, a finalizer for instance, may change the list as well. */
static int
subscript_around_code(PyObject *list, PyObject *key, PyObject *value)
{
    Py_ssize_t size = Py_SIZE(list);
    xo_around around;
    xo_around_begin(&around, list, -1);
    int result = list_ass_subscript(list, key, value);
    if (xo_around_end(&around) && result == 0) {
        subscript_changed(list, key, size);
    }
    return result;
}

static int
ass_subscript(PyObject *list, PyObject *key, PyObject *value)
{
    if (xo_find(list) == NULL && PyLong_CheckExact(key)) {
        return list_ass_subscript(list, key, value);
    }
    if (!PyLong_CheckExact(key) || may_finalize(list, key)) {
        return subscript_around_code(list, key, value);
    }
    Py_ssize_t size = Py_SIZE(list);
    int result = list_ass_subscript(list, key, value);
    if (result == 0) {
        subscript_changed(list, key, size);
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
