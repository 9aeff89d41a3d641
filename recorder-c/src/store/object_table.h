/* Tables from object number to the position of a record, in summaries and index blocks: sorted, packed, and
 * searched where they lie.
 *
 * varint count, varint base position, ceil(count / XO_TABLE_RUN) 4-byte offsets of runs from the first entry, entries:
 * varint number (the first of a run: in full; the others: minus the one before), varint position - base. */
#ifndef XO_OBJECT_TABLE_H
#define XO_OBJECT_TABLE_H

#include "buffer.h"
#include "execorder/status.h"

#define XO_TABLE_RUN 16u

typedef struct {
    uint64_t number;
    uint64_t position;
} xo_object_entry;

/* Sorts `entries` by number; `scratch` has room for as many. */
void xo_object_table_sort(xo_object_entry *entries, xo_object_entry *scratch, size_t count);
/* Appends the table of sorted entries, none of which stands before `base`. */
void xo_object_table_put(xo_buffer *buffer, const xo_object_entry *entries, size_t count, uint64_t base);

/* Looks `number` up; XO_NOT_FOUND when the table doesn't have it. */
xo_status xo_object_table_find(const uint8_t *table, size_t size, uint64_t number, uint64_t *position);

/* A walk through a table, from its first entry on. */
typedef struct {
    uint64_t left, base, number;
    uint32_t in_run; /* entries of the current run that are passed */
    const uint8_t *at, *limit;
} xo_object_walk;
xo_status xo_object_walk_begin(const uint8_t *table, size_t size, xo_object_walk *out);
/* XO_NOT_FOUND behind the last entry. */
xo_status xo_object_walk_next(xo_object_walk *walk, xo_object_entry *out);

#endif
