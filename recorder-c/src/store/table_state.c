#include "table_state.h"

#include "buffer.h"

#include <stdlib.h>

void
xo_table_state_free(xo_table_state *table)
{
    free(table->entries);
    free(table->slots);
    *table = (xo_table_state){0};
}

void
xo_table_state_clear(xo_table_state *table)
{
    free(table->slots);
    table->slots = NULL;
    table->count = 0;
    table->live = 0;
}

static xo_status
append(xo_table_state *table, const xo_value *key, const xo_value *value, uint64_t hash)
{
    void *entries = table->entries;
    if (table->count >= UINT32_MAX / 2
        || !xo_array_reserve(&entries, &table->capacity, table->count + 1, sizeof *table->entries)) {
        return XO_NO_MEMORY;
    }
    table->entries = entries;
    table->entries[table->count++] = (xo_table_entry){.key = *key, .value = *value, .hash = hash, .live = true};
    table->live++;
    return XO_OK;
}

xo_status
xo_table_state_add(xo_table_state *table, const xo_value *key, const xo_value *value)
{
    free(table->slots);
    table->slots = NULL;
    return append(table, key, value, 0);
}

static void
index_entry(xo_table_state *table, size_t entry)
{
    size_t at = (size_t)table->entries[entry].hash & (table->slot_count - 1);
    while (table->slots[at] != 0) {
        at = (at + 1) & (table->slot_count - 1);
    }
    table->slots[at] = (uint32_t)entry + 1;
}

static void
drop_dead(xo_table_state *table)
{
    size_t kept = 0;
    for (size_t i = 0; i < table->count; i++) {
        if (table->entries[i].live) {
            table->entries[kept++] = table->entries[i];
        }
    }
    table->count = kept;
}

/* Builds the slots anew, with room for as many entries again. */
static xo_status
rebuild(xo_table_state *table)
{
    drop_dead(table);
    size_t slot_count = 16;
    while (slot_count < table->count * 4) {
        slot_count *= 2;
    }
    free(table->slots);
    table->slots = calloc(slot_count, sizeof *table->slots);
    if (table->slots == NULL) {
        return XO_NO_MEMORY;
    }
    table->slot_count = slot_count;
    for (size_t i = 0; i < table->count; i++) {
        index_entry(table, i);
    }
    return XO_OK;
}

/* Entries that were added without a hash get theirs when the first key is looked for. */
static xo_status
make_searchable(xo_table_state *table, xo_key_context *context)
{
    if (table->slots != NULL) {
        return XO_OK;
    }
    for (size_t i = 0; i < table->count; i++) {
        xo_status status = xo_key_hash(context, &table->entries[i].key, &table->entries[i].hash);
        if (status != XO_OK) {
            return status;
        }
    }
    return rebuild(table);
}

/* NULL when the key isn't there. */
static xo_table_entry *
find(xo_table_state *table, const xo_value *key, uint64_t hash)
{
    size_t at = (size_t)hash & (table->slot_count - 1);
    for (; table->slots[at] != 0; at = (at + 1) & (table->slot_count - 1)) {
        xo_table_entry *entry = &table->entries[table->slots[at] - 1];
        if (entry->live && entry->hash == hash && xo_key_equal(&entry->key, key)) {
            return entry;
        }
    }
    return NULL;
}

xo_status
xo_table_state_set(xo_table_state *table, xo_key_context *context, const xo_value *key, const xo_value *value)
{
    uint64_t hash;
    xo_status status = make_searchable(table, context);
    if (status != XO_OK || (status = xo_key_hash(context, key, &hash)) != XO_OK) {
        return status;
    }
    xo_table_entry *entry = find(table, key, hash);
    if (entry != NULL) {
        entry->value = *value;
        return XO_OK;
    }
    if (table->count * 2 >= table->slot_count && (status = rebuild(table)) != XO_OK) {
        return status;
    }
    if ((status = append(table, key, value, hash)) == XO_OK) {
        index_entry(table, table->count - 1);
    }
    return status;
}

xo_status
xo_table_state_remove(xo_table_state *table, xo_key_context *context, const xo_value *key)
{
    uint64_t hash;
    xo_status status = make_searchable(table, context);
    if (status != XO_OK || (status = xo_key_hash(context, key, &hash)) != XO_OK) {
        return status;
    }
    xo_table_entry *entry = find(table, key, hash);
    if (entry != NULL) {
        entry->live = false;
        table->live--;
    }
    return XO_OK;
}
