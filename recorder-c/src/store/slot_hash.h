/* The hashes by which filters know slots; FORMAT.md describes them. */
#ifndef XO_SLOT_HASH_H
#define XO_SLOT_HASH_H

#include "execorder/value.h"

typedef enum {
    XO_SPACE_LOCAL = 1,     /* of a frame: part is the slot */
    XO_SPACE_ALL = 2,       /* all that an object holds: part is 0 */
    XO_SPACE_ITEM = 3,      /* part is that of the key, index or element */
    XO_SPACE_ATTRIBUTE = 4, /* part is that of the name */
    XO_SPACE_FROM = 5,      /* items from an index on: part is the index's size class */
    XO_SPACE_MEMORY = 6,    /* of a buffer: part is the number of a block of 64 bytes */
} xo_slot_space;

#define XO_MEMORY_BLOCK 64u

/* `number` is that of the frame or the object. */
uint64_t xo_slot_hash(xo_slot_space space, uint64_t number, uint64_t part);

/* Equal keys have the same part; all keys that are objects share one. */
uint64_t xo_key_part(const xo_value *key);
uint64_t xo_index_part(uint64_t index);

/* An index's size class: an index is in none below that of a smaller one. */
uint64_t xo_index_class(uint64_t index);

#endif
