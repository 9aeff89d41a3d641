/* Passing over chunks that don't write a slot, as far as their filters tell. */
#ifndef XO_SLOT_SKIP_H
#define XO_SLOT_SKIP_H

#include "slot_hash.h"
#include "slot_value.h"

#define XO_MOST_SLOT_TESTS 80u

/* A filter that has none of these hashes knows of no write to the slot. */
typedef struct {
    uint64_t owner; /* number of the frame or object */
    bool is_local;
    bool always; /* the slot can't be told by few hashes */
    size_t count;
    uint64_t hashes[XO_MOST_SLOT_TESTS];
} xo_slot_tests;

void xo_slot_tests_of_local(uint64_t frame, uint32_t slot, xo_slot_tests *out);
void xo_slot_tests_of_place(const xo_slot_place *place, xo_slot_tests *out);

/* The newest chunk, `chunk` or one before it, that may write the slot; XO_NOT_FOUND: none. */
xo_status xo_slot_skip(xo_reader *reader, const xo_slot_tests *tests, uint64_t chunk, uint64_t *out);

#endif
