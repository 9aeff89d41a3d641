#include "recorded_names.h"

#include "late_changes.h"

#include <stdlib.h>

enum {
    NAMES_AT_ONCE = 1 << 16, /* compared at each step until they were so many; then one in so many steps: */
    STEPS_PER_NAME = 4,
    LENGTH_SHIFT = 48, /* addresses have fewer bits */
};

typedef struct {
    const void *key;  /* made of the name's hash; NULL: it was deleted */
    uint64_t measure; /* differs where values do */
} recorded_name;

typedef struct {
    recorded_name *items; /* owned: in the dict's order */
    size_t count, capacity;
    xo_pointer_map places; /* key -> index in items, + 1 */
} recorded_names;

static const void *
key_of(PyObject *name)
{
    Py_hash_t hash = xo_name_hash(name);
    return (const void *)(hash == 0 ? 1 : hash);
}

/* Numbers by value, since their addresses come again soon; a text by its length as well, since it may grow where it is. */
static uint64_t
measure_of(PyObject *value)
{
    uint64_t bits = (uint64_t)(uintptr_t)value;
    int64_t number;
    if (PyLong_CheckExact(value) && xo_small_int(value, &number)) {
        bits = (uint64_t)number << 1 | 1; /* no address is odd */
    } else if (PyFloat_CheckExact(value)) {
        memcpy(&bits, &((PyFloatObject *)value)->ob_fval, sizeof bits);
    } else if (PyUnicode_CheckExact(value)) {
        bits ^= (uint64_t)PyUnicode_GET_LENGTH(value) << LENGTH_SHIFT;
    }
    return bits;
}

/* ---- the names of one dict ---- */

/* NULL: not there. */
static recorded_name *
find(const recorded_names *names, const void *key)
{
    size_t place = (size_t)xo_map_get(&names->places, key);
    return place == 0 ? NULL : &names->items[place - 1];
}

/* Closes the gaps of what was deleted. */
static bool
compact(recorded_names *names)
{
    size_t count = 0;
    for (size_t i = 0; i < names->count; i++) {
        if (names->items[i].key != NULL) {
            names->items[count++] = names->items[i];
            if (!xo_map_set(&names->places, names->items[count - 1].key, (void *)count)) {
                return false;
            }
        }
    }
    names->count = count;
    return true;
}

static bool
make_room(recorded_names *names)
{
    if (names->count < names->capacity || (compact(names) && names->count < names->capacity / 2)) {
        return true;
    }
    size_t capacity = names->capacity == 0 ? 32 : 2 * names->capacity;
    recorded_name *items = realloc(names->items, capacity * sizeof *items);
    if (items == NULL) {
        return false;
    }
    names->items = items;
    names->capacity = capacity;
    return true;
}

static bool
append(recorded_names *names, const void *key, uint64_t measure)
{
    if (!make_room(names)) {
        return false;
    }
    names->items[names->count++] = (recorded_name){key, measure};
    return xo_map_set(&names->places, key, (void *)names->count);
}

static void
take_out(recorded_names *names, recorded_name *known)
{
    xo_map_remove(&names->places, known->key);
    known->key = NULL;
}

static bool
append_all(recorded_names *names, PyObject *dict)
{
    PyObject *key, *value;
    bool done = true;
    for (Py_ssize_t position = 0; done && PyDict_Next(dict, &position, &key, &value);) {
        done = !PyUnicode_CheckExact(key) || append(names, key_of(key), measure_of(value));
    }
    return done;
}

/* The index of the first that is left, from this one on. */
static size_t
left_from(const recorded_names *names, size_t index)
{
    while (index < names->count && names->items[index].key == NULL) {
        index++;
    }
    return index;
}

static bool
is_same(const recorded_names *names, PyObject *dict)
{
    PyObject *key, *value;
    size_t i = 0;
    for (Py_ssize_t position = 0; PyDict_Next(dict, &position, &key, &value);) {
        if (PyUnicode_CheckExact(key)) {
            i = left_from(names, i);
            if (i == names->count || names->items[i].key != key_of(key) || names->items[i].measure != measure_of(value)) {
                return false;
            }
            i++;
        }
    }
    return left_from(names, i) == names->count;
}

