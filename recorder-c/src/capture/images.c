/* The whole contents of an object: its first record, its milestones, and the answer to any change that is not
 * recorded one by one. */
#include "buffers.h"
#include "deques.h"
#include "item_sums.h"
#include "late_changes.h"
#include "namespaces.h"
#include "ordered_dicts.h"
#include "recorded_names.h"
#include "redaction.h"
#include "registered.h"
#include "standard_values.h"

#include <stdio.h>

/* Classes whose bases written in C, if any, add no data of their own but attributes. */
static bool
is_plain_instance(PyTypeObject *type)
{
    PyTypeObject *native = xo_native_base(type);
    if (xo_is_namespace_type(native)) {
        xo_patch_dict_getset(native);
        return true;
    }
    return native != type && native->tp_basicsize == PyBaseObject_Type.tp_basicsize && native->tp_itemsize == 0;
}

xo_kind
xo_kind_of(const xo_recorder *recorder, PyObject *object)
{
    if (xo_is_ordinary(Py_TYPE(object))) {
        return XO_KIND_INSTANCE;
    }
    if (PyList_Check(object) || xo_is_deque(object)) {
        return XO_KIND_LIST;
    }
    if (PyTuple_Check(object)) {
        return XO_KIND_TUPLE;
    }
    if (PyDict_Check(object)) {
        return object == recorder->builtins ? XO_KIND_OPAQUE : XO_KIND_DICT;
    }
    if (PyAnySet_Check(object)) {
        return PySet_Check(object) ? XO_KIND_SET : XO_KIND_FROZENSET;
    }
    if (PyType_Check(object)) {
        return XO_KIND_CLASS;
    }
    if (PyCell_Check(object) || PyLong_Check(object) || PyFloat_Check(object) || PyUnicode_Check(object)
        || PyBytes_Check(object) || PyComplex_Check(object)) {
        return XO_KIND_CELL;
    }
    if (xo_is_buffer(object)) {
        return XO_KIND_BUFFER;
    }
    if (xo_register_known(object) != NULL || xo_is_standard_value(object)) {
        return XO_KIND_INSTANCE;
    }
    if (PyExceptionInstance_Check(object) || is_plain_instance(Py_TYPE(object))) {
        return XO_KIND_INSTANCE;
    }
    return XO_KIND_OPAQUE;
}

static void
put_values(xo_recorder *recorder, PyObject *const *values, Py_ssize_t count)
{
    xo_put_varint(recorder->writer, (uint64_t)count);
    for (Py_ssize_t i = 0; i < count; i++) {
        xo_put_value(recorder, values[i]);
    }
}

static void
put_list(xo_recorder *recorder, PyObject *list)
{
    put_values(recorder, ((PyListObject *)list)->ob_item, Py_SIZE(list));
}

static void
put_dict(xo_recorder *recorder, PyObject *dict, xo_entity *entity)
{
    PyObject *key, *value;
    Py_ssize_t position = 0;
    if (entity->user & XO_NAMESPACE) {
        xo_recorded_names_take(dict, entity);
    } else {
        entity->length = xo_low_version(dict);
    }
    xo_put_varint(recorder->writer, (uint64_t)PyDict_GET_SIZE(dict));
    while (PyDict_Next(dict, &position, &key, &value)) {
        xo_note_key(entity, key);
        xo_put_pair(recorder, key, value);
    }
}

static void
put_set(xo_recorder *recorder, PyObject *set)
{
    PySetObject *table = (PySetObject *)set;
    xo_put_varint(recorder->writer, (uint64_t)table->used);
    Py_ssize_t left = table->used;
    for (setentry *entry = table->table; left > 0; entry++) {
        if (entry->key != NULL && entry->hash != -1) { /* -1 marks a removed one */
            xo_put_value(recorder, entry->key);
            left--;
        }
    }
}

static void
put_cell(xo_recorder *recorder, PyObject *object)
{
    if (PyCell_Check(object)) {
        xo_put_value(recorder, PyCell_GET(object));
    } else if (recorder->redactor == NULL || !xo_put_hidden_scalar(recorder, object)) {
        xo_put_scalar_base(recorder, object);
    }
}

