/* The arguments of Reader.find. */
#ifndef EXECORDER_BINDING_FILTER_H
#define EXECORDER_BINDING_FILTER_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "execorder/reader.h"

typedef struct {
    xo_filter filter;
    uint64_t *visits; /* owned; filter.visits points here */
} filter_arguments;

/* Parses (from, forward, kinds=0, thread=0, frame=0, max_depth=None, visits=None), visits being pairs of a file
 * number and a line. On success the caller clears *out; otherwise answers false with an exception set. */
bool filter_parse(PyObject *args, long long *from, int *forward, filter_arguments *out);
void filter_clear(filter_arguments *arguments);

#endif
