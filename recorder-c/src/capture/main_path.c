/* Where the interpreter believes the main program to be. */
#include "capture.h"
#include "module.h"

#include <wchar.h>

PyObject *
xo_set_main_path(PyObject *module, PyObject *path)
{
    (void)module;
    wchar_t **place = xo_main_path();
    wchar_t *text = place == NULL ? NULL : PyUnicode_AsWideCharString(path, NULL);
    if (place == NULL || text == NULL) {
        return place == NULL ? Py_NewRef(Py_None) : NULL;
    }
    size_t bytes = (wcslen(text) + 1) * sizeof *text;
    wchar_t *copy = PyMem_RawMalloc(bytes);
    if (copy == NULL) {
        PyMem_Free(text);
        return PyErr_NoMemory();
    }
    memcpy(copy, text, bytes);
    PyMem_Free(text);
    PyMem_RawFree(*place);
    *place = copy;
    return Py_NewRef(Py_None);
}