static void
lose(const xo_entity *entity)
{
    xo_owner(entity)->writer->failure = XO_NO_MEMORY;
}

/* ---- what is recorded ---- */

/* NULL: none, or none yet. */
static recorded_names *
names_of(xo_entity *entity)
{
    return xo_rest_of(entity)->names;
}

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
    recorded_names *names = calloc(1, sizeof(recorded_names));
    xo_rest_of(entity)->names = names;
    entity->length = version;
    if (names == NULL || !append_all(names, dict)) {
        lose(entity);
    }
}

void
xo_recorded_names_free(xo_entity *entity)
{
    recorded_names *names = entity->user & XO_NAMESPACE ? names_of(entity) : NULL;
    if (names != NULL) {
        xo_map_free(&names->places);
        free(names->items);
        free(names);
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

void
xo_recorded_name_set(xo_entity *entity, PyObject *name, PyObject *value)
{
    recorded_names *names = names_of(entity);
    if (names == NULL || !PyUnicode_CheckExact(name)) {
        return;
    }
    recorded_name *known = find(names, key_of(name));
    uint64_t measure = measure_of(value);
    if (known != NULL && known->measure == measure) {
        return;
    }
    expect_change(entity);
    if (known != NULL) {
        known->measure = measure;
    } else if (!append(names, key_of(name), measure)) {
        lose(entity);
    }
}

void
xo_recorded_name_deleted(xo_entity *entity, PyObject *name)
{
    recorded_names *names = names_of(entity);
    recorded_name *known = names == NULL || !PyUnicode_CheckExact(name) ? NULL : find(names, key_of(name));
    if (known != NULL) {
        take_out(names, known);
        expect_change(entity);
    }
}

/* Where a text's address is the same as before and its length another, the text had left the dict meanwhile. */
void
xo_recorded_name_moves(xo_entity *entity, PyObject *name, PyObject *value)
{
    recorded_names *names = names_of(entity);
    recorded_name *known = names == NULL ? NULL : find(names, key_of(name));
    if (known == NULL) {
        return;
    }
    uint64_t measure = known->measure;
    if (measure != measure_of(value) && (measure ^ measure_of(value)) << (64 - LENGTH_SHIFT) == 0) {
        expect_change(entity);
    }
    if (known != &names->items[names->count - 1]) {
        take_out(names, known);
        if (!append(names, key_of(name), measure)) {
            lose(entity);
        }
    }
}

bool
xo_recorded_names_agree(PyObject *dict, xo_entity *entity)
{
    uint32_t version = xo_known_low_version(dict);
    const recorded_names *names = names_of(entity);
    if (names == NULL || entity->length == version) {
        return true;
    }
    if (!is_same(names, dict)) {
        return false;
    }
    entity->length = version;
    return true;
}

bool
xo_recorded_names_are_due(xo_recorder *recorder, PyObject *dict)
{
    uint64_t earned = recorder->writer->steps / STEPS_PER_NAME;
    if (recorder->names_compared < earned || recorder->clock.stride <= 1) {
        recorder->names_compared = earned;
    }
    if (recorder->names_compared - earned > NAMES_AT_ONCE) {
        return false;
    }
    recorder->names_compared += (uint64_t)PyDict_GET_SIZE(dict);
    return true;
}

bool
xo_recorded_names_are_pending(const xo_entity *entity)
{
    bool found = false;
    const xo_thread_state *thread = entity->user & XO_NAMESPACE ? xo_owner(entity)->threads : NULL;
    for (; thread != NULL && !found; thread = thread->next) {
        const xo_shadow *top = xo_top(thread);
        found = top != NULL && (top->globals.compared == entity || top->locals.compared == entity);
    }
    return found;
}
