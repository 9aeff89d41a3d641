/* C functions that write straight into a list's items, past its slots. Each hook stands here for either way of being
 * called: older versions pass the arguments in a tuple. */
#include "snapshots.h"

typedef PyCFunctionWithKeywords keyword_function;
#define WITH_KEYWORDS(function) ((keyword_function)(void (*)(void))(function))

/* NULL when it was not given by position. */
static PyObject *
first_of(PyObject *arguments)
{
    return PyTuple_GET_SIZE(arguments) == 0 ? NULL : PyTuple_GET_ITEM(arguments, 0);
}

/* Calls an original and records what has become of its list. */
#define AROUND(list, difference, call)                          \
    xo_snapshot before;                                         \
    PyObject *changed = (list);                                 \
    if (changed == NULL) {                                      \
        return (call);                                          \
    }                                                           \
    xo_snapshot_take(&before, changed);                         \
    PyObject *result = (call);                                  \
    xo_snapshot_compare(&before, changed, difference);          \
    return result;

#define HEAP_FUNCTION(name)                                                                       \
    static PyCFunction name;                                                                      \
    static PyObject *fast_##name(PyObject *module, PyObject *const *arguments, Py_ssize_t count)  \
    {                                                                                             \
        AROUND(count == 0 ? NULL : arguments[0], XO_ITEM_BY_ITEM, XO_FAST(name)(module, arguments, count)) \
    }                                                                                             \
    static PyObject *tuple_##name(PyObject *module, PyObject *arguments)                          \
    {                                                                                             \
        AROUND(first_of(arguments), XO_ITEM_BY_ITEM, name(module, arguments))                     \
    }
HEAP_FUNCTION(heappush)
HEAP_FUNCTION(heappushpop)
HEAP_FUNCTION(heapreplace)

#define HEAP_FUNCTION_OF_ONE(name)                                   \
    static PyCFunction name;                                         \
    static PyObject *one_##name(PyObject *module, PyObject *list)    \
    {                                                                \
        AROUND(list, XO_ITEM_BY_ITEM, name(module, list))            \
    }
HEAP_FUNCTION_OF_ONE(heappop)
HEAP_FUNCTION_OF_ONE(heapify)
HEAP_FUNCTION_OF_ONE(_heappop_max)
HEAP_FUNCTION_OF_ONE(_heapify_max)

/* insort inserts one item by the C API's PyList_Insert. */
static PyObject *
list_of_fast(PyObject *const *arguments, Py_ssize_t count, PyObject *names)
{
    if (count > 0) {
        return arguments[0];
    }
    for (Py_ssize_t i = 0; names != NULL && i < PyTuple_GET_SIZE(names); i++) {
        if (PyUnicode_CompareWithASCIIString(PyTuple_GET_ITEM(names, i), "a") == 0) {
            return arguments[i];
        }
    }
    return NULL;
}

static PyObject *
list_of_tuple(PyObject *arguments, PyObject *names)
{
    PyObject *first = first_of(arguments);
    return first != NULL || names == NULL ? first : PyDict_GetItemString(names, "a");
}

#define INSORT(name)                                                                                              \
    static PyCFunction name;                                                                                      \
    static PyObject *fast_##name(PyObject *module, PyObject *const *arguments, Py_ssize_t count, PyObject *names) \
    {                                                                                                             \
        AROUND(list_of_fast(arguments, count, names), XO_ONE_SPLICE,                                              \
               XO_FAST_KEYWORDS(name)(module, arguments, count, names))                                           \
    }                                                                                                             \
    static PyObject *tuple_##name(PyObject *module, PyObject *arguments, PyObject *names)                         \
    {                                                                                                             \
        AROUND(list_of_tuple(arguments, names), XO_ONE_SPLICE, WITH_KEYWORDS(name)(module, arguments, names))     \
    }
INSORT(insort_left)
INSORT(insort_right)

typedef struct {
    const char *module, *name;
    int flags;
    PyCFunction hook;
    int other_flags; /* of other versions; 0: there are none */
    PyCFunction other_hook;
    PyCFunction *original;
} function;

static int
patch_functions(const function *table)
{
    for (const function *f = table; f->name != NULL; f++) {
        bool is_other = f->other_flags != 0 && xo_function_flags(f->module, f->name) == f->other_flags;
        if (xo_patch_function(f->module, f->name, is_other ? f->other_flags : f->flags,
                              is_other ? f->other_hook : f->hook, f->original) < 0) {
            return -1;
        }
    }
    return 0;
}

/* Counter's helper: fills the dict that is its first argument. */
#if XO_HAS_DICT_WATCHERS

static int
hook_counting(void)
{
    return 0; /* the watchers see it */
}

#else

static PyCFunction _count_elements;

static PyObject *
fast_count_elements(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
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

static PyObject *
tuple_count_elements(PyObject *module, PyObject *arguments)
{
    PyObject *counts = first_of(arguments);
    if (counts == NULL) {
        return _count_elements(module, arguments);
    }
    xo_whole whole;
    xo_whole_begin(&whole, counts);
    PyObject *result = _count_elements(module, arguments);
    xo_whole_end(&whole);
    return result;
}

static int
hook_counting(void)
{
    static const function table[] = {
        {"_collections", "_count_elements", METH_FASTCALL, XO_AS_FUNCTION(fast_count_elements), METH_VARARGS,
         tuple_count_elements, &_count_elements},
        {NULL, NULL, 0, NULL, 0, NULL, NULL},
    };
    return patch_functions(table);
}

#endif

#define OF_ONE(name) {"_heapq", #name, METH_O, one_##name, 0, NULL, &name}
#define OF_MANY(name) {"_heapq", #name, METH_FASTCALL, XO_AS_FUNCTION(fast_##name), METH_VARARGS, tuple_##name, &name}
#define OF_NAMES(name)                                                            \
    {"_bisect", #name, METH_FASTCALL | METH_KEYWORDS, XO_AS_FUNCTION(fast_##name), \
     METH_VARARGS | METH_KEYWORDS, XO_AS_FUNCTION(tuple_##name), &name}

int
xo_hook_list_functions(void)
{
    static const function table[] = {
        OF_MANY(heappush),      OF_MANY(heappushpop),   OF_MANY(heapreplace), OF_ONE(heappop),
        OF_ONE(heapify),        OF_ONE(_heappop_max),   OF_ONE(_heapify_max), OF_NAMES(insort_left),
        OF_NAMES(insort_right), {NULL, NULL, 0, NULL, 0, NULL, NULL},
    };
    return patch_functions(table) < 0 ? -1 : hook_counting();
}
