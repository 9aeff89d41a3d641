#include "number_map.h"

#include <stdlib.h>

void
xo_number_map_free(xo_number_map *map)
{
    free(map->pairs);
    *map = (xo_number_map){0};
}

static xo_number_pair *
slot_of(const xo_number_map *map, uint64_t key)
{
    size_t at = (size_t)xo_mix(key) & (map->capacity - 1);
    while (map->pairs[at].key != 0 && map->pairs[at].key != key) {
        at = (at + 1) & (map->capacity - 1);
    }
    return &map->pairs[at];
}

const uint64_t *
xo_number_map_get(const xo_number_map *map, uint64_t key)
{
    if (map->capacity == 0 || key == 0) {
        return NULL;
    }
    xo_number_pair *pair = slot_of(map, key);
    return pair->key == key ? &pair->value : NULL;
}

static bool
grow(xo_number_map *map)
{
    xo_number_map grown = {.capacity = map->capacity == 0 ? 64 : map->capacity * 2};
    grown.pairs = calloc(grown.capacity, sizeof *grown.pairs);
    if (grown.pairs == NULL) {
        return false;
    }
    for (size_t i = 0; i < map->capacity; i++) {
        if (map->pairs[i].key != 0) {
            *slot_of(&grown, map->pairs[i].key) = map->pairs[i];
        }
    }
    grown.count = map->count;
    free(map->pairs);
    *map = grown;
    return true;
}

bool
xo_number_map_put(xo_number_map *map, uint64_t key, uint64_t value)
{
    if (key == 0 || (map->count * 3 >= map->capacity * 2 && !grow(map))) {
        return false;
    }
    xo_number_pair *pair = slot_of(map, key);
    map->count += pair->key == 0;
    *pair = (xo_number_pair){key, value};
    return true;
}

/* Pairs behind the gap that would not be found any more move into it. */
void
xo_number_map_remove(xo_number_map *map, uint64_t key)
{
    if (xo_number_map_get(map, key) == NULL) {
        return;
    }
    size_t mask = map->capacity - 1;
    size_t gap = (size_t)(slot_of(map, key) - map->pairs);
    for (size_t at = (gap + 1) & mask; map->pairs[at].key != 0; at = (at + 1) & mask) {
        size_t home = (size_t)xo_mix(map->pairs[at].key) & mask;
        if (((at - home) & mask) >= ((at - gap) & mask)) {
            map->pairs[gap] = map->pairs[at];
            gap = at;
        }
    }
    map->pairs[gap].key = 0;
    map->count--;
}
