#include "snapshots.h"

#include "lists.h"

#include <stdlib.h>

void
xo_snapshot_take(xo_snapshot *before, PyObject *list)
{
    before->items = NULL;
    xo_entity *entity = PyList_Check(list) ? xo_precise(list) : NULL;
    if (entity != NULL) {
        before->size = Py_SIZE(list);
        before->position = entity->position;
        before->items = malloc(sizeof(PyObject *) * (size_t)(before->size + 1));
        if (before->items != NULL && before->size != 0) {
            memcpy(before->items, ((PyListObject *)list)->ob_item, sizeof(PyObject *) * (size_t)before->size);
        }
    }
    xo_whole_begin(&before->whole, list);
}

static void
log_one_splice(const xo_snapshot *before, PyObject *list, xo_entity *entity)
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
        xo_log_list_splice(list, entity, first, before->size - first - last, size - first - last);
    }
}

static void
log_items(const xo_snapshot *before, PyObject *list, xo_entity *entity)
{
    Py_ssize_t size = Py_SIZE(list), common = size < before->size ? size : before->size;
    for (Py_ssize_t i = 0; i < common && xo_precise(list) != NULL; i++) {
        if (before->items[i] != PyList_GET_ITEM(list, i)) {
            xo_log_list_set(list, entity, i);
        }
    }
    if (size != before->size && xo_precise(list) != NULL) {
        xo_log_list_splice(list, entity, common, before->size - common, size - common);
    }
}

void
xo_snapshot_compare(xo_snapshot *before, PyObject *list, xo_difference as)
{
    if (before->whole.is_open) {
        xo_operation_end(&before->whole.operation);
        xo_entity *entity = xo_precise(list);
        if (entity == NULL || before->items == NULL || entity->position != before->position) {
            xo_touch(list);
        } else if (as == XO_ONE_SPLICE) {
            log_one_splice(before, list, entity);
        } else {
            log_items(before, list, entity);
        }
    }
    free(before->items);
}
