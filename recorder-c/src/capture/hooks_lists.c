/* Sees every change that the methods of a list make, and the specialised append. */
#include "lists.h"
#include "snapshots.h"

static PyCFunction list_append, list_extend, list_insert, list_pop, list_remove, list_clear, list_sort, list_reverse;

static PyObject *
hook_append(PyObject *list, PyObject *item)
{
    PyObject *result = list_append(list, item);
    if (result != NULL) {
        xo_log_list_append(list, Py_SIZE(list) - 1);
    }
    return result;
}

static PyObject *
hook_extend(PyObject *list, PyObject *items)
{
    xo_around around;
    xo_around_begin(&around, list, Py_SIZE(list));
    PyObject *result = list_extend(list, items);
    xo_list_grown_in(&around);
    return result;
}

static PyObject *
hook_pop(PyObject *list, PyObject *const *arguments, Py_ssize_t count)
{
    Py_ssize_t size = Py_SIZE(list);
    PyObject *result = XO_FAST(list_pop)(list, arguments, count);
    if (result == NULL || xo_find(list) == NULL) {
        return result;
    }
    if (count != 0 && !PyLong_CheckExact(arguments[0])) {
        xo_touch(list);
        return result;
    }
    Py_ssize_t index = count == 0 ? -1 : PyLong_AsSsize_t(arguments[0]);
    xo_log_list_splice(list, index < 0 ? index + size : index, xo_items_sum_of(&result, 1), 0);
    return result;
}

static PyObject *
hook_insert(PyObject *list, PyObject *const *arguments, Py_ssize_t count)
{
    Py_ssize_t size = Py_SIZE(list);
    PyObject *result = XO_FAST(list_insert)(list, arguments, count);
    if (result == NULL || xo_find(list) == NULL) {
        return result;
    }
    if (!PyLong_CheckExact(arguments[0])) {
        xo_touch(list);
        return result;
    }
    Py_ssize_t index = PyLong_AsSsize_t(arguments[0]);
    index = index < 0 ? (index + size < 0 ? 0 : index + size) : (index > size ? size : index);
    xo_log_list_splice(list, index, XO_NO_ITEMS, 1);
    return result;
}

static PyObject *
hook_remove(PyObject *list, PyObject *item)
{
    xo_snapshot before;
    xo_snapshot_take(&before, list);
    PyObject *result = list_remove(list, item);
    xo_snapshot_compare(&before, list, XO_ONE_SPLICE);
    return result;
}

static PyObject *
hook_sort(PyObject *list, PyObject *const *arguments, Py_ssize_t count, PyObject *names)
{
    xo_whole whole;
    xo_whole_begin(&whole, list);
    PyObject *result = XO_FAST_KEYWORDS(list_sort)(list, arguments, count, names);
    xo_whole_end(&whole);
    return result;
}

static PyObject *
hook_clear(PyObject *list, PyObject *unused)
{
    xo_whole whole;
    xo_whole_begin(&whole, list);
    PyObject *result = list_clear(list, unused);
    xo_whole_end(&whole);
    return result;
}

static PyObject *
hook_reverse(PyObject *list, PyObject *unused)
{
    PyObject *result = list_reverse(list, unused);
    if (xo_open_count != 0) {
        xo_operations_disturb(list);
    }
    XO_EACH_PRECISE(entity, list) {
        xo_sum_reverse(entity);
        xo_change_end(list, entity, xo_record_begin(xo_owner(entity)->writer, XO_OP_LIST_REVERSE, entity));
    }
    return result;
}

/* ---- registration ---- */

static PyMethodDef append_definition = {"append", hook_append, METH_O, NULL};
static PyObject *own_append; /* the descriptor that list had before, while ours stands there */

/* The specialised call of list.append inlines it and knows the original descriptor by identity, so ours has to be
 * another object. */
static int
replace_append(void)
{
    PyObject *dict = xo_type_dict(&PyList_Type);
    PyObject *current = PyDict_GetItemString(dict, "append");
    PyMethodDef *definition = ((PyMethodDescrObject *)current)->d_method;
    append_definition.ml_doc = definition->ml_doc;
    list_append = definition->ml_meth;
    PyObject *ours = PyDescr_NewMethod(&PyList_Type, &append_definition);
    if (ours == NULL) {
        return -1;
    }
    own_append = Py_NewRef(current);
    int result = PyDict_SetItemString(dict, "append", ours);
    Py_DECREF(ours);
    PyType_Modified(&PyList_Type);
    return result;
}

void
xo_unhook_lists(void)
{
    if (own_append == NULL) {
        return;
    }
    if (PyDict_SetItemString(xo_type_dict(&PyList_Type), "append", own_append) < 0) {
        PyErr_Clear();
    }
    Py_CLEAR(own_append);
    PyType_Modified(&PyList_Type);
}

static const xo_method_patch method_table[] = {
    {"extend", METH_O, hook_extend, &list_extend},
    {"insert", METH_FASTCALL, XO_AS_FUNCTION(hook_insert), &list_insert},
    {"pop", METH_FASTCALL, XO_AS_FUNCTION(hook_pop), &list_pop},
    {"remove", METH_O, hook_remove, &list_remove},
    {"clear", METH_NOARGS, hook_clear, &list_clear},
    {"sort", METH_FASTCALL | METH_KEYWORDS, XO_AS_FUNCTION(hook_sort), &list_sort},
    {"reverse", METH_NOARGS, hook_reverse, &list_reverse},
    {NULL, 0, NULL, NULL},
};

int
xo_hook_lists(void)
{
    xo_hook_list_slots();
    return xo_patch_methods(&PyList_Type, method_table) < 0 ? -1 : replace_append();
}
