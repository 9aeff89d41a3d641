/* Records of changes of a list, and what the hooks of its slots and methods share. */
#ifndef EXECORDER_LISTS_H
#define EXECORDER_LISTS_H

#include "changes.h"

void xo_log_list_set(PyObject *list, xo_entity *entity, Py_ssize_t index);
/* `removed` items from `first` on were replaced by the `added` ones that stand there now. */
void xo_log_list_splice(PyObject *list, xo_entity *entity, Py_ssize_t first, Py_ssize_t removed, Py_ssize_t added);
void xo_log_list_append(PyObject *list, xo_entity *entity);
/* After an operation that appends; -1: it has done more than that. */
void xo_list_grown(PyObject *list, Py_ssize_t recorded_length);
void xo_hook_list_slots(void);

#endif
