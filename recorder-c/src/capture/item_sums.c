#include "item_sums.h"

#include "hooks.h"

/* The placed sum of a set, which has no order, in which an element is that only a __hash__ of the program's could measure. */
enum { NOT_KEPT = 1 };

xo_items_sum
xo_items_sum_of(PyObject *const *items, Py_ssize_t count)
{
    xo_items_sum all = {count, 0, 0};
    for (Py_ssize_t i = 0; i < count; i++) {
        uint32_t measure = xo_measure(items[i]);
        all.sum += measure;
        all.placed += (uint32_t)i * measure;
    }
    return all;
}

static uint32_t
sum_of(PyObject *const *items, Py_ssize_t count)
{
    uint32_t sum = 0;
    for (Py_ssize_t i = 0; i < count; i++) {
        sum += xo_measure(items[i]);
    }
    return sum;
}

/* What stands behind has moved: it is summed up from that side where there are fewer items. */
void
xo_sum_splice(xo_entity *entity, PyObject *list, Py_ssize_t first, xo_items_sum removed, Py_ssize_t added)
{
    PyObject *const *items = ((PyListObject *)list)->ob_item;
    Py_ssize_t behind = Py_SIZE(list) - first - added;
    xo_items_sum new_ones = xo_items_sum_of(items + first, added);
    xo_entity_rest *rest = xo_rest_of(entity);
    uint32_t moved = behind <= first ? sum_of(items + first + added, behind)
                                     : rest->sums.all - removed.sum - sum_of(items, first);
    rest->sums.all += new_ones.sum - removed.sum;
    rest->sums.placed += new_ones.placed - removed.placed + (uint32_t)first * (new_ones.sum - removed.sum)
                          + (uint32_t)(added - removed.count) * moved;
}

void
xo_sum_reverse(xo_entity *entity)
{
    xo_entity_rest *rest = xo_rest_of(entity);
    rest->sums.placed = (entity->length - 1) * rest->sums.all - rest->sums.placed;
}

static uint32_t
measure_hash(Py_hash_t hash)
{
    return (uint32_t)((uint64_t)hash * UINT64_C(0x9e3779b97f4a7c15) >> 32);
}

void
xo_sum_element(xo_entity *entity, PyObject *element, bool is_added)
{
    xo_entity_rest *rest = xo_rest_of(entity);
    if (rest->sums.placed == NOT_KEPT) {
        return;
    }
    if (!xo_key_is_plain(element) || !xo_hash_is_plain(element)) {
        rest->sums.placed = NOT_KEPT;
        return;
    }
    uint32_t measure = measure_hash(PyObject_Hash(element));
    rest->sums.all += is_added ? measure : 0 - measure;
}

static xo_items_sum
set_sum(const PySetObject *set)
{
    xo_items_sum all = {set->used, 0, 0};
    Py_ssize_t left = set->used;
    for (const setentry *entry = set->table; left > 0; entry++) {
        if (entry->key != NULL && entry->hash != -1) { /* -1 marks a removed one */
            all.sum += measure_hash(entry->hash);
            left--;
        }
    }
    return all;
}

xo_items_sum
xo_sums_now(PyObject *object)
{
    return PyList_Check(object) ? xo_items_sum_of(((PyListObject *)object)->ob_item, Py_SIZE(object))
                                : set_sum((const PySetObject *)object);
}

void
xo_sums_take(xo_entity *entity, PyObject *object)
{
    xo_items_sum now = xo_sums_now(object);
    xo_entity_rest *rest = xo_rest_of(entity);
    entity->length = (uint32_t)now.count;
    rest->sums.all = now.sum;
    rest->sums.placed = now.placed;
}

bool
xo_sums_agree(xo_entity *entity, const xo_items_sum *now)
{
    const xo_entity_rest *rest = xo_rest_of(entity);
    bool is_kept = rest->sums.placed != NOT_KEPT;
    return entity->length == (uint32_t)now->count
           && (!is_kept || (rest->sums.all == now->sum && rest->sums.placed == now->placed));
}
