/* Lines since CPython 3.10: an event whenever the line changes, or at a jump back.
 *
 * Instructions without a line (the clean-up after `except … as e`) run after any line of the block that they close;
 * their writes are added to all lines since the variable was bound. */
#include "analysis.h"

#if XO_HAS_CO_LINES

static int
read_range(xo_analysis *work, PyObject *range)
{
    long start = PyLong_AsLong(PyTuple_GET_ITEM(range, 0));
    long end = PyLong_AsLong(PyTuple_GET_ITEM(range, 1));
    PyObject *line = PyTuple_GET_ITEM(range, 2);
    int32_t number = line == Py_None ? -1 : (int32_t)PyLong_AsLong(line);
    xo_code *code = work->code;
    for (long offset = start; offset < end && offset < work->size_bytes; offset += 2) {
        work->unit_lines[offset / 2] = number;
    }
    if (number >= 0) {
        code->min_line = number < code->min_line ? number : code->min_line;
        code->max_line = number > code->max_line ? number : code->max_line;
    }
    return 0;
}

int
xo_analysis_read_lines(xo_analysis *work)
{
    work->code->min_line = work->code->max_line = work->code->code->co_firstlineno;
    PyObject *ranges = PyObject_CallMethod((PyObject *)work->code->code, "co_lines", NULL);
    PyObject *iterator = ranges == NULL ? NULL : PyObject_GetIter(ranges);
    Py_XDECREF(ranges);
    if (iterator == NULL) {
        return -1;
    }
    PyObject *range;
    while ((range = PyIter_Next(iterator)) != NULL) {
        read_range(work, range);
        Py_DECREF(range);
    }
    Py_DECREF(iterator);
    return PyErr_Occurred() ? -1 : 0;
}

static bool
same_variable(const xo_store *a, const xo_store *b)
{
    return a->kind == b->kind && a->index == b->index;
}

/* The offset from which a write without a line may have been reached: where the variable was bound last. */
static int32_t
reach_of(const xo_analysis *work, size_t stray)
{
    for (size_t i = stray; i-- > 0;) {
        if (work->stores[i].line >= 0 && same_variable(&work->stores[i].store, &work->stores[stray].store)) {
            return work->stores[i].store.offset;
        }
    }
    return 0;
}

static int
spread_stray(xo_analysis *work, size_t stray)
{
    xo_store store = work->stores[stray].store;
    int32_t previous = -1;
    for (int32_t unit = reach_of(work, stray) / 2; unit < store.offset / 2; unit++) {
        int32_t line = work->unit_lines[unit];
        if (line >= 0 && line != previous) {
            if (xo_analysis_add(work, line, store) < 0) {
                return -1;
            }
            previous = line;
        }
    }
    return 0;
}

int
xo_analysis_spread(xo_analysis *work)
{
    size_t count = work->count;
    for (size_t i = 0; i < count; i++) {
        if (work->stores[i].line < 0 && spread_stray(work, i) < 0) {
            return -1;
        }
    }
    return 0;
}

#endif
