/* Records of changes of a list, and what the hooks of its slots and methods share. */
#ifndef EXECORDER_LISTS_H
#define EXECORDER_LISTS_H

#include "changes.h"
#include "item_sums.h"

/* The item at `index` was set, in the place of one with the measure `old`. */
void xo_log_list_set(PyObject *list, Py_ssize_t index, uint32_t old);
/* What was removed from `first` on has been replaced by the `added` ones that stand there now. */
void xo_log_list_splice(PyObject *list, Py_ssize_t first, xo_items_sum removed, Py_ssize_t added);
/* The item at `index`, which was the last, was appended. */
void xo_log_list_append(PyObject *list, Py_ssize_t index);
/* The same, in one recording only, where the list may have more items already. */
void xo_log_list_append_in(xo_entity *entity, PyObject *list, Py_ssize_t index);
/* Ends what was begun around a call that appends to the list. */
void xo_list_grown_in(xo_around *around);
void xo_hook_list_slots(void);

#endif
