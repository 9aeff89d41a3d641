#include "lists.h"

static inline void
disturb(const PyObject *list)
{
    if (xo_open_count != 0) {
        xo_operations_disturb(list);
    }
}

void
xo_log_list_set(PyObject *list, Py_ssize_t index, uint32_t old)
{
    disturb(list);
    XO_EACH_PRECISE(entity, list) {
        if (!xo_length_was(list, entity, Py_SIZE(list))) {
            continue;
        }
        xo_sum_set(entity, index, old, PyList_GET_ITEM(list, index));
        xo_recorder *recorder = xo_owner(entity);
        xo_position start = xo_record_begin(recorder->writer, XO_OP_LIST_SET, entity);
        xo_put_varint(recorder->writer, (uint64_t)index);
        xo_put_value(recorder, PyList_GET_ITEM(list, index));
        xo_change_end(list, entity, start);
    }
}

void
xo_log_list_splice(PyObject *list, Py_ssize_t first, xo_items_sum removed, Py_ssize_t added)
{
    disturb(list);
    XO_EACH_PRECISE(entity, list) {
        if (!xo_length_was(list, entity, Py_SIZE(list) + removed.count - added)) {
            continue;
        }
        entity->length = (uint32_t)Py_SIZE(list);
        xo_sum_splice(entity, list, first, removed, added);
        xo_recorder *recorder = xo_owner(entity);
        xo_position start = xo_record_begin(recorder->writer, XO_OP_LIST_SPLICE, entity);
        xo_put_varint(recorder->writer, (uint64_t)first);
        xo_put_varint(recorder->writer, (uint64_t)removed.count);
        xo_put_varint(recorder->writer, (uint64_t)added);
        for (Py_ssize_t i = first; i < first + added; i++) {
            xo_put_value(recorder, PyList_GET_ITEM(list, i));
        }
        xo_change_end(list, entity, start);
    }
}

void
xo_log_list_append(PyObject *list, Py_ssize_t index)
{
    disturb(list);
    XO_EACH_PRECISE(entity, list) {
        xo_log_list_append_in(entity, list, index);
    }
}

void
xo_log_list_append_in(xo_entity *entity, PyObject *list, Py_ssize_t index)
{
    if (xo_length_was(list, entity, index)) {
        entity->length = (uint32_t)index + 1;
        xo_sum_append(entity, index, PyList_GET_ITEM(list, index));
        xo_recorder *recorder = xo_owner(entity);
        xo_position start = xo_record_begin(recorder->writer, XO_OP_LIST_APPEND, entity);
        xo_put_value(recorder, PyList_GET_ITEM(list, index));
        xo_change_end(list, entity, start);
    }
}

/* What other code saw of the growth is recorded already, up to `recorded_length`. */
void
xo_list_grown_in(xo_around *around)
{
    PyObject *list = around->object;
    xo_around_close(around);
    Py_ssize_t known = around->recorded_length;
    if (known >= 0 && Py_SIZE(list) > known) {
        xo_log_list_splice(list, known, XO_NO_ITEMS, Py_SIZE(list) - known);
    } else if (known < 0 || Py_SIZE(list) < known) {
        xo_touch(list);
    }
}
