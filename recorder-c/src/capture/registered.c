#include "registered.h"
#include "redaction.h"

#include <stdlib.h>
#include <structmember.h>

static xo_registered *registry; /* owned: for the life of the process */

/* ---- looking up ---- */

const xo_registered *
xo_registered_for(PyObject *object)
{
    if (registry == NULL) {
        return NULL;
    }
    for (PyTypeObject *type = Py_TYPE(object); type != NULL; type = type->tp_base) {
        for (const xo_registered *known = registry; known != NULL; known = known->next) {
            if (known->type == type) {
                return known;
            }
        }
    }
    return NULL;
}

/* ---- registering ---- */

static Py_ssize_t
size_of(char kind)
{
    switch (kind) {
    case '?': case 'b': case 'B': return 1;
    case 'h': case 'H': return 2;
    case 'i': case 'I': case 'f': return 4;
    default: return 8;
    }
}

static bool
fits(PyTypeObject *type, Py_ssize_t offset, char kind)
{
    return offset >= (Py_ssize_t)sizeof(PyObject) && offset + size_of(kind) <= type->tp_basicsize
           && offset % size_of(kind) == 0;
}

static xo_registered *
add(PyTypeObject *type, size_t count)
{
    xo_registered *known = calloc(1, sizeof *known + count * sizeof *known->fields);
    if (known != NULL) {
        known->type = (PyTypeObject *)Py_NewRef((PyObject *)type);
    }
    return known;
}

static void
discard(xo_registered *known)
{
    for (size_t i = 0; i < known->count; i++) {
        free(known->fields[i].name);
    }
    Py_DECREF(known->type);
    free(known);
}

static bool
add_field(xo_registered *known, const char *name, Py_ssize_t offset, char kind)
{
    char *copy = malloc(strlen(name) + 1);
    if (copy == NULL) {
        return false;
    }
    strcpy(copy, name);
    known->fields[known->count++] = (xo_field){copy, offset, kind};
    return true;
}

/* Replaces what was said of the type before. */
static void
keep(xo_registered *known)
{
    for (xo_registered **link = &registry; *link != NULL; link = &(*link)->next) {
        if ((*link)->type == known->type) {
            known->next = (*link)->next;
            /* The old table stays: a recording may be comparing by it. */
            *link = known;
            return;
        }
    }
    known->next = registry;
    registry = known;
}

PyObject *
xo_register(PyObject *type, PyObject *fields)
{
    Py_ssize_t count = PyList_GET_SIZE(fields);
    if (xo_lifetimes_init() < 0) {
        return NULL;
    }
    if (xo_made_by_class_statement((PyTypeObject *)type)) {
        return PyErr_Format(PyExc_TypeError, "%s is a class written in Python, whose attributes are recorded anyway",
                            ((PyTypeObject *)type)->tp_name);
    }
    xo_registered *known = add((PyTypeObject *)type, (size_t)count);
    if (known == NULL) {
        return PyErr_NoMemory();
    }
    for (Py_ssize_t i = 0; i < count; i++) {
        const char *name, *kind;
        Py_ssize_t offset;
        if (!PyArg_ParseTuple(PyList_GET_ITEM(fields, i), "sns", &name, &offset, &kind)) {
            discard(known);
            return NULL;
        }
        if (!fits((PyTypeObject *)type, offset, kind[0])) {
            PyErr_Format(PyExc_ValueError,
                         "field '%s': offset %zd is not inside the %zd bytes of a '%s', or not aligned", name, offset,
                         ((PyTypeObject *)type)->tp_basicsize, ((PyTypeObject *)type)->tp_name);
            discard(known);
            return NULL;
        }
        if (!add_field(known, name, offset, kind[0])) {
            discard(known);
            return PyErr_NoMemory();
        }
    }
    keep(known);
    return Py_NewRef(Py_None);
}

/* ---- pandas ---- */