static void
put_place(xo_recorder *recorder, PyCodeObject *code)
{
    PyObject *number = code == NULL ? NULL : PyDict_GetItem(recorder->files, code->co_filename);
    xo_put_varint(recorder->writer, number == NULL ? 0 : PyLong_AsUnsignedLongLong(number));
    xo_put_varint(recorder->writer, number == NULL ? 0 : xo_zigzag(code->co_firstlineno));
}

static void
put_name(xo_recorder *recorder, PyObject *name)
{
    if (name != NULL && PyUnicode_CheckExact(name)) {
        xo_put_name(recorder, name);
    } else {
        xo_put_tag(recorder->writer, XO_TAG_UNBOUND);
    }
}

static void
put_module(xo_recorder *recorder, PyObject *module)
{
    xo_put_shown_value(recorder, module != NULL && PyUnicode_CheckExact(module) ? module : Py_None);
}

/* A static type's name is "module.name", or "name" for a builtin. */
static void
put_static_names(xo_recorder *recorder, const char *full)
{
    const char *dot = strrchr(full, '.');
    xo_put_latin(recorder, dot == NULL ? full : dot + 1);
    xo_put_str(recorder->writer, dot == NULL ? "builtins" : full, dot == NULL ? 8 : (size_t)(dot - full));
}

static void
put_bases(xo_recorder *recorder, PyTypeObject *type)
{
    PyObject *bases = type->tp_bases;
    Py_ssize_t count = bases == NULL ? 0 : PyTuple_GET_SIZE(bases);
    xo_put_varint(recorder->writer, (uint64_t)count);
    for (Py_ssize_t i = 0; i < count; i++) {
        xo_put_varint(recorder->writer, xo_number_of(recorder, PyTuple_GET_ITEM(bases, i)));
    }
}

static void
put_class(xo_recorder *recorder, PyTypeObject *type)
{
    if (type->tp_flags & Py_TPFLAGS_HEAPTYPE) {
        put_name(recorder, ((PyHeapTypeObject *)type)->ht_qualname);
        PyObject *module = type->tp_dict == NULL ? NULL : PyDict_GetItemString(type->tp_dict, "__module__");
        put_module(recorder, module);
    } else {
        put_static_names(recorder, type->tp_name);
    }
    put_bases(recorder, type);
    put_place(recorder, NULL);
}

/* What a method calls in the end; another object itself. */
static PyObject *
function_in(PyObject *object)
{
    while (PyMethod_Check(object)) {
        object = PyMethod_GET_FUNCTION(object);
    }
    return object;
}

static void
put_opaque(xo_recorder *recorder, PyObject *object)
{
    PyObject *name = NULL, *module = NULL;
    PyCodeObject *code = NULL;
    if (PyFunction_Check(object)) {
        name = ((PyFunctionObject *)object)->func_qualname;
        module = ((PyFunctionObject *)object)->func_module;
        code = (PyCodeObject *)((PyFunctionObject *)object)->func_code;
    } else if (PyGen_CheckExact(object) || PyCoro_CheckExact(object) || PyAsyncGen_CheckExact(object)) {
        name = ((PyGenObject *)object)->gi_qualname;
    } else if (PyMethod_Check(object) && PyFunction_Check(function_in(object))) {
        name = ((PyFunctionObject *)function_in(object))->func_qualname;
    } else if (PyModule_Check(object)) {
        PyObject *dict = PyModule_GetDict(object); /* NULL: made, not yet initialised */
        name = dict == NULL ? NULL : PyDict_GetItemString(dict, "__name__");
    } else if (object == recorder->builtins) {
        name = PyDict_GetItemString(object, "__name__");
    } else if (PyCode_Check(object)) {
        code = (PyCodeObject *)object;
        name = xo_code_qualname(code);
    }
    PyObject *function = function_in(object);
    if (PyCFunction_Check(function)) {
        xo_put_latin(recorder, ((PyCFunctionObject *)function)->m_ml->ml_name);
        put_module(recorder, ((PyCFunctionObject *)function)->m_module);
    } else {
        put_name(recorder, name);
        put_module(recorder, module);
    }
    put_place(recorder, code);
}

