/* What is known of each code object: kept in the code's own extra slot, so it ends with it. */
#include "capture.h"

#include <stdlib.h>

static Py_ssize_t extra_index = -1;
static xo_code *first_code;

static void
free_code(void *extra)
{
    xo_code *code = extra;
    if (code == NULL) {
        return;
    }
    if (code->previous != NULL) {
        code->previous->next = code->next;
    } else {
        first_code = code->next;
    }
    if (code->next != NULL) {
        code->next->previous = code->previous;
    }
    free(code->lines);
    free(code->stores);
    free(code->item_writes);
    free(code);
}

int
xo_codes_init(void)
{
    if (extra_index < 0) {
        extra_index = xo_request_code_extra(free_code);
    }
    if (extra_index < 0) {
        PyErr_SetString(PyExc_RuntimeError, "this interpreter has no room left to attach data to code objects");
        return -1;
    }
    return 0;
}

xo_code *
xo_codes_first(void)
{
    return first_code;
}

static xo_code *
attach(PyCodeObject *python_code)
{
    xo_code *code = calloc(1, sizeof *code);
    if (code == NULL || xo_code_set_extra((PyObject *)python_code, extra_index, code) < 0) {
        free(code);
        PyErr_NoMemory();
        return NULL;
    }
    code->code = python_code;
    code->next = first_code;
    if (first_code != NULL) {
        first_code->previous = code;
    }
    first_code = code;
    return code;
}

static xo_code *
find(PyCodeObject *python_code)
{
    void *extra = NULL;
    if (xo_code_get_extra((PyObject *)python_code, extra_index, &extra) == 0 && extra != NULL) {
        return extra;
    }
    return attach(python_code);
}

static void
begin_generation(xo_recorder *recorder, xo_code *code)
{
    code->generation = recorder->generation;
    code->number = 0;
    code->given = false;
    code->recorded = false;
}

xo_code *
xo_code_of(xo_recorder *recorder, PyCodeObject *python_code)
{
    xo_code *code = find(python_code);
    if (code == NULL) {
        return NULL;
    }
    if (XO_HAS_MONITORING && code->item_writes == NULL && xo_code_find_item_writes(code) < 0) {
        return NULL;
    }
    if (code->generation != recorder->generation) {
        begin_generation(recorder, code);
        code->recorded = xo_code_is_wanted(recorder, python_code);
    }
    if (code->recorded && code->number == 0) {
        if ((!code->analysed && xo_code_analyse(code) < 0) || xo_code_define(recorder, code) < 0) {
            return NULL;
        }
        xo_codes_apply_breakpoints(recorder, code);
    }
    return code;
}

static int
give_constants(xo_recorder *recorder, PyCodeObject *python_code)
{
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(python_code->co_consts); i++) {
        PyObject *constant = PyTuple_GET_ITEM(python_code->co_consts, i);
        if (PyCode_Check(constant) && xo_code_give(recorder, (PyCodeObject *)constant, NULL) < 0) {
            return -1;
        }
    }
    return 0;
}

int
xo_code_give(xo_recorder *recorder, PyCodeObject *python_code, PyObject *source)
{
    xo_code *code = find(python_code);
    if (code == NULL) {
        return -1;
    }
    if (code->generation != recorder->generation) {
        begin_generation(recorder, code);
    }
    code->given = true;
    code->recorded = true;
    if (source != NULL && PyDict_SetItem(recorder->sources, python_code->co_filename, source) < 0) {
        return -1;
    }
    return give_constants(recorder, python_code);
}

/* Sets the breakpoint marks of a code's lines anew. */
void
xo_codes_apply_breakpoints(xo_recorder *recorder, xo_code *code)
{
    if (code->lines == NULL) {
        return;
    }
    PyObject *lines = PyDict_GetItem(recorder->breakpoints, code->code->co_filename);
    for (int32_t line = code->min_line; line <= code->max_line; line++) {
        xo_line *info = &code->lines[line - code->min_line];
        info->flags &= (uint16_t)~XO_LINE_BREAKPOINT;
        if (lines != NULL) {
            PyObject *number = PyLong_FromLong(line);
            if (number != NULL && PySet_Contains(lines, number) == 1) {
                info->flags |= XO_LINE_BREAKPOINT;
            }
            Py_XDECREF(number);
        }
    }
}
