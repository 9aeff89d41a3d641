/* Sees every change of an object's or a class's attributes. */
#include "changes.h"

#include <structmember.h>

static setattrofunc generic_setattro, type_setattro;
static getter dict_getters[4];
static setter dict_setters[4];
static PyGetSetDef *dict_getsets[4];
static size_t dict_getset_count;
static descrsetfunc member_set;
static setter cell_set_contents;
static PyGetSetDef *cell_contents;

static int hook_setattro(PyObject *object, PyObject *name, PyObject *value);

static void
log_attribute(PyObject *object, xo_entity *entity, PyObject *name, PyObject *value)
{
    xo_recorder *recorder = xo_active;
    xo_position start = xo_record_begin(recorder->writer, value == NULL ? XO_OP_ATTR_DELETE : XO_OP_ATTR_SET, entity);
    xo_put_text(recorder, name);
    if (value != NULL) {
        xo_put_value(recorder, value);
    }
    xo_change_end(recorder, object, entity, start);
}

/* ---- objects ---- */

static void
log_class(PyObject *object, xo_entity *entity)
{
    xo_position start = xo_record_begin(xo_active->writer, XO_OP_CLASS_SET, entity);
    xo_put_varint(xo_active->writer, xo_number_of(xo_active, (PyObject *)Py_TYPE(object)));
    xo_change_end(xo_active, object, entity, start);
}

/* Writes the change in the dict itself. Where dicts have watchers, theirs has done so already, but for writes that
 * reach the values which the dict shares with its object. */
static void
log_in_dict(PyObject *dict, PyObject *name, PyObject *value, xo_position before)
{
    xo_entity *entity = xo_precise(dict);
    if (entity == NULL || (XO_HAS_DICT_WATCHERS && entity->position != before)) {
        return;
    }
    if (value != NULL) {
        xo_log_dict_set(xo_active, dict, entity, name, value);
    } else {
        xo_log_dict_delete(xo_active, dict, entity, name);
    }
}

/* The newest record of the dict that holds an object's attributes; 0 when it has none or is not tracked. */
static xo_position
dict_position(PyObject *object)
{
    PyObject *dict = xo_existing_dict(object);
    xo_entity *entity = dict == NULL ? NULL : xo_find(dict);
    return entity == NULL ? 0 : entity->position;
}

/* An attribute that lives in the object's dict, or would if it had one. */
static void
dict_attribute_changed(PyObject *object, xo_entity *entity, PyObject *name, PyObject *value, xo_position before)
{
    PyObject *dict = xo_existing_dict(object);
    if (dict == NULL) {
        log_attribute(object, entity, name, value);
        return;
    }
    log_in_dict(dict, name, value, before);
    if (!(entity->user & XO_LINKED)) {
        xo_mark_dirty(xo_active, object, entity);
    }
}

static void
attribute_changed(PyObject *object, PyObject *name, PyObject *value, xo_position before)
{
    xo_entity *entity = xo_precise(object);
    if (entity == NULL || !PyUnicode_Check(name)) {
        return;
    }
    PyObject *descriptor = _PyType_Lookup(Py_TYPE(object), name);
    if (descriptor != NULL && Py_TYPE(descriptor) == &PyMemberDescr_Type) {
        log_attribute(object, entity, name, value);
    } else if (descriptor == NULL || Py_TYPE(descriptor)->tp_descr_set == NULL) {
        dict_attribute_changed(object, entity, name, value, before);
    } else if (Py_TYPE(descriptor) == &PyGetSetDescr_Type) { /* __class__, or args of an exception */
        if (PyUnicode_CompareWithASCIIString(name, "__class__") == 0) {
            log_class(object, entity);
        } else {
            xo_mark_dirty(xo_active, object, entity);
        }
    }
}

/* CPython tells from the slot whether to say that the object has no __dict__: let it find what it expects. Nothing of
 * the program's runs, since the type knows no such name. */
static int
fail_as_before(PyObject *object, PyObject *name, PyObject *value)
{
    PyTypeObject *type = Py_TYPE(object);
    bool says_more = PyErr_ExceptionMatches(PyExc_AttributeError) && type->tp_setattro == hook_setattro
                     && type->tp_dictoffset == 0 && PyUnicode_Check(name) && _PyType_Lookup(type, name) == NULL;
    if (!says_more) {
        return -1;
    }
    PyErr_Clear();
    type->tp_setattro = generic_setattro;
    int result = generic_setattro(object, name, value);
    type->tp_setattro = hook_setattro;
    return result;
}

static int
hook_setattro(PyObject *object, PyObject *name, PyObject *value)
{
    bool tracked = xo_precise(object) != NULL;
    if (xo_active == NULL || (!tracked && !PyModule_Check(object))) {
        int plain = generic_setattro(object, name, value);
        return plain < 0 ? fail_as_before(object, name, value) : plain;
    }
    xo_position before = dict_position(object);
    xo_open_operation operation; /* a finalizer of the old value sees the new one */
    xo_operation_begin(&operation, object, -1);
    int result = generic_setattro(object, name, value);
    xo_operation_end(&operation);
    if (result < 0) {
        return fail_as_before(object, name, value);
    }
    if (xo_active == NULL) {
        return result;
    }
    if (tracked) {
        attribute_changed(object, name, value, before);
    } else {
        log_in_dict(PyModule_GetDict(object), name, value, before);
    }
    return result;
}

