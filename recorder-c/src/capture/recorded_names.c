#include "recorded_names.h"

#include "hooks.h"
#include "late_changes.h"

enum {
    NAMES_AT_ONCE = 1 << 16, /* compared at each step until they were so many; then one in so many steps: */
    STEPS_PER_NAME = 4,
    FEW_NAMES = 1 << 12, /* compared at each step that takes its time: by far not as long as that */
};

static void
lose(const xo_entity *entity)
{
    xo_owner(entity)->writer->failure = XO_NO_MEMORY;
}

/* NULL: none, or none yet. */
static xo_name_table *
names_of(xo_entity *entity)
{
    return xo_rest_of(entity)->names;
}

/* ---- recording ---- */

void
xo_recorded_names_begin(PyObject *dict, xo_entity *entity)
{
    xo_look_before(dict);
    xo_rest_of(entity)->names = NULL;
    entity->user |= XO_NAMESPACE;
    if (entity->length == xo_known_low_version(dict)) {
        xo_recorded_names_take(dict, entity);
    } else {
        xo_mark_dirty(dict, entity);
    }
}

void
xo_recorded_names_take(PyObject *dict, xo_entity *entity)
{
    uint32_t version = xo_known_low_version(dict);
    if (names_of(entity) != NULL && entity->length == version) {
        return;
    }
    xo_recorded_names_free(entity);
    xo_name_table *names = xo_name_table_of(dict);
    xo_rest_of(entity)->names = names;
    entity->length = version;
    if (names == NULL) {
        lose(entity);
    }
}

void
xo_recorded_names_free(xo_entity *entity)
{
    if (entity->user & XO_NAMESPACE) {
        xo_name_table_free(names_of(entity));
        xo_rest_of(entity)->names = NULL;
    }
}

/* With each change a dict gets the next number of all dicts' versions. When it has come as far as values of this one are
 * known to have changed, nothing else has changed here. */
static void
expect_change(xo_entity *entity)
{
    entity->length = (entity->length + 1) | UINT32_C(1) << 31;
}

/* What is known of it can't be kept up to date: an image tells, which begins anew. */
static bool
is_in_doubt(PyObject *dict, xo_entity *entity, PyObject *name)
{
    bool result = names_of(entity)->is_ambiguous && !PyUnicode_CheckExact(name);
    if (result) {
        xo_mark_dirty(dict, entity);
    }
    return result;
}

void
xo_recorded_name_set(PyObject *dict, xo_entity *entity, PyObject *name, PyObject *value)
{
    xo_name_table *names = names_of(entity);
    if (names == NULL || is_in_doubt(dict, entity, name)) {
        return;
    }
    const void *key = xo_name_key(name);
    xo_recorded_name *known = xo_name_find(names, key);
    uint64_t measure = xo_name_measure(value);
    if (known != NULL && known->measure == measure) {
        return;
    }
    expect_change(entity);
    if (known != NULL) {
        known->measure = measure;
    } else if (!xo_name_append(names, key, measure)) {
        lose(entity);
    }
}

void
xo_recorded_name_deleted(PyObject *dict, xo_entity *entity, PyObject *name)
{
    xo_name_table *names = names_of(entity);
    if (names == NULL || is_in_doubt(dict, entity, name)) {
        return;
    }
    xo_recorded_name *known = xo_name_find(names, xo_name_key(name));
    if (known != NULL) {
        xo_name_take_out(names, known);
        expect_change(entity);
    }
}

bool
xo_recorded_name_is_known(xo_entity *entity, PyObject *name)
{
    const xo_name_table *names = names_of(entity);
    return names != NULL && xo_name_find(names, xo_name_key(name)) != NULL;
}

/* Where a text's address is the same as before and its length another, the text had left the dict meanwhile. */
void
xo_recorded_name_moves(xo_entity *entity, PyObject *name, PyObject *value)
{
    xo_name_table *names = names_of(entity);
    xo_recorded_name *known = names == NULL ? NULL : xo_name_find(names, xo_name_key(name));
    if (known == NULL) {
        return;
    }
    uint64_t measure = known->measure;
    if (xo_is_grown_text(measure, xo_name_measure(value))) {
        expect_change(entity);
    }
    if (known != &names->items[names->count - 1]) {
        xo_name_take_out(names, known);
        if (!xo_name_append(names, xo_name_key(name), measure)) {
            lose(entity);
        }
    }
}

/* ---- comparing ---- */

typedef struct {
    const xo_entity *entity;
    const xo_thread_state *settled;
} pending_place;

static bool
is_pending(const void *place, const void *key)
{
    const pending_place *at = place;
    return xo_name_is_pending(at->entity, key, at->settled);
}

bool
xo_recorded_names_agree(PyObject *dict, xo_entity *entity, const xo_thread_state *settled)
{
    uint32_t version = xo_known_low_version(dict);
    if (names_of(entity) == NULL || entity->length == version) {
        return true;
    }
    pending_place place = {entity, settled};
    xo_name_comparison comparison = {.table = names_of(entity), .is_passed = is_pending, .context = &place};
    if (!xo_names_agree(&comparison, dict)) {
        return false;
    }
    if (!comparison.passed) {
        entity->length = version;
    }
    return true;
}

/* Without code of the program's. */
static PyObject *
value_of(PyObject *dict, const xo_entity *entity, PyObject *name)
{
    PyObject *key, *value;
    if (!(entity->user & XO_ODD_KEYS) && xo_key_is_plain(name) && xo_hash_is_plain(name)) {
        Py_hash_t hash = PyObject_Hash(name);
        if (hash != -1) {
            return _PyDict_GetItem_KnownHash(dict, name, hash);
        }
        PyErr_Clear();
    }
    const void *wanted = xo_name_key(name);
    for (Py_ssize_t position = 0; PyDict_Next(dict, &position, &key, &value);) {
        if (xo_name_key(key) == wanted) {
            return value;
        }
    }
    return NULL;
}

bool
xo_recorded_name_agrees(PyObject *dict, xo_entity *entity, PyObject *name, const xo_thread_state *settled)
{
    const xo_name_table *names = names_of(entity);
    if (names == NULL || entity->length == xo_known_low_version(dict)) {
        return true;
    }
    if (names->is_ambiguous) {
        return xo_recorded_names_agree(dict, entity, settled);
    }
    const void *key = xo_name_key(name);
    const xo_recorded_name *known = xo_name_find(names, key);
    PyObject *value = value_of(dict, entity, name);
    bool agrees = value == NULL ? known == NULL : known != NULL && known->measure == xo_name_measure(value);
    return agrees || xo_name_is_pending(entity, key, settled);
}

bool
xo_recorded_names_are_due(xo_recorder *recorder, PyObject *dict)
{
    uint64_t earned = recorder->writer->steps / STEPS_PER_NAME;
    bool takes_time = recorder->clock.stride <= 1 && PyDict_GET_SIZE(dict) <= FEW_NAMES;
    if (recorder->names_compared < earned || takes_time) {
        recorder->names_compared = earned;
    }
    if (recorder->names_compared - earned > NAMES_AT_ONCE) {
        return false;
    }
    recorder->names_compared += (uint64_t)PyDict_GET_SIZE(dict);
    return true;
}
