#include "pointer_map.h"

#include <stdlib.h>

static void
place(xo_pointer_map *map, xo_pair pair)
{
    size_t i = xo_map_home(map, pair.key);
    while (map->pairs[i].key != NULL) {
        i = (i + 1) & map->mask;
    }
    map->pairs[i] = pair;
}

static bool
grow(xo_pointer_map *map)
{
    size_t capacity = map->pairs == NULL ? 64 : 2 * (map->mask + 1);
    xo_pointer_map bigger = {calloc(capacity, sizeof(xo_pair)), capacity - 1, map->count};
    if (bigger.pairs == NULL) {
        return false;
    }
    for (size_t i = 0; map->pairs != NULL && i <= map->mask; i++) {
        if (map->pairs[i].key != NULL) {
            place(&bigger, map->pairs[i]);
        }
    }
    free(map->pairs);
    *map = bigger;
    return true;
}

bool
xo_map_set(xo_pointer_map *map, const void *key, void *value)
{
    if ((map->pairs == NULL || map->count * 2 > map->mask) && !grow(map)) {
        return false;
    }
    for (size_t i = xo_map_home(map, key);; i = (i + 1) & map->mask) {
        if (map->pairs[i].key == key) {
            map->pairs[i].value = value;
            return true;
        }
        if (map->pairs[i].key == NULL) {
            map->pairs[i] = (xo_pair){key, value};
            map->count++;
            return true;
        }
    }
}

/* Moves later pairs of the run back, so that lookups never meet a hole. */
static void
close_hole(xo_pointer_map *map, size_t hole)
{
    for (size_t i = (hole + 1) & map->mask; map->pairs[i].key != NULL; i = (i + 1) & map->mask) {
        size_t home = xo_map_home(map, map->pairs[i].key);
        if (((i - home) & map->mask) >= ((i - hole) & map->mask)) {
            map->pairs[hole] = map->pairs[i];
            hole = i;
        }
    }
    map->pairs[hole].key = NULL;
}

void *
xo_map_remove(xo_pointer_map *map, const void *key)
{
    if (map->pairs == NULL) {
        return NULL;
    }
    for (size_t i = xo_map_home(map, key); map->pairs[i].key != NULL; i = (i + 1) & map->mask) {
        if (map->pairs[i].key == key) {
            void *value = map->pairs[i].value;
            map->count--;
            close_hole(map, i);
            return value;
        }
    }
    return NULL;
}

void
xo_map_free(xo_pointer_map *map)
{
    free(map->pairs);
    *map = (xo_pointer_map){0};
}
