/* late_changes.c: changes that C code made past slots and methods, and that are therefore shown late. */
#ifndef EXECORDER_LATE_CHANGES_H
#define EXECORDER_LATE_CHANGES_H

#include "capture.h"

/* The object has changed and no hook has told of it. What is recorded was right when there were `right_at` steps. */
void xo_note_late(const xo_entity *entity, uint64_t right_at);
void xo_found_changed(PyObject *object, xo_entity *entity);
/* What is to be xo_entity.length of a dict; 0: changes of it can't be told. */
uint32_t xo_recorded_version(PyObject *dict, const xo_entity *entity);
/* Whether it holds something else than is recorded, which is noted. */
bool xo_differs(PyObject *object, xo_entity *entity);
/* The object is about to be changed in a way that hides such a change. */
void xo_look_before(PyObject *object);
/* It is being freed. What is empty by then may have been emptied by the collector. */
void xo_look_at_end(PyObject *object, xo_entity *entity);
/* Before a step: compares what stands in the variables of the frame that runs, and some other objects, whose turn it is, with
 * what is recorded of them. */
void xo_late_changes_look(xo_recorder *recorder, const xo_thread_state *thread);
void xo_late_changes_look_at_all(const xo_recorder *recorder);
/* The recording ends. */
void xo_late_end(xo_recorder *recorder);

#endif