/* slot.__set__(object, value), by hand */
static int
hook_member_set(PyObject *descriptor, PyObject *object, PyObject *value)
{
    int result = member_set(descriptor, object, value);
    xo_entity *entity = xo_precise(object);
    if (result == 0 && entity != NULL) {
        log_attribute(object, entity, PyDescr_NAME(descriptor), value);
    }
    return result;
}

/* ---- classes ---- */

static int
hook_type_setattro(PyObject *type, PyObject *name, PyObject *value)
{
    int result = type_setattro(type, name, value);
    xo_entity *entity = xo_precise(type);
    if (result == 0 && entity != NULL && (entity->user & XO_SHOWN_CLASS)) {
        xo_mark_dirty(xo_active, type, entity);
    }
    return result;
}

/* ---- o.__dict__ ---- */

/* A dict that is handed out may be changed behind the object's back: from now on it holds the attributes, as the
 * object's next image says. */
static void
dict_handed_out(PyObject *object)
{
    xo_entity *entity = xo_precise(object);
    if (entity != NULL && !(entity->user & XO_LINKED) && (entity->user & XO_KIND_MASK) != XO_KIND_CLASS
        && xo_existing_dict(object) != NULL) {
        xo_mark_dirty(xo_active, object, entity);
    }
}

static PyObject *
get_dict(PyObject *object, void *which)
{
    PyObject *dict = dict_getters[(size_t)which](object, NULL);
    dict_handed_out(object);
    return dict;
}

static int
set_dict(PyObject *object, PyObject *dict, void *which)
{
    int result = dict_setters[(size_t)which](object, dict, NULL);
    xo_entity *entity = xo_precise(object);
    if (result == 0 && entity != NULL) {
        xo_mark_dirty(xo_active, object, entity);
    }
    return result;
}

static void
patch_dict_getset(PyTypeObject *type)
{
    PyObject *descriptor = PyDict_GetItemString(xo_type_dict(type), "__dict__");
    if (descriptor == NULL || Py_TYPE(descriptor) != &PyGetSetDescr_Type || dict_getset_count == 4) {
        return;
    }
    PyGetSetDef *definition = ((PyGetSetDescrObject *)descriptor)->d_getset;
    if (definition->get == get_dict || definition->closure != NULL) {
        return;
    }
    size_t which = dict_getset_count++;
    dict_getsets[which] = definition;
    dict_getters[which] = definition->get;
    dict_setters[which] = definition->set;
    definition->get = get_dict;
    definition->set = definition->set == NULL ? NULL : set_dict;
    definition->closure = (void *)which;
}

/* All classes written in Python share one of two definitions: those with weak references and those without. */
static int
patch_dict_getsets(void)
{
    PyObject *plain = PyObject_CallFunction((PyObject *)&PyType_Type, "s(){}", "probe");
    PyObject *bare = PyObject_CallFunction((PyObject *)&PyType_Type, "s(){s(s)}", "probe", "__slots__", "__dict__");
    if (plain != NULL && bare != NULL) {
        patch_dict_getset((PyTypeObject *)plain);
        patch_dict_getset((PyTypeObject *)bare);
        patch_dict_getset((PyTypeObject *)PyExc_BaseException);
    }
    int result = plain == NULL || bare == NULL ? -1 : 0;
    Py_XDECREF(plain);
    Py_XDECREF(bare);
    return result;
}

static void
restore_dict_getsets(void)
{
    for (size_t i = 0; i < dict_getset_count; i++) {
        dict_getsets[i]->get = dict_getters[i];
        dict_getsets[i]->set = dict_setters[i];
        dict_getsets[i]->closure = NULL;
    }
    dict_getset_count = 0;
}

/* ---- cell.cell_contents = … ---- */

static int
set_cell_contents(PyObject *cell, PyObject *value, void *closure)
{
    int result = cell_set_contents(cell, value, closure);
    xo_touch(cell);
    return result;
}

static void
patch_cell(void)
{
    PyObject *descriptor = PyDict_GetItemString(xo_type_dict(&PyCell_Type), "cell_contents");
    cell_contents = ((PyGetSetDescrObject *)descriptor)->d_getset;
    cell_set_contents = cell_contents->set;
    cell_contents->set = set_cell_contents;
}

int
xo_hook_attributes(void)
{
    generic_setattro = PyBaseObject_Type.tp_setattro;
    type_setattro = PyType_Type.tp_setattro;
    member_set = PyMemberDescr_Type.tp_descr_set;
    xo_patch_slot(0, offsetof(PyTypeObject, tp_setattro), (void *)generic_setattro, (void *)hook_setattro);
    xo_patch_slot(0, offsetof(PyTypeObject, tp_setattro), (void *)type_setattro, (void *)hook_type_setattro);
    xo_patch_slot(0, offsetof(PyTypeObject, tp_descr_set), (void *)member_set, (void *)hook_member_set);
    patch_cell();
    return patch_dict_getsets();
}

void
xo_unhook_attributes(void)
{
    restore_dict_getsets();
    if (cell_contents != NULL) {
        cell_contents->set = cell_set_contents;
        cell_contents = NULL;
    }
}
