/* A list while its changes are replayed: blocks of items, so that a change anywhere moves few of them. Turning it
 * round costs nothing. */
#ifndef XO_LIST_STATE_H
#define XO_LIST_STATE_H

#include "execorder/status.h"
#include "execorder/value.h"

#include <stdbool.h>

#define XO_LIST_BLOCK 256u

typedef struct {
    xo_value *items; /* owned: room for XO_LIST_BLOCK */
    size_t count;    /* from 1 */
} xo_list_block;

typedef struct {
    xo_list_block *blocks; /* owned */
    size_t block_count, capacity;
    size_t count;  /* of items */
    bool reversed; /* they stand in reverse order */
    size_t near_block, near_start; /* a block that was looked at, and the number of its first item */
} xo_list_state;

void xo_list_state_free(xo_list_state *list);
void xo_list_state_clear(xo_list_state *list);
/* The item at `index`, which is less than count. Cheap next to the one asked for before. */
xo_value *xo_list_state_at(xo_list_state *list, size_t index);
/* Replaces `removed` items from `start` on by `count` unbound ones. XO_CORRUPT when the list is shorter. */
xo_status xo_list_state_splice(xo_list_state *list, uint64_t start, uint64_t removed, uint64_t count);

#endif