/* The offset at which an object holds what one of its getters, which is generated C code, answers; -1: none. */
static Py_ssize_t
offset_of(PyObject *object, PyTypeObject *type, const char *name)
{
    PyObject *descriptor = PyDict_GetItemString(xo_type_dict(type), name);
    if (descriptor == NULL || Py_TYPE(descriptor) != &PyGetSetDescr_Type) {
        return -1;
    }
    PyGetSetDef *getset = ((PyGetSetDescrObject *)descriptor)->d_getset;
    PyObject *value = getset->get(object, getset->closure);
    PyErr_Clear();
    if (value == NULL || value == Py_None || Py_REFCNT(value) < 2) {
        Py_XDECREF(value);
        return -1;
    }
    Py_ssize_t offset = sizeof(PyObject);
    while (offset < type->tp_basicsize && *(PyObject **)((char *)object + offset) != value) {
        offset += (Py_ssize_t)sizeof(PyObject *);
    }
    Py_DECREF(value);
    return offset < type->tp_basicsize ? offset : -1;
}

/* slice and range, which begin with the three numbers that they were made of. */
static const xo_registered *
register_triple(PyTypeObject *type)
{
    static const char *const names[] = {"start", "stop", "step"};
    xo_registered *made = add(type, 3);
    for (int i = 0; made != NULL && i < 3; i++) {
        (void)add_field(made, names[i], (Py_ssize_t)(sizeof(PyObject) + (size_t)i * sizeof(PyObject *)), 'O');
    }
    if (made != NULL) {
        made->never_changes = true;
        keep(made);
    }
    return made;
}

/* UnicodeEncodeError, UnicodeDecodeError, UnicodeTranslateError: what their members in C hold. */
static const xo_registered *
register_unicode_error(PyTypeObject *type)
{
    size_t count = 0;
    type = xo_native_base(type);
    if (type->tp_members == NULL) { /* UnicodeError itself */
        return NULL;
    }
    while (type->tp_members[count].name != NULL) {
        count++;
    }
    xo_registered *made = add(type, count);
    for (const PyMemberDef *member = type->tp_members; made != NULL && made->count < count; member++) {
        if (!add_field(made, member->name, member->offset, member->type == T_PYSSIZET ? 'q' : 'O')) {
            discard(made);
            return NULL;
        }
    }
    if (made != NULL) {
        keep(made);
    }
    return made;
}

static char
letter_of(const PyMemberDef *member)
{
    return member->type == T_PYSSIZET ? 'q' : member->type == T_INT ? 'i' : 'O';
}

/* What some of the type's members hold for good. The table of names ends with NULL. */
static const xo_registered *
register_members(PyTypeObject *type, const char *const *names)
{
    enum { MOST = 4 };
    xo_registered *made = add(type, MOST);
    for (size_t i = 0; made != NULL && names[i] != NULL; i++) {
        const PyMemberDef *member = xo_find_member(type, names[i]);
        if (member != NULL) {
            (void)add_field(made, names[i], member->offset, letter_of(member));
        }
    }
    if (made != NULL) {
        made->never_changes = true;
        keep(made);
    }
    return made;
}

/* zoneinfo.ZoneInfo by the key with which it is found again, and what `re` makes. NULL for other types. */
static const xo_registered *
register_by_name(PyTypeObject *type)
{
    static const struct {
        const char *type;
        const char *members[5];
    } tables[] = {
        {"zoneinfo.ZoneInfo", {"key", NULL}},
        {"re.Pattern", {"pattern", "flags", "groups", NULL}},
        {"re.Match", {"string", "re", "pos", "endpos", NULL}},
    };
    for (size_t i = 0; !xo_made_by_class_statement(type) && i < sizeof tables / sizeof *tables; i++) {
        if (strcmp(type->tp_name, tables[i].type) == 0) {
            return register_members(type, tables[i].members);
        }
    }
    return NULL;
}

