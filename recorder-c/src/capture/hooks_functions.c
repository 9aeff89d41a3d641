/* C functions that write straight into a list's items, past its slots. */
#include "changes.h"

#include <stdlib.h>

/* The items before the call. Only compared as addresses: what was removed is still held by the caller. */
typedef struct {
    xo_whole whole;
    PyObject **items; /* owned; NULL: the whole image is written instead */
    Py_ssize_t size;
    xo_position position;
} snapshot;

static void
take(snapshot *before, PyObject *list)
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
log_item(PyObject *list, xo_entity *entity, xo_op op, Py_ssize_t index)
{
    xo_position start = xo_record_begin(xo_active->writer, op, entity);
    if (op == XO_OP_LIST_SET) {
        xo_put_varint(xo_active->writer, (uint64_t)index);
    }
    xo_put_value(xo_active, PyList_GET_ITEM(list, index));
    xo_record_end(xo_active->writer, entity, start, false);
}

static void
log_differences(const snapshot *before, PyObject *list, xo_entity *entity)
{
    Py_ssize_t size = Py_SIZE(list), common = size < before->size ? size : before->size;
    if (size < before->size) {
        xo_position start = xo_record_begin(xo_active->writer, XO_OP_LIST_SPLICE, entity);
        xo_put_varint(xo_active->writer, (uint64_t)size);
        xo_put_varint(xo_active->writer, (uint64_t)(before->size - size));
        xo_put_varint(xo_active->writer, 0);
        xo_record_end(xo_active->writer, entity, start, false);
    }
    for (Py_ssize_t i = 0; i < common; i++) {
        if (before->items[i] != PyList_GET_ITEM(list, i)) {
            log_item(list, entity, XO_OP_LIST_SET, i);
        }
    }
    for (Py_ssize_t i = before->size; i < size; i++) {
        log_item(list, entity, XO_OP_LIST_APPEND, i);
    }
    xo_write_fresh(xo_active);
    if (xo_image_is_due(entity)) {
        xo_mark_dirty(xo_active, list, entity);
    }
}

static void
compare(snapshot *before, PyObject *list)
{
    if (before->whole.is_open) {
        xo_operation_end(&before->whole.operation);
        xo_entity *entity = xo_precise(list);
        if (entity != NULL && before->items != NULL && entity->position == before->position) {
            log_differences(before, list, entity);
        } else {
            xo_touch(list);
        }
    }
    free(before->items);
}

#define HEAP_FUNCTION(name)                                                                       \
    static PyCFunction name;                                                                      \
    static PyObject *hook_##name(PyObject *module, PyObject *const *arguments, Py_ssize_t count)  \
    {                                                                                             \
        snapshot before;                                                                          \
        if (count == 0) {                                                                         \
            return XO_FAST(name)(module, arguments, count);                                       \
        }                                                                                         \
        take(&before, arguments[0]);                                                              \
        PyObject *result = XO_FAST(name)(module, arguments, count);                               \
        compare(&before, arguments[0]);                                                           \
        return result;                                                                            \
    }
HEAP_FUNCTION(heappush)
HEAP_FUNCTION(heappushpop)
HEAP_FUNCTION(heapreplace)

#define HEAP_FUNCTION_OF_ONE(name)                                       \
    static PyCFunction name;                                             \
    static PyObject *hook_##name(PyObject *module, PyObject *list)       \
    {                                                                    \
        snapshot before;                                                 \
        take(&before, list);                                             \
        PyObject *result = name(module, list);                           \
        compare(&before, list);                                          \
        return result;                                                   \
    }
HEAP_FUNCTION_OF_ONE(heappop)
HEAP_FUNCTION_OF_ONE(heapify)
HEAP_FUNCTION_OF_ONE(_heappop_max)
HEAP_FUNCTION_OF_ONE(_heapify_max)

/* insort inserts one item by the C API's PyList_Insert. */
#define INSORT(name)                                                                                              \
    static PyCFunction name;                                                                                      \
    static PyObject *hook_##name(PyObject *module, PyObject *const *arguments, Py_ssize_t count, PyObject *names) \
    {                                                                                                             \
        if (count == 0) {                                                                                         \
            return XO_FAST_KEYWORDS(name)(module, arguments, count, names);                                       \
        }                                                                                                         \
        xo_whole whole;                                                                                           \
        xo_whole_begin(&whole, arguments[0]);                                                                     \
        PyObject *result = XO_FAST_KEYWORDS(name)(module, arguments, count, names);                               \
        xo_whole_end(&whole);                                                                                     \
        return result;                                                                                            \
    }
INSORT(insort_left)
INSORT(insort_right)

/* Counter's helper: fills the dict that is its first argument. */
static PyCFunction _count_elements;

static PyObject *
hook__count_elements(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    if (count == 0) {
        return XO_FAST(_count_elements)(module, arguments, count);
    }
    xo_whole whole;
    xo_whole_begin(&whole, arguments[0]);
    PyObject *result = XO_FAST(_count_elements)(module, arguments, count);
    xo_whole_end(&whole);
    return result;
}

#define PATCH(module, name, flags) \
    xo_patch_function(module, #name, flags, XO_AS_FUNCTION(hook_##name), &name) == 0

int
xo_hook_list_functions(void)
{
    int keywords = METH_FASTCALL | METH_KEYWORDS;
    bool done = PATCH("_heapq", heappush, METH_FASTCALL) && PATCH("_heapq", heappushpop, METH_FASTCALL)
                && PATCH("_heapq", heapreplace, METH_FASTCALL) && PATCH("_heapq", heappop, METH_O)
                && PATCH("_heapq", heapify, METH_O) && PATCH("_heapq", _heappop_max, METH_O)
                && PATCH("_heapq", _heapify_max, METH_O) && PATCH("_bisect", insort_left, keywords)
                && PATCH("_bisect", insort_right, keywords)
                && (XO_HAS_DICT_WATCHERS || PATCH("_collections", _count_elements, METH_FASTCALL));
    return done ? 0 : -1;
}
