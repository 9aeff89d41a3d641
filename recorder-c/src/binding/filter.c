#include "filter.h"

static bool
parse_visit(PyObject *pair, uint64_t *visit)
{
    unsigned file, line;
    if (!PyTuple_Check(pair)) {
        PyErr_SetString(PyExc_TypeError, "visits must be (file, line) tuples");
        return false;
    }
    if (!PyArg_ParseTuple(pair, "II:visit", &file, &line)) {
        return false;
    }
    *visit = (uint64_t)file << 32 | line;
    return true;
}

static bool
parse_visits(PyObject *visits, filter_arguments *out)
{
    PyObject *pairs = PySequence_Fast(visits, "visits must be a sequence of (file, line) tuples");
    if (pairs == NULL) {
        return false;
    }
    size_t count = (size_t)PySequence_Fast_GET_SIZE(pairs);
    bool good = (out->visits = PyMem_Calloc(count + 1, sizeof *out->visits)) != NULL;
    if (!good) {
        PyErr_NoMemory();
    }
    for (size_t i = 0; good && i < count; i++) {
        good = parse_visit(PySequence_Fast_GET_ITEM(pairs, (Py_ssize_t)i), &out->visits[i]);
    }
    Py_DECREF(pairs);
    out->filter.visits = out->visits;
    out->filter.visit_count = count;
    return good;
}

static bool
parse_max_depth(PyObject *max_depth, uint32_t *out)
{
    if (max_depth == Py_None) {
        *out = UINT32_MAX;
        return true;
    }
    unsigned long depth = PyLong_AsUnsignedLong(max_depth);
    if (depth == (unsigned long)-1 && PyErr_Occurred()) {
        return false;
    }
    *out = depth > UINT32_MAX ? UINT32_MAX : (uint32_t)depth;
    return true;
}

bool
filter_parse(PyObject *args, long long *from, int *forward, filter_arguments *out)
{
    unsigned kinds = 0, thread = 0;
    unsigned long long frame = 0;
    PyObject *max_depth = Py_None, *visits = Py_None;
    *out = (filter_arguments){.visits = NULL};
    if (!PyArg_ParseTuple(args, "Lp|IIKOO:find", from, forward, &kinds, &thread, &frame, &max_depth, &visits)) {
        return false;
    }
    out->filter.kinds = kinds;
    out->filter.thread = thread;
    out->filter.frame = frame;
    if (!parse_max_depth(max_depth, &out->filter.max_depth) ||
        (visits != Py_None && !parse_visits(visits, out))) {
        filter_clear(out);
        return false;
    }
    return true;
}

void
filter_clear(filter_arguments *arguments)
{
    PyMem_Free(arguments->visits);
    arguments->visits = NULL;
}
