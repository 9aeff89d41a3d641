/* C functions that write straight into a list's items, past its slots. */
#include "snapshots.h"

#define HEAP_FUNCTION(name)                                                                       \
    static PyCFunction name;                                                                      \
    static PyObject *hook_##name(PyObject *module, PyObject *const *arguments, Py_ssize_t count)  \
    {                                                                                             \
        xo_snapshot before;                                                                          \
        if (count == 0) {                                                                         \
            return XO_FAST(name)(module, arguments, count);                                       \
        }                                                                                         \
        xo_snapshot_take(&before, arguments[0]);                                                              \
        PyObject *result = XO_FAST(name)(module, arguments, count);                               \
        xo_snapshot_compare(&before, arguments[0], XO_ITEM_BY_ITEM);                                                           \
        return result;                                                                            \
    }
HEAP_FUNCTION(heappush)
HEAP_FUNCTION(heappushpop)
HEAP_FUNCTION(heapreplace)

#define HEAP_FUNCTION_OF_ONE(name)                                       \
    static PyCFunction name;                                             \
    static PyObject *hook_##name(PyObject *module, PyObject *list)       \
    {                                                                    \
        xo_snapshot before;                                                 \
        xo_snapshot_take(&before, list);                                             \
        PyObject *result = name(module, list);                           \
        xo_snapshot_compare(&before, list, XO_ITEM_BY_ITEM);                                          \
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
        xo_snapshot before;                                                                                       \
        xo_snapshot_take(&before, arguments[0]);                                                                  \
        PyObject *result = XO_FAST_KEYWORDS(name)(module, arguments, count, names);                               \
        xo_snapshot_compare(&before, arguments[0], XO_ONE_SPLICE);                                                \
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
