/* Rules that name code to be recorded step by step, or to be left out, by patterns of paths. */
#include "capture.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Whether a path fits a pattern: '?' is one byte and '*' any bytes but '/', '**' is any bytes, and "**" + "/" any
 * folders, or none. */
static bool
fits(const char *pattern, const char *path)
{
    for (; *pattern != '\0'; pattern++, path++) {
        if (*pattern == '*') {
            bool crosses = pattern[1] == '*';
            const char *rest = pattern + (crosses ? 2 : 1);
            if (crosses && *rest == '/' && fits(rest + 1, path)) {
                return true;
            }
            for (;; path++) {
                if (fits(rest, path)) {
                    return true;
                }
                if (*path == '\0' || (!crosses && *path == '/')) {
                    return false;
                }
            }
        }
        if (*path == '\0' || (*pattern == '?' ? *path == '/' : *pattern != *path)) {
            return false;
        }
    }
    return *path == '\0';
}

/* A tuple of (pattern, whether files that fit are recorded). */
static bool
is_rule(PyObject *rule)
{
    return PyTuple_Check(rule) && PyTuple_GET_SIZE(rule) == 2 && PyUnicode_Check(PyTuple_GET_ITEM(rule, 0));
}

PyObject *
xo_rules_read(PyObject *rules)
{
    PyObject *read = rules == NULL ? PyTuple_New(0) : PySequence_Tuple(rules);
    for (Py_ssize_t i = 0; read != NULL && i < PyTuple_GET_SIZE(read); i++) {
        if (!is_rule(PyTuple_GET_ITEM(read, i))) {
            PyErr_SetString(PyExc_TypeError, "a rule is a tuple of a pattern and a truth value");
            Py_CLEAR(read);
        }
    }
    return read;
}

/* Modules found by a relative entry of sys.path have relative paths up to 3.8. */
static const char *
absolute(const char *path, char *whole, size_t size_bytes)
{
    if (path[0] == '/' || getcwd(whole, size_bytes) == NULL) {
        return path;
    }
    while (path[0] == '.' && path[1] == '/') {
        path += 2;
    }
    size_t length = strlen(whole);
    int added = snprintf(whole + length, size_bytes - length, "/%s", path);
    return added < 0 || (size_t)added >= size_bytes - length ? path : whole;
}

xo_verdict
xo_rules_apply(PyObject *rules, PyObject *file)
{
    char whole[4096];
    const char *path = PyTuple_GET_SIZE(rules) == 0 ? NULL : PyUnicode_AsUTF8(file);
    if (path == NULL) { /* a name that is no path of any system fits no pattern */
        PyErr_Clear();
        return XO_NO_RULE;
    }
    path = absolute(path, whole, sizeof whole);
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(rules); i++) {
        PyObject *rule = PyTuple_GET_ITEM(rules, i);
        const char *pattern = PyUnicode_AsUTF8(PyTuple_GET_ITEM(rule, 0));
        if (pattern == NULL) {
            PyErr_Clear();
        } else if (fits(pattern, path)) {
            return PyTuple_GET_ITEM(rule, 1) == Py_True ? XO_INCLUDED : XO_EXCLUDED;
        }
    }
    return XO_NO_RULE;
}
