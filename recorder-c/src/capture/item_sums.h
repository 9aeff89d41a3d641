/* item_sums.c: what the items of a list, or the elements of a set, add up to. The recording's sums go along with each recorded
 * change; where they differ from those of what is there, C code has changed it and nothing told of that. */
#ifndef EXECORDER_ITEM_SUMS_H
#define EXECORDER_ITEM_SUMS_H

#include "capture.h"

/* Of items in a row, by identity: only their addresses are read. */
typedef struct {
    Py_ssize_t count;
    uint32_t sum;
    uint32_t placed; /* each times its index, from 0 */
} xo_items_sum;

#define XO_NO_ITEMS ((xo_items_sum){0, 0, 0})

/* Scatters addresses, which otherwise follow each other at equal distances: then many orders would have one sum. */
static inline uint32_t
xo_measure(const PyObject *item)
{
    uint64_t product = (uint64_t)(uintptr_t)item * UINT64_C(0x9e3779b97f4a7c15);
    return (uint32_t)(product ^ product >> 32);
}

xo_items_sum xo_items_sum_of(PyObject *const *items, Py_ssize_t count);

static inline void
xo_sum_set(xo_entity *entity, Py_ssize_t index, uint32_t old, const PyObject *item)
{
    uint32_t difference = xo_measure(item) - old;
    xo_entity_rest *rest = xo_rest_of(entity);
    rest->sums.all += difference;
    rest->sums.placed += (uint32_t)index * difference;
}

static inline void
xo_sum_append(xo_entity *entity, Py_ssize_t index, const PyObject *item)
{
    uint32_t measure = xo_measure(item);
    xo_entity_rest *rest = xo_rest_of(entity);
    rest->sums.all += measure;
    rest->sums.placed += (uint32_t)index * measure;
}

/* `added` items of the list have taken the place of those removed from `first` on. */
void xo_sum_splice(xo_entity *entity, PyObject *list, Py_ssize_t first, xo_items_sum removed, Py_ssize_t added);
void xo_sum_reverse(xo_entity *entity);
/* An element of a set came in or went. */
void xo_sum_element(xo_entity *entity, PyObject *element, bool is_added);
/* The sums of what the list or set holds now; those recorded, and whether they are the same. */
xo_items_sum xo_sums_now(PyObject *object);
void xo_sums_take(xo_entity *entity, PyObject *object);
bool xo_sums_agree(xo_entity *entity, const xo_items_sum *now);

#endif
