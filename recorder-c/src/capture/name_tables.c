#include "name_tables.h"

#include "hooks.h"

#include <stdlib.h>

enum { LENGTH_SHIFT = 48 }; /* addresses have fewer bits */

/* Of what is no text: what it is by its hash, where this runs no code of the program's; else by its address. */
static Py_hash_t
identity_of(PyObject *key)
{
    Py_hash_t hash = xo_hash_is_plain(key) ? PyObject_Hash(key) : (Py_hash_t)key;
    if (hash == -1) {
        PyErr_Clear();
        return (Py_hash_t)key;
    }
    return hash;
}

const void *
xo_name_key(PyObject *name)
{
    Py_hash_t hash = PyUnicode_CheckExact(name) ? xo_name_hash(name) : identity_of(name);
    return (const void *)(((uint64_t)hash + 1) * UINT64_C(0x9E3779B97F4A7C15)); /* no hash is -1; small ones go apart */
}

/* Numbers by value, since their addresses come again soon; a text by its length as well, since it may grow where it is. */
uint64_t
xo_name_measure(PyObject *value)
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

bool
xo_is_grown_text(uint64_t one, uint64_t other)
{
    return one != other && (one ^ other) << (64 - LENGTH_SHIFT) == 0;
}

xo_recorded_name *
xo_name_find(const xo_name_table *table, const void *key)
{
    size_t place = (size_t)xo_map_get(&table->places, key);
    return place == 0 ? NULL : &table->items[place - 1];
}

/* ---- changing ---- */

/* Closes the gaps of what was deleted. */
static bool
compact(xo_name_table *table)
{
    size_t count = 0;
    for (size_t i = 0; i < table->count; i++) {
        if (table->items[i].key != NULL) {
            table->items[count++] = table->items[i];
            if (!xo_map_set(&table->places, table->items[count - 1].key, (void *)count)) {
                return false;
            }
        }
    }
    table->count = count;
    return true;
}

static bool
make_room(xo_name_table *table)
{
    if (table->count < table->capacity || (compact(table) && table->count < table->capacity / 2)) {
        return true;
    }
    size_t capacity = table->capacity == 0 ? 32 : 2 * table->capacity;
    xo_recorded_name *items = realloc(table->items, capacity * sizeof *items);
    if (items == NULL) {
        return false;
    }
    table->items = items;
    table->capacity = capacity;
    return true;
}

bool
xo_name_append(xo_name_table *table, const void *key, uint64_t measure)
{
    if (!make_room(table)) {
        return false;
    }
    table->is_ambiguous = table->is_ambiguous || xo_name_find(table, key) != NULL;
    table->items[table->count++] = (xo_recorded_name){key, measure};
    return xo_map_set(&table->places, key, (void *)table->count);
}

void
xo_name_take_out(xo_name_table *table, xo_recorded_name *known)
{
    xo_map_remove(&table->places, known->key);
    known->key = NULL;
}

xo_name_table *
xo_name_table_of(PyObject *dict)
{
    xo_name_table *table = calloc(1, sizeof *table);
    bool done = table != NULL;
    PyObject *key, *value;
    for (Py_ssize_t position = 0; done && PyDict_Next(dict, &position, &key, &value);) {
        done = xo_name_append(table, xo_name_key(key), xo_name_measure(value));
    }
    if (!done) {
        xo_name_table_free(table);
        return NULL;
    }
    return table;
}

void
xo_name_table_free(xo_name_table *table)
{
    if (table != NULL) {
        xo_map_free(&table->places);
        free(table->items);
        free(table);
    }
}

/* ---- comparing ---- */

/* The next that is left. NULL: none. */
static const xo_recorded_name *
next_of(xo_name_comparison *at)
{
    const xo_name_table *table = at->table;
    while (at->next < table->count && table->items[at->next].key == NULL) {
        at->next++;
    }
    return at->next < table->count ? &table->items[at->next] : NULL;
}

static bool
pass(xo_name_comparison *at, const void *key)
{
    bool is_passed = at->is_passed(at->context, key);
    at->passed = at->passed || is_passed;
    return is_passed;
}

/* The next entry of the dict. */
static bool
entry_agrees(xo_name_comparison *at, const void *key, uint64_t measure)
{
    const xo_recorded_name *known;
    while ((known = next_of(at)) != NULL) {
        if (known->key == key && (known->measure == measure || pass(at, key))) {
            at->next++;
            return true;
        }
        if (!pass(at, known->key)) {
            break;
        }
        at->next++;
    }
    return pass(at, key);
}

/* Behind the dict's last entry. */
static bool
rest_is_passed(xo_name_comparison *at)
{
    const xo_recorded_name *known;
    while ((known = next_of(at)) != NULL && pass(at, known->key)) {
        at->next++;
    }
    return known == NULL;
}

bool
xo_names_agree(xo_name_comparison *comparison, PyObject *dict)
{
    PyObject *key, *value;
    for (Py_ssize_t position = 0; PyDict_Next(dict, &position, &key, &value);) {
        if (!entry_agrees(comparison, xo_name_key(key), xo_name_measure(value))) {
            return false;
        }
    }
    return rest_is_passed(comparison);
}
