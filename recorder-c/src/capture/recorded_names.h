/* recorded_names.c: before 3.12, what is recorded of the dicts that frames hold names in. Code stores there unheard, which is
 * written when its line is over: so that a dict is another version doesn't tell whether C code has changed it, too. */
#ifndef EXECORDER_RECORDED_NAMES_H
#define EXECORDER_RECORDED_NAMES_H

#include "capture.h"

static inline Py_hash_t
xo_name_hash(PyObject *name)
{
    Py_hash_t hash = ((PyASCIIObject *)name)->hash;
    return hash == -1 ? PyObject_Hash(name) : hash;
}

/* Frames are going to hold names in the dict, which other changes are known of so far. */
void xo_recorded_names_begin(PyObject *dict, xo_entity *entity);
/* All of its names are being recorded. */
void xo_recorded_names_take(PyObject *dict, xo_entity *entity);
/* The entity ends, or its recording does. */
void xo_recorded_names_free(xo_entity *entity);
/* One name is recorded; its dict has changed already, or does at once. */
void xo_recorded_name_set(xo_entity *entity, PyObject *name, PyObject *value);
void xo_recorded_name_deleted(xo_entity *entity, PyObject *name);
/* It stands at the end, may have been taken out before to be set there, and is about to be recorded. */
void xo_recorded_name_moves(xo_entity *entity, PyObject *name, PyObject *value);
/* Whether the dict holds what is recorded. Keys that are no texts are left out. */
bool xo_recorded_names_agree(PyObject *dict, xo_entity *entity);
/* Whether to compare them now: always where steps take their time, else not too many at each. */
bool xo_recorded_names_are_due(xo_recorder *recorder, PyObject *dict);
/* Whether a line that runs may have stored to the dict's names, which isn't written yet. */
bool xo_recorded_names_are_pending(const xo_entity *entity);

#endif
