/* Attributes of objects and classes, read from their layout: no descriptor of the program's is ever asked. */
#include "deques.h"
#include "hidden_values.h"
#include "namespaces.h"
#include "redaction.h"
#include "registered.h"
#include "standard_values.h"

#include <structmember.h>

/* `hidden_in`: the class that declares the slot, when one derived from it declares another of the same name; else NULL. */
typedef void (*slot_visitor)(void *context, const PyTypeObject *hidden_in, const char *name, PyObject *value);

/* Of classes written in Python, the slots of __slots__; of a dict's subclass in C, defaultdict's factory; of exceptions,
 * what the built-in ones hold besides their arguments. */
static bool
shows_members(PyObject *object, const PyTypeObject *type)
{
    return xo_made_by_class_statement(type) || (PyDict_Check(object) && type != &PyDict_Type)
           || (PyExceptionInstance_Check(object) && !xo_is_unicode_error(object)); /* whose fields are watched */
}

static bool
is_shown_member(const PyMemberDef *member)
{
    return member->type == T_OBJECT_EX || member->type == T_OBJECT;
}

bool
xo_member_is_shown(PyObject *object, PyObject *descriptor)
{
    return shows_members(object, PyDescr_TYPE(descriptor))
           && is_shown_member(((PyMemberDescrObject *)descriptor)->d_member);
}

const struct PyMemberDef *
xo_find_member(const PyTypeObject *type, const char *name)
{
    const PyMemberDef *member = type->tp_members;
    while (member != NULL && member->name != NULL && strcmp(member->name, name) != 0) {
        member++;
    }
    return member == NULL || member->name == NULL ? NULL : member;
}

/* Whether one of the object's classes that are derived from `owner` declares a slot of this name, too. */
static bool
is_hidden(PyObject *object, const PyTypeObject *owner, const char *name)
{
    const PyTypeObject *type = Py_TYPE(object);
    while (type != NULL && type != owner && xo_find_member(type, name) == NULL) {
        type = type->tp_base;
    }
    return type != NULL && type != owner;
}

bool
xo_member_is_hidden(PyObject *object, PyObject *descriptor)
{
    return is_hidden(object, PyDescr_TYPE(descriptor), ((PyMemberDescrObject *)descriptor)->d_member->name);
}

/* Calls `visit` for each member that holds a value, those of the bases first. */
static void
visit_slots(PyObject *object, PyTypeObject *type, slot_visitor visit, void *context)
{
    if (!shows_members(object, type)) {
        return;
    }
    if (type->tp_base != NULL) {
        visit_slots(object, type->tp_base, visit, context);
    }
    for (PyMemberDef *member = type->tp_members; member != NULL && member->name != NULL; member++) {
        PyObject *value = is_shown_member(member) ? *(PyObject **)((char *)object + member->offset) : NULL;
        if (value != NULL) {
            visit(context, is_hidden(object, type, member->name) ? type : NULL, member->name, value);
        }
    }
}

static void
count_slot(void *context, const PyTypeObject *hidden_in, const char *name, PyObject *value)
{
    (void)hidden_in;
    (void)name;
    (void)value;
    (*(size_t *)context)++;
}

/* A hidden slot is called `Base.name`: no other slot's name has a dot. */
static void
put_slot_name(xo_recorder *recorder, const PyTypeObject *hidden_in, const char *name)
{
    PyObject *full = hidden_in == NULL ? NULL : PyUnicode_FromFormat("%s.%s", hidden_in->tp_name, name);
    if (full == NULL) {
        PyErr_Clear();
        xo_put_latin(recorder, name);
    } else {
        xo_put_name(recorder, full);
        Py_DECREF(full);
    }
}

static void
put_slot(void *context, const PyTypeObject *hidden_in, const char *name, PyObject *value)
{
    xo_recorder *recorder = context;
    put_slot_name(recorder, hidden_in, name);
    if (xo_hides_member(recorder, name)) {
        xo_put_hidden_member(recorder, value);
    } else {
        xo_put_value(recorder, value);
    }
}

/* Which exceptions it came from, and whether a traceback tells: as a rule it tells of a context when there is no cause. */
static void
visit_chain(PyObject *object, slot_visitor visit, void *context)
{
    const PyBaseExceptionObject *exception = (PyBaseExceptionObject *)object;
    bool is_odd = (exception->suppress_context != 0) != (exception->cause != NULL);
    struct {
        const char *name;
        PyObject *value;
    } links[] = {
        {"__context__", exception->context},
        {"__cause__", exception->cause}, /* sets the next one, too, wherever it is set */
        {"__suppress_context__", !is_odd ? NULL : exception->suppress_context ? Py_True : Py_False},
    };
    for (size_t i = 0; i < sizeof links / sizeof *links; i++) {
        if (links[i].value != NULL) {
            visit(context, NULL, links[i].name, links[i].value);
        }
    }
}

/* What objects of types that aren't ordinary hold besides slots and attributes. */
static uint64_t
count_native(PyObject *object, const xo_registered *known)
{
    size_t count = xo_is_deque(object);
    if (PyExceptionInstance_Check(object)) {
        count++;
        visit_chain(object, count_slot, &count);
    }
    return count + xo_count_fields(object, known) + xo_count_standard(object) + xo_count_hidden_values(object);
}

