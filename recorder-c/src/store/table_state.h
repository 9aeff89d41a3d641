/* A dict, a set or an object's attributes while changes are replayed: in order of insertion, found by hash. */
#ifndef XO_TABLE_STATE_H
#define XO_TABLE_STATE_H

#include "key.h"

typedef struct {
    xo_value key;
    xo_value value;
    uint64_t hash;
    bool live;
} xo_table_entry;

typedef struct {
    xo_table_entry *entries; /* owned */
    size_t count, capacity;  /* the dead ones too */
    size_t live;
    uint32_t *slots; /* owned: index of an entry + 1; NULL until a key is looked for */
    size_t slot_count;
} xo_table_state;

void xo_table_state_free(xo_table_state *table);
void xo_table_state_clear(xo_table_state *table);
/* Adds a key that isn't there yet, at the end. */
xo_status xo_table_state_add(xo_table_state *table, const xo_value *key, const xo_value *value);
/* An equal key stays where and what it is and gets the new value. */
xo_status xo_table_state_set(xo_table_state *table, xo_key_context *context, const xo_value *key,
                             const xo_value *value);
/* Takes a key out; it need not be there. */
xo_status xo_table_state_remove(xo_table_state *table, xo_key_context *context, const xo_value *key);

#endif
