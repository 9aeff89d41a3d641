/* Breakpoints as marks on the lines of codes: a line without one costs nothing extra. */
#include "capture.h"

#include "codes.h"

#include <stdlib.h>

/* Under this name, which no file has, recorder->breakpoints holds names of functions. */
#define FUNCTIONS "<functions>"

/* Calls of functions with a breakpoint stop at the first line of the body. */
static void
mark_entry(PyObject *breakpoints, xo_code *code)
{
    PyObject *names = PyDict_GetItemString(breakpoints, FUNCTIONS);
    if (names == NULL || PySet_Contains(names, code->code->co_name) != 1) {
        return;
    }
    for (int32_t line = code->code->co_firstlineno + 1; line <= code->max_line; line++) {
        if (line >= code->min_line && code->lines[line - code->min_line].flags & XO_LINE_HAS_CODE) {
            code->lines[line - code->min_line].flags |= XO_LINE_BREAKPOINT;
            return;
        }
    }
    if (code->code->co_firstlineno >= code->min_line && code->code->co_firstlineno <= code->max_line) {
        code->lines[code->code->co_firstlineno - code->min_line].flags |= XO_LINE_BREAKPOINT;
    }
}

static bool
has_breakpoint(PyObject *lines, int32_t line)
{
    PyObject *number = PyLong_FromLong(line);
    bool result = number != NULL && PySet_Contains(lines, number) == 1;
    Py_XDECREF(number);
    return result;
}

/* A file's name without links; its own when it has none, or isn't there. NULL with an exception set. */
static PyObject *
real_name(PyObject *file)
{
    char *path = NULL;
    PyObject *encoded = PyUnicode_EncodeFSDefault(file);
    if (encoded == NULL) {
        PyErr_Clear(); /* no file has such a name */
        return Py_NewRef(file);
    }
#ifndef _WIN32
    path = realpath(PyBytes_AS_STRING(encoded), NULL);
#endif
    Py_DECREF(encoded);
    PyObject *name = path == NULL ? Py_NewRef(file) : PyUnicode_DecodeFSDefault(path);
    free(path);
    return name;
}

/* The lines of a file that have breakpoints, borrowed: a debugger may know the file by another name. */
static PyObject *
lines_of(xo_recorder *recorder, PyObject *file)
{
    PyObject *lines = PyDict_GetItem(recorder->breakpoints, file);
    if (lines != NULL || PyDict_GET_SIZE(recorder->breakpoints) == 0) {
        return lines;
    }
    PyObject *name = PyDict_GetItem(recorder->real_names, file);
    if (name == NULL) {
        PyObject *found = real_name(file);
        if (found == NULL || PyDict_SetItem(recorder->real_names, file, found) < 0) {
            PyErr_Clear();
        }
        Py_XDECREF(found);
        name = PyDict_GetItem(recorder->real_names, file);
    }
    return name == NULL ? NULL : PyDict_GetItem(recorder->breakpoints, name);
}

/* Sets the breakpoint marks of a code's lines anew. Line 0 stands for all lines of the module's own code. */
void
xo_codes_apply_breakpoints(xo_recorder *recorder, xo_code *code)
{
    if (code->lines == NULL) {
        return;
    }
    PyObject *lines = lines_of(recorder, code->code->co_filename);
    bool all = lines != NULL && PyUnicode_CompareWithASCIIString(code->code->co_name, "<module>") == 0
               && has_breakpoint(lines, 0);
    for (int32_t line = code->min_line; line <= code->max_line; line++) {
        xo_line *info = &code->lines[line - code->min_line];
        info->flags &= (uint16_t)~XO_LINE_BREAKPOINT;
        if (all || (lines != NULL && has_breakpoint(lines, line))) {
            info->flags |= XO_LINE_BREAKPOINT;
        }
    }
    mark_entry(recorder->breakpoints, code);
}
