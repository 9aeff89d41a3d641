/* Names of modules and class bodies, which live in a dict: before 3.12 nothing else tells when code stores to them.
 *
 * Up to 3.10, `s += t` takes a text's name out of the dict, so that the text can grow in its place, and puts it in again,
 * at the end. */
#include "changes.h"
#include "dict_records.h"
#include "recorded_names.h"
#include "redaction.h"

/* By halves: whether there is an entry at some place or behind it is all that a dict tells. NULL when it is empty. */
static PyObject *
last_key(PyObject *dict)
{
    PyObject *key, *last = NULL;
    Py_ssize_t position = 0, known = -1, limit = 1;
    while (PyDict_Next(dict, &position, &key, NULL)) {
        last = key;
        known = position - 1;
        limit = 2 * position;
        position = limit;
    }
    while (limit - known > 1) {
        Py_ssize_t middle = position = known + (limit - known) / 2;
        if (PyDict_Next(dict, &position, &key, NULL)) {
            last = key;
            known = position - 1;
        } else {
            limit = middle;
        }
    }
    return last;
}

/* The name may have come to the end of the dict: let the recording say so, unless it is there already. */
static void
log_move(PyObject *dict, xo_entity *entity, PyObject *name)
{
    xo_recorder *recorder = xo_owner(entity);
    xo_last_name last = {entity->number, name, PyDict_GET_SIZE(dict)};
    const xo_last_name *known = &recorder->last_name;
    if (known->dict == last.dict && known->name == last.name && known->size == last.size) {
        return;
    }
    xo_position start = xo_record_begin(recorder->writer, XO_OP_DICT_DELETE, entity);
    xo_put_key(recorder, name);
    xo_record_end(recorder->writer, entity, start, false);
    entity->user |= XO_HOLDS_TEXT; /* so that other changes of the dict end what is known of its last name */
    recorder->last_name = last;
}

static void
log_store(PyObject *dict, xo_entity *entity, PyObject *name, PyObject *value, bool once)
{
    xo_recorder *recorder = xo_owner(entity);
    xo_position start = xo_record_begin(recorder->writer, XO_OP_DICT_SET, entity);
    uint64_t slot = (uint64_t)xo_name_hash(name);
    if (recorder->redactor != NULL) {
        xo_put_pair(recorder, name, value);
    } else {
        xo_put_key(recorder, name);
        if (!xo_put_if_held_in(entity, value, slot, once)) {
            xo_put_value(recorder, value);
        }
    }
    xo_recorded_name_set(dict, entity, name, value);
    xo_change_end(dict, entity, start);
}

/* As a rule no key but the name itself has its hash; then nothing that runs could fail. */
static PyObject *
get(PyObject *dict, PyObject *name)
{
    bool is_plain = PyDict_CheckExact(dict) && !(xo_find(dict)->user & XO_ODD_KEYS);
    return is_plain ? _PyDict_GetItem_KnownHash(dict, name, xo_name_hash(name)) : PyDict_GetItem(dict, name);
}

/* The line has deleted the name, or never stored it. */
static void
log_absent(PyObject *dict, PyObject *name)
{
    XO_EACH_PRECISE(entity, dict) {
        if (!(entity->user & XO_NAMESPACE) || entity->user & XO_ODD_KEYS) {
            xo_mark_dirty(dict, entity);
        } else if (xo_recorded_name_is_known(entity, name) && !xo_is_blurred(dict, entity, name)) {
            xo_log_entry_delete(dict, entity, name);
        }
    }
}

/* What the frame stores to. NULL: nothing that is recorded. */
static PyObject *
dict_of(const xo_shadow *shadow, const xo_store *store)
{
    PyObject *dict = xo_is_global(store) ? shadow->iframe->f_globals : shadow->iframe->f_locals;
    return dict == NULL || xo_precise(dict) == NULL ? NULL : dict;
}

void
xo_flush_name(const xo_shadow *shadow, const xo_store *store, bool once)
{
    PyObject *dict = dict_of(shadow, store), *name = xo_stored_name(shadow->code, store);
    PyObject *value = dict == NULL ? NULL : get(dict, name);
    if (value == NULL) {
        if (dict != NULL) {
            log_absent(dict, name);
        }
        return;
    }
    bool may_have_moved = store->kind == XO_STORE_SUM && PyUnicode_CheckExact(value) && PyDict_CheckExact(dict);
    bool is_last = may_have_moved && last_key(dict) == name;
    XO_EACH_PRECISE(entity, dict) {
        if (xo_is_blurred(dict, entity, name)) {
            continue;
        }
        if (is_last) {
            log_move(dict, entity, name);
            xo_recorded_name_moves(entity, name, value);
        }
        log_store(dict, entity, name, value, once);
    }
}

/* Where it is there all the same, the line has put it in again, at the end. */
void
xo_flush_deletion(const xo_shadow *shadow, const xo_store *store)
{
    PyObject *dict = dict_of(shadow, store), *name = xo_stored_name(shadow->code, store);
    if (dict == NULL) {
        return;
    }
    if (get(dict, name) != NULL) {
        xo_look_before(dict);
        xo_touch(dict);
    } else {
        log_absent(dict, name);
    }
}
