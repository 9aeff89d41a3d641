/* One slot of an object: what it holds at a place of the log, and whether a record writes it. */
#ifndef XO_SLOT_VALUE_H
#define XO_SLOT_VALUE_H

#include "key.h"

typedef struct {
    const xo_slot *slot;
    uint64_t object; /* whose slot it is: an attribute may be kept in a dict of its own */
    bool as_attribute;
    uint64_t hash;   /* of the key */
    bool in_memory;      /* an element of a buffer: of these bytes of its memory */
    uint64_t first_byte, byte_count;
} xo_slot_place;

/* Finds out where the slot is kept at that place of the log. */
xo_status xo_slot_place_find(xo_key_context *context, const xo_slot *slot, xo_slot_place *out);

/* What the slot holds; XO_UNBOUND when it is empty or unknown. *length is the count of the object's items. */
xo_status xo_slot_value(xo_key_context *context, const xo_slot_place *place, xo_value *value, uint64_t *length);

/* Whether this record, no image, writes the slot. *length is the count of items after it, for a list, and that before
 * it afterwards. */
xo_status xo_slot_is_written(xo_key_context *context, const xo_slot_place *place, const xo_record *record,
                             xo_log_cursor *cursor, uint64_t *length, bool *written);

/* The very same value: of one type, equal to the last bit. */
bool xo_value_same(const xo_value *left, const xo_value *right);

#endif
