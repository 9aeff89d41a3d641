/* A hash map from addresses to pointers: open addressing, no tombstones. */
#ifndef EXECORDER_POINTER_MAP_H
#define EXECORDER_POINTER_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct {
    const void *key; /* NULL: free */
    void *value;
} xo_pair;

typedef struct {
    xo_pair *pairs; /* owned */
    size_t mask;    /* capacity - 1; the capacity is a power of two */
    size_t count;
} xo_pointer_map;

/* False when memory runs out. A map that is all zero is empty and valid. */
bool xo_map_set(xo_pointer_map *map, const void *key, void *value);
/* Answers what was removed, or NULL. */
void *xo_map_remove(xo_pointer_map *map, const void *key);
void xo_map_free(xo_pointer_map *map);

static inline size_t
xo_map_home(const xo_pointer_map *map, const void *key)
{
    return (size_t)((((uintptr_t)key >> 4) * UINT64_C(0x9E3779B97F4A7C15)) >> 20) & map->mask;
}

/* NULL when the key is not there. */
static inline void *
xo_map_get(const xo_pointer_map *map, const void *key)
{
    if (map->pairs == NULL) {
        return NULL;
    }
    for (size_t i = xo_map_home(map, key);; i = (i + 1) & map->mask) {
        if (map->pairs[i].key == key) {
            return map->pairs[i].value;
        }
        if (map->pairs[i].key == NULL) {
            return NULL;
        }
    }
}

#endif