static void
put_before_slots(xo_recorder *recorder, PyObject *object)
{
    if (PyExceptionInstance_Check(object)) {
        put_slot(recorder, NULL, "args", ((PyBaseExceptionObject *)object)->args);
        visit_chain(object, put_slot, recorder);
    }
    if (xo_is_deque(object)) {
        PyObject *length = xo_deque_max_length(object);
        put_slot(recorder, NULL, "maxlen", length);
        Py_XDECREF(length);
    }
}

static void
put_behind_slots(xo_recorder *recorder, PyObject *object, const xo_registered *known)
{
    xo_put_fields(recorder, object, known);
    xo_put_standard(recorder, object);
    xo_put_hidden_values(recorder, object);
}

static void
put_inline_values(xo_recorder *recorder, const xo_inline_values *inlined)
{
    for (Py_ssize_t i = 0; i < inlined->count; i++) {
        Py_ssize_t index = inlined->order[i * inlined->order_step];
        xo_put_pair(recorder, xo_inline_name(inlined, index), inlined->values[index]);
    }
}

static bool
is_shown_class(xo_recorder *recorder, PyTypeObject *type)
{
    if (!xo_made_by_class_statement(type) || type->tp_dict == NULL) {
        return false;
    }
    PyObject *module = PyDict_GetItemString(type->tp_dict, "__module__");
    return module != NULL && PyUnicode_CheckExact(module) && PySet_Contains(recorder->user_modules, module) == 1;
}

/* What the class statement itself puts there says nothing about the program. */
static bool
is_class_machinery(PyObject *name)
{
    static const char *const names[] = {"__dict__", "__weakref__", "__module__", "__doc__", "__qualname__", NULL};
    for (const char *const *known = names; *known != NULL; known++) {
        if (PyUnicode_CompareWithASCIIString(name, *known) == 0) {
            return true;
        }
    }
    return false;
}

static void
put_class_attributes(xo_recorder *recorder, PyTypeObject *type)
{
    PyObject *key, *value;
    uint64_t count = 0;
    for (Py_ssize_t position = 0; PyDict_Next(type->tp_dict, &position, &key, &value);) {
        count += PyUnicode_CheckExact(key) && !is_class_machinery(key);
    }
    xo_put_varint(recorder->writer, count);
    for (Py_ssize_t position = 0; PyDict_Next(type->tp_dict, &position, &key, &value);) {
        if (PyUnicode_CheckExact(key) && !is_class_machinery(key)) {
            xo_put_pair(recorder, key, value);
        }
    }
}

static void
put_tag_of_class(xo_recorder *recorder, PyObject *object, xo_entity *entity)
{
    if (!is_shown_class(recorder, (PyTypeObject *)object)) {
        xo_put_tag(recorder->writer, (xo_tag)XO_ATTRS_NONE);
        return;
    }
    entity->user |= XO_SHOWN_CLASS;
    xo_put_tag(recorder->writer, (xo_tag)XO_ATTRS_INLINE);
    put_class_attributes(recorder, (PyTypeObject *)object);
}

/* The most frequent types that have none. */
static bool
is_plain_container(const PyTypeObject *type)
{
    return type == &PyTuple_Type || type == &PyDict_Type || type == &PyList_Type || type == &PySet_Type
           || type == &PyFrozenSet_Type || type == &PyCell_Type;
}

static bool
has_attributes(PyObject *object)
{
    PyTypeObject *type = Py_TYPE(object);
    return xo_made_by_class_statement(type) || PyExceptionInstance_Check(object) || PyFunction_Check(object)
           || (PyDict_Check(object) && type != &PyDict_Type) || xo_is_deque(object)
           || xo_registered_for(object) != NULL || xo_is_namespace_type(type) || xo_is_standard_value(object)
           || xo_holds_hidden_values(object);
}

void
xo_put_attributes(xo_recorder *recorder, PyObject *object, xo_entity *entity)
{
    if (PyType_Check(object)) {
        put_tag_of_class(recorder, object, entity);
        return;
    }
    if (is_plain_container(Py_TYPE(object)) || !has_attributes(object)) {
        xo_put_tag(recorder->writer, (xo_tag)XO_ATTRS_NONE);
        return;
    }
    xo_inline_values inlined = {0};
    PyObject *dict = xo_existing_dict(object);
    if (dict == NULL) {
        (void)xo_get_inline_values(object, &inlined);
    }
    size_t slots = 0;
    visit_slots(object, Py_TYPE(object), count_slot, &slots);
    bool is_ordinary = xo_is_ordinary(Py_TYPE(object));
    const xo_registered *known = is_ordinary ? NULL : xo_registered_for(object);
    uint64_t count = slots + (uint64_t)inlined.count + (is_ordinary ? 0 : count_native(object, known));
    entity->user = dict == NULL ? entity->user & ~(uint32_t)XO_LINKED : entity->user | XO_LINKED;

    xo_put_tag(recorder->writer, (xo_tag)(dict == NULL ? XO_ATTRS_INLINE : XO_ATTRS_BOTH));
    xo_put_varint(recorder->writer, count);
    if (!is_ordinary) {
        put_before_slots(recorder, object);
    }
    visit_slots(object, Py_TYPE(object), put_slot, recorder);
    if (!is_ordinary) {
        put_behind_slots(recorder, object, known);
    }
    put_inline_values(recorder, &inlined);
    if (dict != NULL) {
        xo_put_varint(recorder->writer, xo_number_of(recorder, dict));
    }
    if (known != NULL && !known->never_changes) {
        xo_watch_fields(recorder, object, entity, known);
    }
}
