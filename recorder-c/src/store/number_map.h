/* A hash table from numbers to indexes. Number 0 can't be a key. */
#ifndef XO_NUMBER_MAP_H
#define XO_NUMBER_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct {
    uint64_t key;
    uint64_t value;
} xo_number_pair;

typedef struct {
    xo_number_pair *pairs; /* owned */
    size_t count;
    size_t capacity; /* a power of two, or 0 */
} xo_number_map;

void xo_number_map_free(xo_number_map *map);
/* NULL when `key` isn't there. The answer is valid until the next put. */
const uint64_t *xo_number_map_get(const xo_number_map *map, uint64_t key);
/* False when memory runs out. */
bool xo_number_map_put(xo_number_map *map, uint64_t key, uint64_t value);
/* Does nothing when `key` isn't there. */
void xo_number_map_remove(xo_number_map *map, uint64_t key);

static inline uint64_t
xo_mix(uint64_t value)
{
    value ^= value >> 32;
    value *= 0xd6e8feb86659fd93u;
    value ^= value >> 32;
    value *= 0xd6e8feb86659fd93u;
    return value ^ (value >> 32);
}

#endif
