/* recorded_names.c: before 3.12, what is recorded of the dicts that frames hold names in. Code stores there unheard, which is
 * written when its line is over: so that a dict is another version doesn't tell whether C code has changed it, too. */
#ifndef EXECORDER_RECORDED_NAMES_H
#define EXECORDER_RECORDED_NAMES_H

#include "name_tables.h"

/* Frames are going to hold names in the dict, which other changes are known of so far. */
void xo_recorded_names_begin(PyObject *dict, xo_entity *entity);
/* All of its names are being recorded. */
void xo_recorded_names_take(PyObject *dict, xo_entity *entity);
/* The entity ends, or its recording does. */
void xo_recorded_names_free(xo_entity *entity);
/* One name is recorded; its dict has changed already, or does at once. */
void xo_recorded_name_set(PyObject *dict, xo_entity *entity, PyObject *name, PyObject *value);
void xo_recorded_name_deleted(PyObject *dict, xo_entity *entity, PyObject *name);
bool xo_recorded_name_is_known(xo_entity *entity, PyObject *name);
/* It stands at the end, may have been taken out before to be set there, and is about to be recorded. */
void xo_recorded_name_moves(xo_entity *entity, PyObject *name, PyObject *value);

/* Whether the dict holds what is recorded, but for what is pending. */
bool xo_recorded_names_agree(PyObject *dict, xo_entity *entity, const xo_thread_state *settled);
/* After that: whether some were passed over. */
static inline bool
xo_recorded_names_are_behind(PyObject *dict, const xo_entity *entity)
{
    return (entity->user & XO_NAMESPACE) && entity->length != xo_low_version(dict);
}
/* The same of one name, which may be any key. */
bool xo_recorded_name_agrees(PyObject *dict, xo_entity *entity, PyObject *name, const xo_thread_state *settled);
/* Whether to compare them now: where steps take their time, few names at each; else not too many. */
bool xo_recorded_names_are_due(xo_recorder *recorder, PyObject *dict);

/* pending_names.c: whether a line that runs may have stored to the dict's names, which isn't written yet. */
bool xo_names_are_pending(const xo_entity *entity);
/* To the name with this xo_name_key. `settled`: but for the line of this thread's top frame; NULL: any thread's. */
bool xo_name_is_pending(const xo_entity *entity, const void *key, const xo_thread_state *settled);
/* Whether the names that the frame's line stores to are as recorded in this dict. */
bool xo_stored_names_agree(PyObject *dict, xo_entity *entity, const xo_shadow *shadow, const xo_line *line,
                           const xo_thread_state *settled);

#endif
