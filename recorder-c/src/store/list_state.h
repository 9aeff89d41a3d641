/* A list while its changes are replayed. Changes near either end are cheap, and turning it round costs nothing. */
#ifndef XO_LIST_STATE_H
#define XO_LIST_STATE_H

#include "execorder/status.h"
#include "execorder/value.h"

#include <stdbool.h>

typedef struct {
    xo_value *items; /* owned */
    size_t head;     /* where the first one stands */
    size_t count;
    size_t capacity;
    bool reversed; /* they stand in reverse order */
} xo_list_state;

void xo_list_state_free(xo_list_state *list);
void xo_list_state_clear(xo_list_state *list);
/* The item at `index`, which is less than count. */
xo_value *xo_list_state_at(xo_list_state *list, size_t index);
/* Replaces `removed` items from `start` on by `count` unbound ones. XO_CORRUPT when the list is shorter. */
xo_status xo_list_state_splice(xo_list_state *list, uint64_t start, uint64_t removed, uint64_t count);

#endif
