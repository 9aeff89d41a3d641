/* Sees every change of a list: its slots, its methods, and the specialised append. */
#include "snapshots.h"

static objobjargproc list_ass_subscript;
static ssizeobjargproc list_ass_item;
static binaryfunc list_inplace_concat;
static ssizeargfunc list_inplace_repeat;
static initproc list_init;
static PyCFunction list_append, list_extend, list_insert, list_pop, list_remove, list_clear, list_sort, list_reverse;

static void
log_set(PyObject *list, xo_entity *entity, Py_ssize_t index)
{
    xo_position start = xo_record_begin(xo_active->writer, XO_OP_LIST_SET, entity);
    xo_put_varint(xo_active->writer, (uint64_t)index);
    xo_put_value(xo_active, PyList_GET_ITEM(list, index));
    xo_change_end(xo_active, list, entity, start);
}

/* `removed` items from `first` on were replaced by the `added` ones that stand there now. */
static void
log_splice(PyObject *list, xo_entity *entity, Py_ssize_t first, Py_ssize_t removed, Py_ssize_t added)
{
    xo_writer *writer = xo_active->writer;
    xo_position start = xo_record_begin(writer, XO_OP_LIST_SPLICE, entity);
    xo_put_varint(writer, (uint64_t)first);
    xo_put_varint(writer, (uint64_t)removed);
    xo_put_varint(writer, (uint64_t)added);
    for (Py_ssize_t i = first; i < first + added; i++) {
        xo_put_value(xo_active, PyList_GET_ITEM(list, i));
    }
    xo_change_end(xo_active, list, entity, start);
}

static void
log_append(PyObject *list, xo_entity *entity)
{
    xo_position start = xo_record_begin(xo_active->writer, XO_OP_LIST_APPEND, entity);
    xo_put_value(xo_active, PyList_GET_ITEM(list, Py_SIZE(list) - 1));
    xo_change_end(xo_active, list, entity, start);
}

static void
log_plain(PyObject *list, xo_entity *entity, xo_op op)
{
    xo_position start = xo_record_begin(xo_active->writer, op, entity);
    xo_change_end(xo_active, list, entity, start);
}

/* ---- items ---- */

static void
item_changed(PyObject *list, xo_entity *entity, Py_ssize_t index, Py_ssize_t size_before)
{
    if (Py_SIZE(list) == size_before && index >= 0 && index < size_before) {
        log_set(list, entity, index);
    } else if (Py_SIZE(list) == size_before - 1 && index >= 0 && index < size_before) {
        log_splice(list, entity, index, 1, 0);
    } else { /* code that ran meanwhile changed it too */
        xo_mark_dirty(xo_active, list, entity);
    }
}

