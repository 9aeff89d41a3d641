/* Types written in C of which somebody has said where their fields are (execorder.register). */
#ifndef EXECORDER_REGISTERED_H
#define EXECORDER_REGISTERED_H

#include "changes.h"

typedef struct {
    char *name; /* owned */
    Py_ssize_t offset;
    char kind;  /* a letter of the struct module; O: an object, s: a text that ends with a zero */
} xo_field;

typedef struct xo_registered {
    struct xo_registered *next;
    PyTypeObject *type; /* owned */
    bool never_changes;
    size_t count;
    xo_field fields[];
} xo_registered;

/* What is known of an object's type or of its bases, or NULL. */
const xo_registered *xo_registered_for(PyObject *object);
/* The same, also for slices, ranges, time zones, errors of encodings and the types of pandas that hold its arrays, which are
 * registered when their first object is met. */
const xo_registered *xo_register_known(PyObject *object);
/* The codecs, in C, go on with an error that they have given to the program. */
static inline bool
xo_is_unicode_error(PyObject *object)
{
    return PyObject_TypeCheck(object, (PyTypeObject *)PyExc_UnicodeError);
}
/* register(type, fields): fields is a list of (name, offset or -1, letter). NULL with an exception set. */
PyObject *xo_register(PyObject *type, PyObject *fields);

/* How many fields hold something; their names and values, as attributes are written. */
uint64_t xo_count_fields(PyObject *object, const xo_registered *known);
void xo_put_fields(xo_recorder *recorder, PyObject *object, const xo_registered *known);

/* field_watches.c: nothing tells when C code changes a field, so that they are compared before each step. */
void xo_watch_fields(xo_recorder *recorder, PyObject *object, xo_entity *entity, const xo_registered *known);
void xo_fields_settle(xo_recorder *recorder);
void xo_fields_forget(xo_recorder *recorder, PyObject *object);
void xo_fields_free(xo_recorder *recorder);
bool xo_field_is_empty(PyObject *object, const xo_field *field);
void xo_put_field(xo_recorder *recorder, PyObject *object, const xo_field *field);

#endif
