/* Sees every change of an object's or a class's attributes. */
#include "buffers.h"
#include "redaction.h"

#include <structmember.h>

static setattrofunc generic_setattro, type_setattro;
enum { MAX_DICT_GETSETS = 16 };
static getter dict_getters[MAX_DICT_GETSETS];
static setter dict_setters[MAX_DICT_GETSETS];
static PyGetSetDef *dict_getsets[MAX_DICT_GETSETS];
static size_t dict_getset_count;
static descrsetfunc member_set;
static setter cell_set_contents;
static PyGetSetDef *cell_contents;

static int hook_setattro(PyObject *object, PyObject *name, PyObject *value);

static inline void
log_attribute(PyObject *object, xo_entity *first, PyObject *name, PyObject *value)
{
    XO_EACH_PRECISE_FROM(entity, first) {
        if (xo_is_blurred(object, entity, name)) {
            continue;
        }
        xo_recorder *recorder = xo_owner(entity);
        xo_op op = value == NULL ? XO_OP_ATTR_DELETE : XO_OP_ATTR_SET;
        xo_position start = xo_record_begin(recorder->writer, op, entity);
        if (value == NULL) {
            xo_put_key(recorder, name);
        } else {
            xo_put_pair(recorder, name, value);
        }
        xo_change_end(object, entity, start);
    }
}

/* ---- objects ---- */

static void
log_member(PyObject *object, PyObject *descriptor, PyObject *value)
{
    if (xo_member_is_shown(object, descriptor)) {
        log_attribute(object, xo_find(object), PyDescr_NAME(descriptor), value);
    } else if (PyExceptionInstance_Check(object)) { /* __suppress_context__ */
        xo_touch(object);
    }
}

static void
log_class(PyObject *object)
{
    XO_EACH_PRECISE(entity, object) {
        xo_recorder *recorder = xo_owner(entity);
        xo_position start = xo_record_begin(recorder->writer, XO_OP_CLASS_SET, entity);
        xo_put_varint(recorder->writer, xo_number_of(recorder, (PyObject *)Py_TYPE(object)));
        xo_change_end(object, entity, start);
    }
}

/* Writes the change in the dict itself. Where dicts have watchers, theirs has done so already, but for writes that
 * reach the values which the dict shares with its object. Elsewhere a finalizer has changed it since. */
static void
log_in_dict(PyObject *dict, PyObject *name, PyObject *value, xo_stamp before)
{
    if (xo_stamp_from(xo_find(dict)) != before) {
        if (!XO_HAS_DICT_WATCHERS) {
            xo_touch(dict);
        }
        return;
    }
    if (value != NULL) {
        xo_log_dict_set(dict, name, value);
    } else {
        xo_log_dict_delete(dict, name);
    }
}

/* Of the dict that holds an object's attributes, if it has one, before this one is changed. */
static inline xo_stamp
dict_stamp(PyObject *dict, PyObject *name)
{
    xo_entity *entity = dict == NULL ? NULL : xo_find(dict);
    if (entity != NULL && !XO_HAS_DICT_WATCHERS) {
        xo_look_at_version_before(dict, entity, name);
    }
    return xo_stamp_from(entity);
}

/* The object's images must say that a dict of its own holds the attributes. */
static void
touch_unlinked(PyObject *object)
{
    XO_EACH_PRECISE(entity, object) {
        if (!(entity->user & XO_LINKED)) {
            xo_mark_dirty(object, entity);
        }
    }
}

/* An attribute that lives in the object's dict, or would if it had one. */
static inline void
dict_attribute_changed(PyObject *object, xo_entity *first, PyObject *name, PyObject *value, xo_stamp before)
{
    PyObject *dict = xo_existing_dict(object);
    if (dict == NULL) {
        log_attribute(object, first, name, value);
        return;
    }
    log_in_dict(dict, name, value, before);
    touch_unlinked(object);
}

