#include "lists.h"

void
xo_log_list_set(PyObject *list, xo_entity *entity, Py_ssize_t index)
{
    xo_position start = xo_record_begin(xo_active->writer, XO_OP_LIST_SET, entity);
    xo_put_varint(xo_active->writer, (uint64_t)index);
    xo_put_value(xo_active, PyList_GET_ITEM(list, index));
    xo_change_end(xo_active, list, entity, start);
}

void
xo_log_list_splice(PyObject *list, xo_entity *entity, Py_ssize_t first, Py_ssize_t removed, Py_ssize_t added)
{
    xo_writer *writer = xo_active->writer;
    xo_position start = xo_record_begin(writer, XO_OP_LIST_SPLICE, entity);
    xo_put_varint(writer, (uint64_t)first);
    xo_put_varint(writer, (uint64_t)removed);
    xo_put_varint(writer, (uint64_t)added);
    for (Py_ssize_t i = first; i < first + added; i++) {
        xo_put_value(xo_active, PyList_GET_ITEM(list, i));
    }
    xo_change_end(xo_active, list, entity, start);
}

void
xo_log_list_append(PyObject *list, xo_entity *entity)
{
    xo_position start = xo_record_begin(xo_active->writer, XO_OP_LIST_APPEND, entity);
    xo_put_value(xo_active, PyList_GET_ITEM(list, Py_SIZE(list) - 1));
    xo_change_end(xo_active, list, entity, start);
}

void
xo_list_grown(PyObject *list, Py_ssize_t recorded_length)
{
    xo_entity *entity = xo_precise(list);
    if (entity != NULL && recorded_length >= 0 && Py_SIZE(list) > recorded_length) {
        xo_log_list_splice(list, entity, recorded_length, 0, Py_SIZE(list) - recorded_length);
    } else if (entity != NULL && (recorded_length < 0 || Py_SIZE(list) < recorded_length)) {
        xo_mark_dirty(xo_active, list, entity);
    }
}
