/* late_changes.c: changes that C code made past slots and methods, and that are therefore shown late. */
#ifndef EXECORDER_LATE_CHANGES_H
#define EXECORDER_LATE_CHANGES_H

#include "capture.h"

/* The object has changed, after step `seen_right` (0: can't be told), and no hook has told of it. */
void xo_note_late(const xo_entity *entity, uint64_t seen_right);
void xo_found_changed(PyObject *object, xo_entity *entity);
/* Compares the lengths of some objects, whose turn it is, with what is recorded of them. */
void xo_lengths_look(xo_recorder *recorder);
void xo_lengths_look_at_all(const xo_recorder *recorder);

#endif