static void
put_contents(xo_recorder *recorder, PyObject *object, xo_kind kind, xo_entity *entity)
{
    switch (kind) {
    case XO_KIND_LIST:
        if (PyList_Check(object)) {
            xo_sums_take(entity, object);
            put_list(recorder, object);
        } else {
            xo_put_deque(recorder, object);
        }
        break;
    case XO_KIND_TUPLE:
        put_values(recorder, ((PyTupleObject *)object)->ob_item, Py_SIZE(object));
        break;
    case XO_KIND_DICT:
        if (PyODict_Check(object)) {
            xo_put_ordered_dict(recorder, object, entity);
        } else {
            put_dict(recorder, object, entity);
        }
        break;
    case XO_KIND_SET:
    case XO_KIND_FROZENSET:
        xo_sums_take(entity, object);
        put_set(recorder, object);
        break;
    case XO_KIND_CLASS:
        put_class(recorder, (PyTypeObject *)object);
        break;
    case XO_KIND_CELL:
        put_cell(recorder, object);
        break;
    case XO_KIND_BUFFER:
        xo_put_buffer(recorder, object, entity);
        break;
    case XO_KIND_OPAQUE:
        put_opaque(recorder, object);
        break;
    case XO_KIND_INSTANCE:
        break;
    }
}

/* Memory that is larger than the recording takes: from here on it is unknown. */
static void
say_left_out(xo_recorder *recorder, xo_entity *entity)
{
    char text[128];
    recorder->left_out = false;
    xo_position start = xo_record_begin(recorder->writer, XO_OP_UNKNOWN, entity);
    xo_record_end(recorder->writer, entity, start, false);
    snprintf(text, sizeof text, "memory of more than %llu bytes is not recorded; the newest: object %llu",
             (unsigned long long)recorder->max_buffer, (unsigned long long)entity->number);
    xo_writer_note(recorder->writer, "left_out", text);
}

/* What was known of the texts that stand in the object is so no more when it has changed in a way of its own. */
static void
begin_held(xo_recorder *recorder, xo_entity *entity, bool has_news)
{
    uint64_t owner = entity->number | XO_OF_OBJECT;
    if (has_news) {
        xo_let_go_texts(recorder, owner);
        recorder->last_name.dict = 0;
        entity->user &= ~(uint32_t)XO_HOLDS_TEXT;
    } else {
        recorder->unchanged_owner = owner;
    }
}

void
xo_write_image(xo_recorder *recorder, PyObject *object, xo_entity *entity, bool has_news)
{
    xo_kind kind = (xo_kind)(entity->user & XO_KIND_MASK);
    has_news = has_news || xo_differs(object, entity) || xo_recorded_names_are_behind(object, entity);
    if (xo_open_count != 0 && kind == XO_KIND_LIST) {
        xo_operations_disturb(object);
    }
    if (entity->user & XO_HOLDS_TEXT) {
        begin_held(recorder, entity, has_news);
    }
    xo_position start = xo_record_begin(recorder->writer, XO_OP_IMAGE, entity);
    xo_put_varint(recorder->writer, xo_number_of(recorder, (PyObject *)Py_TYPE(object)));
    xo_put_tag(recorder->writer, (xo_tag)(has_news ? (uint32_t)kind : kind | XO_IMAGE_NO_NEWS));
    put_contents(recorder, object, kind, entity);
    xo_put_attributes(recorder, object, entity);
    xo_record_end(recorder->writer, entity, start, true);
    entity->right_at = recorder->writer->steps + recorder->settling;
    recorder->unchanged_owner = 0;
    if (recorder->left_out) {
        say_left_out(recorder, entity);
    }
    if (entity->user & XO_WATCHED) {
        xo_watchpoint_notice(recorder);
    }
}