/* `first`: of the object's entities. `before`: of its dict, if it has one. */
static inline void
attribute_changed(PyObject *object, xo_entity *first, PyObject *name, PyObject *value, xo_stamp before)
{
    if (xo_is_ndarray(object)) { /* a.real = … */
        xo_memory_touched(object, NULL, -1);
        first = xo_find(object);
    }
    if (first == NULL || !PyUnicode_Check(name)) {
        return;
    }
    PyObject *descriptor = _PyType_Lookup(Py_TYPE(object), name);
    if (descriptor != NULL && Py_TYPE(descriptor) == &PyMemberDescr_Type) {
        log_member(object, descriptor, value);
    } else if (descriptor == NULL || Py_TYPE(descriptor)->tp_descr_set == NULL) {
        dict_attribute_changed(object, first, name, value, before);
    } else if (Py_TYPE(descriptor) == &PyGetSetDescr_Type) { /* __class__, or args of an exception */
        if (PyUnicode_CompareWithASCIIString(name, "__class__") == 0) {
            log_class(object);
        } else {
            xo_touch(object);
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
set_plainly(PyObject *object, PyObject *name, PyObject *value)
{
    int result = generic_setattro(object, name, value);
    return result < 0 ? fail_as_before(object, name, value) : result;
}

/* A finalizer of the old value sees the new one, also in the dict that holds it. */
static int
set_openly(PyObject *object, PyObject *dict, PyObject *name, PyObject *value)
{
    size_t operation = xo_operation_begin(object, -1);
    size_t dict_operation = dict == NULL ? SIZE_MAX : xo_operation_begin(dict, -1);
    int result = generic_setattro(object, name, value);
    (void)xo_operation_end(dict_operation);
    (void)xo_operation_end(operation);
    return result;
}

static int
hook_setattro(PyObject *object, PyObject *name, PyObject *value)
{
    const xo_entity *entity = xo_find(object); /* also when its image is due: that of its dict may not be */
    if (entity == NULL && !PyModule_Check(object)) {
        return set_plainly(object, name, value);
    }
    PyObject *dict = xo_existing_dict(object);
    xo_stamp before = xo_stamp_from(entity);
    xo_stamp dict_before = dict_stamp(dict, name);
    bool tracked = entity != NULL;
    int result = set_openly(object, dict, name, value);
    xo_entity *first = xo_find(object);
    if (xo_stamp_from(first) != before) { /* the finalizer may have set the attribute, too */
        xo_touch(object);
    }
    if (result < 0) {
        return fail_as_before(object, name, value);
    }
    if (tracked) {
        attribute_changed(object, first, name, value, dict_before);
    } else {
        log_in_dict(PyModule_GetDict(object), name, value, dict_before);
    }
    return result;
}

bool
xo_hooks_attributes_of(const PyTypeObject *type)
{
    return type->tp_setattro == hook_setattro;
}

/* A type in C may name its slot itself, and be made after the hooks were put in place. */
void
xo_watch_attributes(PyTypeObject *type)
{
    if (generic_setattro == NULL || type->tp_setattro != generic_setattro) {
        return;
    }
    while (type->tp_base != NULL && type->tp_base->tp_setattro == generic_setattro) {
        type = type->tp_base;
    }
    xo_patch_late_type(type, 0, offsetof(PyTypeObject, tp_setattro), (void *)generic_setattro, (void *)hook_setattro);
}

/* slot.__set__(object, value), by hand */
static int
hook_member_set(PyObject *descriptor, PyObject *object, PyObject *value)
{
    xo_around around;
    xo_around_begin(&around, object, -1);
    int result = member_set(descriptor, object, value);
    if (xo_around_end(&around) && result == 0) {
        if (xo_member_is_hidden(object, descriptor)) {
            xo_touch(object);
        } else {
            log_member(object, descriptor, value);
        }
    }
    return result;
}

/* ---- classes ---- */

static void
touch_shown(PyObject *type)
{
    XO_EACH_PRECISE(entity, type) {
        if (entity->user & XO_SHOWN_CLASS) {
            xo_mark_dirty(type, entity);
        }
    }
}

static int
hook_type_setattro(PyObject *type, PyObject *name, PyObject *value)
{
    touch_shown(type); /* a finalizer of the old value sees the new one */
    int result = type_setattro(type, name, value);
    touch_shown(type);
    return result;
}

/* ---- o.__dict__ ---- */

/* A dict that is handed out may be changed behind the object's back: from now on it holds the attributes, as the
 * object's next image says. */
void
xo_dict_handed_out(PyObject *object)
{
    if (xo_precise(object) != NULL && !PyType_Check(object) && xo_existing_dict(object) != NULL) {
        touch_unlinked(object);
    }
}

static PyObject *
get_dict(PyObject *object, void *which)
{
    PyObject *dict = dict_getters[(size_t)which](object, NULL);
    xo_dict_handed_out(object);
    return dict;
}

static int
set_dict(PyObject *object, PyObject *dict, void *which)
{
    int result = dict_setters[(size_t)which](object, dict, NULL);
    if (result == 0) {
        xo_touch(object);
    }
    return result;
}

void
xo_patch_dict_getset(PyTypeObject *type)
{
    PyObject *descriptor = PyDict_GetItemString(xo_type_dict(type), "__dict__");
    if (descriptor == NULL || Py_TYPE(descriptor) != &PyGetSetDescr_Type || dict_getset_count == MAX_DICT_GETSETS) {
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
        xo_patch_dict_getset((PyTypeObject *)plain);
        xo_patch_dict_getset((PyTypeObject *)bare);
        xo_patch_dict_getset((PyTypeObject *)PyExc_BaseException);
        xo_patch_dict_getset(&PyODict_Type);
        xo_patch_dict_getset(&PyFunction_Type);
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
