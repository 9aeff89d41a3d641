#include "snapshots.h"

#include "lists.h"

#include <stdlib.h>

void
xo_snapshot_take(xo_snapshot *before, PyObject *list)
{
    before->items = NULL;
    if (PyList_Check(list) && xo_find(list) != NULL) {
        before->size = Py_SIZE(list);
        before->items = malloc(sizeof(PyObject *) * (size_t)(before->size + 1));
        if (before->items != NULL && before->size != 0) {
            memcpy(before->items, ((PyListObject *)list)->ob_item, sizeof(PyObject *) * (size_t)before->size);
        }
    }
    xo_around_begin(&before->around, list, -1);
}

static void
log_one_splice(const xo_snapshot *before, PyObject *list)
{
    PyObject **now = ((PyListObject *)list)->ob_item;
    Py_ssize_t size = Py_SIZE(list), shorter = size < before->size ? size : before->size;
    Py_ssize_t first = 0, last = 0;
    while (first < shorter && now[first] == before->items[first]) {
        first++;
    }
    while (last < shorter - first && now[size - 1 - last] == before->items[before->size - 1 - last]) {
        last++;
    }
    if (first + last < size || first + last < before->size) {
        xo_log_list_splice(list, first, xo_items_sum_of(before->items + first, before->size - first - last),
                           size - first - last);
    }
}

static void
log_items(const xo_snapshot *before, PyObject *list)
{
    Py_ssize_t size = Py_SIZE(list), common = size < before->size ? size : before->size;
    if (size != before->size) {
        xo_log_list_splice(list, common, xo_items_sum_of(before->items + common, before->size - common), size - common);
    }
    for (Py_ssize_t i = 0; i < common; i++) {
        if (before->items[i] != PyList_GET_ITEM(list, i)) {
            xo_log_list_set(list, i, xo_measure(before->items[i]));
        }
    }
}

void
xo_snapshot_compare(xo_snapshot *before, PyObject *list, xo_difference as)
{
    if (before->items == NULL) {
        xo_whole_end(&before->around);
    } else if (xo_around_end(&before->around)) {
        if (as == XO_ONE_SPLICE) {
            log_one_splice(before, list);
        } else {
            log_items(before, list);
        }
    }
    free(before->items);
}
