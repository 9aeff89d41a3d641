/* dict_records.c: single changes of dicts, and what has to be known of their keys. */
#ifndef EXECORDER_DICT_RECORDS_H
#define EXECORDER_DICT_RECORDS_H

#include "hooks.h"

/* In one recording. */
void xo_log_entry_set(PyObject *dict, xo_entity *entity, PyObject *key, PyObject *value);
void xo_log_entry_delete(PyObject *dict, xo_entity *entity, PyObject *key);
/* Whether this very object is a key. */
bool xo_dict_holds(PyObject *dict, PyObject *wanted);

#endif
