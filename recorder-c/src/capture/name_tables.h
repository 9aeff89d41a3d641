/* name_tables.c: what was recorded of the names in one dict. */
#ifndef EXECORDER_NAME_TABLES_H
#define EXECORDER_NAME_TABLES_H

#include "capture.h"

typedef struct {
    const void *key;  /* xo_name_key; NULL: it was deleted */
    uint64_t measure; /* xo_name_measure */
} xo_recorded_name;

typedef struct xo_name_table {
    xo_recorded_name *items; /* owned: in the dict's order */
    size_t count, capacity;
    xo_pointer_map places; /* key -> index in items, + 1 */
    bool is_ambiguous;     /* two keys, which are no texts, are alike */
} xo_name_table;

static inline Py_hash_t
xo_name_hash(PyObject *name)
{
    Py_hash_t hash = ((PyASCIIObject *)name)->hash;
    return hash == -1 ? PyObject_Hash(name) : hash;
}

/* Of any key of a dict: the same for those that are equal, as far as that can be told without the program's code. */
const void *xo_name_key(PyObject *name);
/* Differs where values do. */
uint64_t xo_name_measure(PyObject *value);
/* Whether they are one text that has grown, or shrunk, where it is. */
bool xo_is_grown_text(uint64_t one, uint64_t other);

/* NULL when memory runs out. */
xo_name_table *xo_name_table_of(PyObject *dict);
/* Accepts NULL. */
void xo_name_table_free(xo_name_table *table);
/* NULL: not there. */
xo_recorded_name *xo_name_find(const xo_name_table *table, const void *key);
/* False when memory runs out. */
bool xo_name_append(xo_name_table *table, const void *key, uint64_t measure);
void xo_name_take_out(xo_name_table *table, xo_recorded_name *known);

/* Whether nothing is to be made of a difference in this name. */
typedef bool xo_name_filter(const void *context, const void *key);
typedef struct {
    const xo_name_table *table;
    xo_name_filter *is_passed;
    const void *context;
    bool passed; /* afterwards: any */
    size_t next; /* of the table's items; 0 */
} xo_name_comparison;
/* Whether the dict holds what is in the table, in this order. */
bool xo_names_agree(xo_name_comparison *comparison, PyObject *dict);

#endif