static int
ass_item(PyObject *list, Py_ssize_t index, PyObject *value)
{
    xo_entity *entity = xo_precise(list);
    if (entity == NULL) {
        return list_ass_item(list, index, value);
    }
    Py_ssize_t size = Py_SIZE(list);
    xo_position before = entity->position;
    xo_open_operation operation;
    xo_operation_begin(&operation, list, -1);
    int result = list_ass_item(list, index, value);
    xo_operation_end(&operation);
    if (result == 0 && (entity = xo_precise(list)) != NULL) {
        if (entity->position == before) {
            item_changed(list, entity, index, size);
        } else {
            xo_mark_dirty(xo_active, list, entity);
        }
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
subscript_changed(PyObject *list, xo_entity *entity, PyObject *key, Py_ssize_t size)
{
    Py_ssize_t first, length;
    if (PyLong_CheckExact(key)) {
        Py_ssize_t index = PyLong_AsSsize_t(key);
        item_changed(list, entity, index < 0 ? index + size : index, size);
    } else if (plain_slice(key, size, &first, &length) && Py_SIZE(list) >= size - length) {
        log_splice(list, entity, first, length, Py_SIZE(list) - (size - length));
    } else {
        xo_mark_dirty(xo_active, list, entity);
    }
}

static int
ass_subscript(PyObject *list, PyObject *key, PyObject *value)
{
    xo_entity *entity = xo_precise(list);
    if (entity == NULL) {
        return list_ass_subscript(list, key, value);
    }
    Py_ssize_t size = Py_SIZE(list);
    xo_position before = entity->position;
    xo_open_operation operation;
    bool may_run_code = !PyLong_CheckExact(key) || may_finalize(list, key);
    if (may_run_code) {
        xo_operation_begin(&operation, list, -1);
    }
    int result = list_ass_subscript(list, key, value);
    if (may_run_code) {
        xo_operation_end(&operation);
    }
    if ((entity = xo_precise(list)) == NULL) {
        return result;
    }
    if (entity->position != before) { /* changed by code that ran meanwhile, also by a finalizer */
        xo_mark_dirty(xo_active, list, entity);
    } else if (result == 0) {
        subscript_changed(list, entity, key, size);
    }
    return result;
}

/* ---- growing ---- */

static void
grown(PyObject *list, Py_ssize_t recorded_length)
{
    xo_entity *entity = xo_precise(list);
    if (entity != NULL && recorded_length >= 0 && Py_SIZE(list) > recorded_length) {
        log_splice(list, entity, recorded_length, 0, Py_SIZE(list) - recorded_length);
    } else if (entity != NULL && (recorded_length < 0 || Py_SIZE(list) < recorded_length)) {
        xo_mark_dirty(xo_active, list, entity);
    }
}

static PyObject *
hook_append(PyObject *list, PyObject *item)
{
    PyObject *result = list_append(list, item);
    xo_entity *entity = xo_precise(list);
    if (result != NULL && entity != NULL) {
        log_append(list, entity);
    }
    return result;
}

static PyObject *
hook_extend(PyObject *list, PyObject *items)
{
    if (xo_precise(list) == NULL) {
        return list_extend(list, items);
    }
    xo_open_operation operation;
    xo_operation_begin(&operation, list, Py_SIZE(list));
    PyObject *result = list_extend(list, items);
    xo_operation_end(&operation);
    grown(list, operation.recorded_length);
    return result;
}

static PyObject *
inplace_concat(PyObject *list, PyObject *items)
{
    if (xo_precise(list) == NULL) {
        return list_inplace_concat(list, items);
    }
    xo_open_operation operation;
    xo_operation_begin(&operation, list, Py_SIZE(list));
    PyObject *result = list_inplace_concat(list, items);
    xo_operation_end(&operation);
    grown(list, operation.recorded_length);
    return result;
}

static PyObject *
inplace_repeat(PyObject *list, Py_ssize_t times)
{
    PyObject *result = list_inplace_repeat(list, times);
    xo_touch(list);
    return result;
}

/* ---- the other methods ---- */

static PyObject *
hook_pop(PyObject *list, PyObject *const *arguments, Py_ssize_t count)
{
    Py_ssize_t size = Py_SIZE(list);
    PyObject *result = XO_FAST(list_pop)(list, arguments, count);
    xo_entity *entity = xo_precise(list);
    if (entity == NULL || result == NULL) {
        return result;
    }
    if (count != 0 && !PyLong_CheckExact(arguments[0])) {
        xo_mark_dirty(xo_active, list, entity);
        return result;
    }
    Py_ssize_t index = count == 0 ? -1 : PyLong_AsSsize_t(arguments[0]);
    log_splice(list, entity, index < 0 ? index + size : index, 1, 0);
    return result;
}

static PyObject *
hook_insert(PyObject *list, PyObject *const *arguments, Py_ssize_t count)
{
    Py_ssize_t size = Py_SIZE(list);
    PyObject *result = XO_FAST(list_insert)(list, arguments, count);
    xo_entity *entity = xo_precise(list);
    if (entity == NULL || result == NULL) {
        return result;
    }
    if (!PyLong_CheckExact(arguments[0])) {
        xo_mark_dirty(xo_active, list, entity);
        return result;
    }
    Py_ssize_t index = PyLong_AsSsize_t(arguments[0]);
    index = index < 0 ? (index + size < 0 ? 0 : index + size) : (index > size ? size : index);
    log_splice(list, entity, index, 0, 1);
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
    xo_entity *entity = xo_precise(list);
    if (entity != NULL) {
        log_plain(list, entity, XO_OP_LIST_REVERSE);
    }
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

typedef struct {
    const char *name;
    int flags;
    PyCFunction hook;
    PyCFunction *original;
} method;

static const method method_table[] = {
    {"extend", METH_O, hook_extend, &list_extend},
    {"insert", METH_FASTCALL, XO_AS_FUNCTION(hook_insert), &list_insert},
    {"pop", METH_FASTCALL, XO_AS_FUNCTION(hook_pop), &list_pop},
    {"remove", METH_O, hook_remove, &list_remove},
    {"clear", METH_NOARGS, hook_clear, &list_clear},
    {"sort", METH_FASTCALL | METH_KEYWORDS, XO_AS_FUNCTION(hook_sort), &list_sort},
    {"reverse", METH_NOARGS, hook_reverse, &list_reverse},
    {NULL, 0, NULL, NULL},
};

static int
patch_methods(void)
{
    for (const method *m = method_table; m->name != NULL; m++) {
        if (xo_patch_method(&PyList_Type, m->name, m->flags, m->hook, m->original) < 0) {
            return -1;
        }
    }
    return 0;
}

int
xo_hook_lists(void)
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
    return patch_methods() < 0 ? -1 : replace_append();
}
