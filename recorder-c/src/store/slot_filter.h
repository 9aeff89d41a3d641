/* Sets of hashes in few bits (Bloom filters): they never deny what they hold, and seldom claim more. */
#ifndef XO_SLOT_FILTER_H
#define XO_SLOT_FILTER_H

#include "buffer.h"

/* The size of a filter for so many hashes; 0 when it takes more than `most` for them to be told apart. */
size_t xo_slot_filter_bytes(size_t count, size_t most);
/* Adds to a filter, which is all zeros at first. */
void xo_slot_filter_add(uint8_t *filter, size_t bytes, uint64_t hash);
/* `bytes` isn't 0. */
bool xo_slot_filter_may_have(const uint8_t *filter, size_t bytes, uint64_t hash);

#endif
