/* Records of single changes of dicts. */
#include "dict_records.h"

#include "changes.h"
#include "recorded_names.h"
#include "redaction.h"

/* Before 3.12, names that live in a dict may hold texts that grow (stored_names.c). */
static void
let_go(xo_recorder *recorder, const xo_entity *entity, PyObject *key)
{
    if (PyUnicode_CheckExact(key)) {
        xo_let_go_text(recorder, (xo_variable){entity->number | XO_OF_OBJECT, (uint64_t)PyObject_Hash(key)});
    }
    recorder->last_name.dict = 0;
}

void
xo_log_entry_set(PyObject *dict, xo_entity *entity, PyObject *key, PyObject *value)
{
    xo_recorder *recorder = xo_owner(entity);
    xo_note_key(entity, key);
    if (entity->user & XO_HOLDS_TEXT) {
        let_go(recorder, entity, key);
    }
    xo_position start = xo_record_begin(recorder->writer, XO_OP_DICT_SET, entity);
    xo_put_pair(recorder, key, value);
    if (entity->user & XO_NAMESPACE) {
        xo_recorded_name_set(dict, entity, key, value);
    } else {
        entity->length = xo_low_version(dict);
    }
    xo_change_end(dict, entity, start);
}

void
xo_log_entry_delete(PyObject *dict, xo_entity *entity, PyObject *key)
{
    xo_recorder *recorder = xo_owner(entity);
    if (entity->user & XO_HOLDS_TEXT) {
        let_go(recorder, entity, key);
    }
    xo_position start = xo_record_begin(recorder->writer, XO_OP_DICT_DELETE, entity);
    xo_put_key(recorder, key);
    if (entity->user & XO_NAMESPACE) {
        xo_recorded_name_deleted(dict, entity, key);
    } else {
        entity->length = xo_low_version(dict);
    }
    xo_change_end(dict, entity, start);
}

void
xo_log_dict_set(PyObject *dict, PyObject *key, PyObject *value)
{
    XO_EACH_PRECISE(entity, dict) {
        if (!xo_is_blurred(dict, entity, key)) {
            xo_log_entry_set(dict, entity, key, value);
        }
    }
}

void
xo_log_dict_delete(PyObject *dict, PyObject *key)
{
    XO_EACH_PRECISE(entity, dict) {
        if (!xo_is_blurred(dict, entity, key)) {
            xo_log_entry_delete(dict, entity, key);
        }
    }
}

bool
xo_dict_holds(PyObject *dict, PyObject *wanted)
{
    PyObject *key;
    for (Py_ssize_t position = 0; PyDict_Next(dict, &position, &key, NULL);) {
        if (key == wanted) {
            return true;
        }
    }
    return false;
}