const xo_registered *
xo_register_known(PyObject *object)
{
    static const char *const names[] = {"blocks", "axes", "values", "_ndarray", NULL};
    const xo_registered *known = xo_registered_for(object);
    PyTypeObject *type = Py_TYPE(object);
    if (known == NULL && (type == &PySlice_Type || type == &PyRange_Type)) {
        return register_triple(type);
    }
    if (known == NULL && xo_is_unicode_error(object)) {
        return register_unicode_error(type);
    }
    type = xo_native_base(type);
    if (known == NULL && (known = register_by_name(type)) != NULL) {
        return known;
    }
    if (known != NULL
        || (strncmp(type->tp_name, "pandas._libs.internals.", 23) != 0
            && strncmp(type->tp_name, "pandas._libs.arrays.", 20) != 0)) {
        return known;
    }
    xo_registered *made = add(type, sizeof names / sizeof *names);
    for (const char *const *name = names; made != NULL && *name != NULL; name++) {
        for (PyTypeObject *base = type; base != NULL; base = base->tp_base) {
            Py_ssize_t offset = offset_of(object, base, *name);
            if (offset >= 0) {
                (void)add_field(made, *name, offset, 'O');
                break;
            }
        }
    }
    if (made == NULL || made->count == 0) { /* an object that is not filled yet, or other insides */
        if (made != NULL) {
            discard(made);
        }
        return NULL;
    }
    keep(made);
    return made;
}

/* ---- writing ---- */

static const char *
place_of(PyObject *object, const xo_field *field)
{
    return (const char *)object + field->offset;
}

bool
xo_field_is_empty(PyObject *object, const xo_field *field)
{
    return (field->kind == 'O' || field->kind == 's') && *(void *const *)(const void *)place_of(object, field) == NULL;
}

uint64_t
xo_count_fields(PyObject *object, const xo_registered *known)
{
    uint64_t count = 0;
    for (size_t i = 0; known != NULL && i < known->count; i++) {
        count += !xo_field_is_empty(object, &known->fields[i]);
    }
    return count;
}

#define LOAD(type) (*(const type *)(const void *)place)

static void
put_unsigned(xo_recorder *recorder, uint64_t number)
{
    uint8_t bytes[9] = {0};
    if (number <= INT64_MAX) {
        xo_put_int(recorder->writer, (int64_t)number);
        return;
    }
    for (int i = 0; i < 8; i++) {
        bytes[i] = (uint8_t)(number >> (8 * i));
    }
    xo_put_bigint(recorder->writer, bytes, sizeof bytes);
}

void
xo_put_field(xo_recorder *recorder, PyObject *object, const xo_field *field)
{
    const char *place = place_of(object, field);
    xo_writer *writer = recorder->writer;
    if (xo_hides_member(recorder, field->name)) {
        xo_put_hidden_member(recorder, field->kind == 'O' ? *(PyObject *const *)(const void *)place : Py_None);
        return;
    }
    switch (field->kind) {
    case 'O': xo_put_value(recorder, *(PyObject *const *)(const void *)place); break;
    case 's': xo_put_latin(recorder, *(char *const *)(const void *)place); break;
    case '?': xo_put_tag(writer, LOAD(char) ? XO_TAG_TRUE : XO_TAG_FALSE); break;
    case 'b': xo_put_int(writer, LOAD(int8_t)); break;
    case 'B': xo_put_int(writer, LOAD(uint8_t)); break;
    case 'h': xo_put_int(writer, LOAD(int16_t)); break;
    case 'H': xo_put_int(writer, LOAD(uint16_t)); break;
    case 'i': xo_put_int(writer, LOAD(int32_t)); break;
    case 'I': xo_put_int(writer, LOAD(uint32_t)); break;
    case 'q': xo_put_int(writer, LOAD(int64_t)); break;
    case 'Q': put_unsigned(recorder, LOAD(uint64_t)); break;
    case 'f': xo_put_float(writer, LOAD(float)); break;
    default: xo_put_float(writer, LOAD(double)); break;
    }
}

void
xo_put_fields(xo_recorder *recorder, PyObject *object, const xo_registered *known)
{
    for (size_t i = 0; known != NULL && i < known->count; i++) {
        if (!xo_field_is_empty(object, &known->fields[i])) {
            xo_put_latin(recorder, known->fields[i].name);
            xo_put_field(recorder, object, &known->fields[i]);
        }
    }
}
