/* Modules written in C that the program loads. Those of other packages than CPython's own may write into lists and dicts past
 * their methods and slots, which is found by comparing (late_changes.c): the recording names them. */
#include "finalizers.h"
#include "hooks.h"

#include <string.h>

static bool
ends_with(const char *text, const char *end)
{
    size_t size = strlen(text), end_size = strlen(end);
    return size >= end_size && strcmp(text + size - end_size, end) == 0;
}

/* Whether it was loaded from a library of its own, and not with CPython. */
static bool
is_foreign(PyObject *module)
{
    PyObject *file = PyModule_Check(module) ? PyModule_GetFilenameObject(module) : NULL;
    const char *path = file == NULL ? NULL : PyUnicode_AsUTF8(file);
    bool result = path != NULL && strstr(path, "lib-dynload") == NULL && strstr(path, "DLLs") == NULL
                  && (ends_with(path, ".so") || ends_with(path, ".pyd"));
    Py_XDECREF(file);
    PyErr_Clear();
    return result;
}

/* Adds the package's name, unless it is there or ours. */
static void
add_package(PyObject *packages, PyObject *name)
{
    Py_ssize_t dot = PyUnicode_FindChar(name, '.', 0, PyUnicode_GET_LENGTH(name), 1);
    PyObject *package = dot < 0 ? Py_NewRef(name) : PyUnicode_Substring(name, 0, dot);
    if (package != NULL && PyUnicode_CompareWithASCIIString(package, "execorder") != 0
        && PySequence_Contains(packages, package) == 0) {
        (void)PyList_Append(packages, package);
    }
    Py_XDECREF(package);
    PyErr_Clear();
}

static PyObject *
find_packages(void)
{
    PyObject *packages = PyList_New(0), *name, *module;
    PyObject *modules = packages == NULL ? NULL : PyImport_GetModuleDict();
    for (Py_ssize_t position = 0; modules != NULL && PyDict_Next(modules, &position, &name, &module);) {
        if (PyUnicode_CheckExact(name) && is_foreign(module)) {
            add_package(packages, name);
        }
    }
    return packages;
}

static PyObject *
text_of(PyObject *packages)
{
    PyObject *comma = PyUnicode_FromString(", ");
    PyObject *names = comma == NULL || PyList_Sort(packages) < 0 ? NULL : PyUnicode_Join(comma, packages);
    PyObject *text = names == NULL ? NULL : PyUnicode_FromFormat(
        "of %U: what it changes in lists and sets, or before Python 3.12 in dicts, past their methods is found by comparing; what "
        "is back as it was by then is not found", names);
    Py_XDECREF(comma);
    Py_XDECREF(names);
    return text;
}

void
xo_note_compiled(xo_recorder *recorder)
{
    PyObject *packages = find_packages();
    if (packages != NULL && PyList_GET_SIZE(packages) > recorder->compiled) {
        PyObject *text = text_of(packages);
        const char *encoded = text == NULL ? NULL : PyUnicode_AsUTF8(text);
        if (encoded != NULL) {
            recorder->compiled = PyList_GET_SIZE(packages);
            xo_writer_note(recorder->writer, "compiled_code", encoded);
        }
        Py_XDECREF(text);
    }
    Py_XDECREF(packages);
    PyErr_Clear();
}

/* ---- when one is loaded ---- */

static PyCFunction exec_dynamic, exec_builtin;

static PyObject *
exec_with(PyCFunction original, PyObject *self, PyObject *module)
{
    PyObject *result = original(self, module);
    if (result == NULL || xo_recorders == NULL) {
        return result;
    }
    xo_watch_finalizers_in(module);
    if (is_foreign(module)) {
        for (xo_recorder *recorder = xo_recorders; recorder != NULL; recorder = recorder->next) {
            if (recorder->record_state) {
                xo_note_compiled(recorder);
            }
        }
    }
    return result;
}

static PyObject *
hook_exec_dynamic(PyObject *self, PyObject *module)
{
    return exec_with(exec_dynamic, self, module);
}

static PyObject *
hook_exec_builtin(PyObject *self, PyObject *module)
{
    return exec_with(exec_builtin, self, module);
}

int
xo_hook_compiled_modules(void)
{
    if (xo_patch_function("_imp", "exec_dynamic", METH_O, hook_exec_dynamic, &exec_dynamic) < 0
        || xo_patch_function("_imp", "exec_builtin", METH_O, hook_exec_builtin, &exec_builtin) < 0) {
        return -1;
    }
    return xo_watch_finalizers();
}
