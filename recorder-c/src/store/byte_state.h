/* Bytes while changes are replayed. Taking some away at either end, and adding at the end, costs as little as it did
 * in the program. */
#ifndef XO_BYTE_STATE_H
#define XO_BYTE_STATE_H

#include "record.h"

typedef struct {
    uint8_t *memory; /* owned */
    size_t start;    /* of the bytes in it */
    size_t size;
    size_t capacity;
} xo_byte_state;

void xo_byte_state_free(xo_byte_state *state);
void xo_byte_state_clear(xo_byte_state *state);
/* Replaces `removed` bytes from `start` on. XO_CORRUPT when there are fewer. */
xo_status xo_byte_state_splice(xo_byte_state *state, uint64_t start, uint64_t removed, xo_slice bytes);

#endif
