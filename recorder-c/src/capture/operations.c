/* Operations of C code that run Python code before they have finished: what they have done so far is written before
 * each step. They are kept here and not on the stack of C, since greenlets exchange that. */
#include "lists.h"

#include <stdlib.h>

xo_open_operation *xo_open_operations; /* owned */
size_t xo_open_count, xo_open_capacity;

static bool
grow(void)
{
    size_t more = xo_open_capacity == 0 ? 64 : 2 * xo_open_capacity;
    xo_open_operation *grown = realloc(xo_open_operations, more * sizeof *grown);
    if (grown == NULL) {
        return false;
    }
    xo_open_operations = grown;
    xo_open_capacity = more;
    return true;
}

static void
lose(PyObject *object)
{
    for (xo_entity *entity = xo_find(object); entity != NULL; entity = entity->next) {
        xo_owner(entity)->writer->failure = XO_NO_MEMORY;
    }
}

size_t
xo_operation_begin_in_new_room(PyObject *object, Py_ssize_t recorded_length)
{
    if (!grow()) {
        lose(object);
        return SIZE_MAX;
    }
    return xo_operation_begin(object, recorded_length);
}

void
xo_operation_compares(size_t operation)
{
    if (operation < xo_open_count) {
        xo_open_operations[operation].version = xo_dict_version(xo_open_operations[operation].object);
    }
}

/* Operations of several threads may end in another order than they began. */
Py_ssize_t
xo_operation_end_among_others(size_t operation)
{
    if (operation >= xo_open_count) {
        return -1;
    }
    Py_ssize_t recorded_length = xo_open_operations[operation].recorded_length;
    xo_open_operations[operation].object = NULL;
    while (xo_open_count > 0 && xo_open_operations[xo_open_count - 1].object == NULL) {
        xo_open_count--;
    }
    return recorded_length;
}

void
xo_operations_abandon(void)
{
    xo_open_count = 0;
}

void
xo_operations_disturb(const PyObject *object)
{
    for (size_t i = 0; i < xo_open_count; i++) {
        if (xo_open_operations[i].object == object) {
            xo_open_operations[i].recorded_length = -1;
        }
    }
}

/* What a list has got since its length was last recorded, while C code is extending it. */
static void
write_growth(xo_open_operation *operation)
{
    PyObject *list = operation->object;
    if (operation->recorded_length > PyList_GET_SIZE(list)) {
        operation->recorded_length = -1;
        xo_touch(list);
        return;
    }
    for (; operation->recorded_length < PyList_GET_SIZE(list); operation->recorded_length++) {
        XO_EACH_PRECISE(entity, list) {
            xo_log_list_append_in(entity, list, operation->recorded_length);
        }
    }
}

void
xo_operations_write(void)
{
    for (size_t i = 0; i < xo_open_count; i++) {
        xo_open_operation *operation = &xo_open_operations[i];
        if (operation->object == NULL) {
            continue;
        }
        if (operation->recorded_length >= 0) {
            write_growth(operation);
        } else if (operation->version == 0 || operation->version != xo_dict_version(operation->object)) {
            operation->version = xo_dict_version(operation->object);
            xo_touch(operation->object);
        }
    }
}
