#include "hidden_values.h"

#include "named_values.h"

#include <stddef.h>
#include <stdio.h>
#include <structmember.h>

/* ---- matches of `re` ---- */

/* Of `_sre`, alike in all versions: two marks for each group, first for the whole match; -1 where a group took no part. */
typedef struct {
    PyObject_VAR_HEAD
    PyObject *string;
    PyObject *spans;
    PyObject *pattern;
    Py_ssize_t position;
    Py_ssize_t end_position;
    Py_ssize_t last_index;
    Py_ssize_t groups;
    Py_ssize_t marks[1];
} match_object;

static bool
is_match(PyObject *object)
{
    const PyTypeObject *type = Py_TYPE(object);
    return type->tp_itemsize == sizeof(Py_ssize_t) && type->tp_basicsize == sizeof(match_object)
           && strcmp(type->tp_name, "re.Match") == 0 && 2 * ((match_object *)object)->groups <= Py_SIZE(object);
}

/* A group's by the call that tells it. */
static void
put_mark(xo_recorder *recorder, const char *method, Py_ssize_t group, Py_ssize_t mark)
{
    char name[40];
    if (group != 0) {
        snprintf(name, sizeof name, "%s(%zd)", method, group);
    }
    xo_put_named_number(recorder, group == 0 ? method : name, mark);
}

static void
put_marks(xo_recorder *recorder, const match_object *match)
{
    if (match->last_index < 0) {
        xo_put_named_object(recorder, "lastindex", Py_None);
    } else {
        xo_put_named_number(recorder, "lastindex", match->last_index);
    }
    for (Py_ssize_t group = 0; group < match->groups; group++) {
        put_mark(recorder, "start", group, match->marks[2 * group]);
        put_mark(recorder, "end", group, match->marks[2 * group + 1]);
    }
}

/* ---- struct sequences ---- */

static bool
is_struct_sequence(PyObject *object)
{
    PyTypeObject *type = Py_TYPE(object);
    return PyTuple_Check(object) && type->tp_base == &PyTuple_Type && !xo_made_by_class_statement(type)
           && type->tp_dict != NULL && PyDict_GetItemString(type->tp_dict, "n_sequence_fields") != NULL;
}

/* What a member holds that lies behind the items; NULL for the others, and for one that is not set. */
static PyObject *
hidden_field(PyObject *sequence, const PyMemberDef *member)
{
    Py_ssize_t end = (Py_ssize_t)offsetof(PyTupleObject, ob_item) + Py_SIZE(sequence) * (Py_ssize_t)sizeof(PyObject *);
    return member->offset < end ? NULL : *(PyObject **)(void *)((char *)sequence + member->offset);
}

static uint64_t
count_hidden_fields(PyObject *sequence)
{
    uint64_t count = 0;
    for (const PyMemberDef *member = Py_TYPE(sequence)->tp_members; member != NULL && member->name != NULL; member++) {
        count += hidden_field(sequence, member) != NULL;
    }
    return count;
}

static void
put_hidden_fields(xo_recorder *recorder, PyObject *sequence)
{
    for (const PyMemberDef *member = Py_TYPE(sequence)->tp_members; member != NULL && member->name != NULL; member++) {
        PyObject *value = hidden_field(sequence, member);
        if (value != NULL) {
            xo_put_named_object(recorder, member->name, value);
        }
    }
}

/* ---- both ---- */

bool
xo_holds_hidden_values(PyObject *object)
{
    return !PyTuple_CheckExact(object) && (is_match(object) || is_struct_sequence(object));
}

uint64_t
xo_count_hidden_values(PyObject *object)
{
    if (!xo_holds_hidden_values(object)) {
        return 0;
    }
    return is_match(object) ? 2 * (uint64_t)((match_object *)object)->groups + 1 : count_hidden_fields(object);
}

void
xo_put_hidden_values(xo_recorder *recorder, PyObject *object)
{
    if (!xo_holds_hidden_values(object)) {
        return;
    }
    if (is_match(object)) {
        put_marks(recorder, (const match_object *)object);
    } else {
        put_hidden_fields(recorder, object);
    }
}
