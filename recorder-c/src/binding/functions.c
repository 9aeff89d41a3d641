#include "functions.h"

#include "bottom.h"
#include "redactor_capsule.h"

/* For types that don't let Python do it. */
static PyObject *
set_dict(PyObject *Py_UNUSED(module), PyObject *args)
{
    PyObject *object, *dict;
    if (!PyArg_ParseTuple(args, "OO!", &object, &PyDict_Type, &dict)) {
        return NULL;
    }
    PyObject **place = _PyObject_GetDictPtr(object);
    if (place == NULL) {
        PyErr_SetString(PyExc_TypeError, "set_dict() needs an object with a dict");
        return NULL;
    }
    PyObject *old = *place;
    Py_INCREF(dict);
    *place = dict;
    Py_XDECREF(old);
    Py_RETURN_NONE;
}

/* What `python FILE` does, from the same reader of files: that one tells of a source that it can't read otherwise than
 * compile() does. */
static PyObject *
run_file(PyObject *Py_UNUSED(module), PyObject *args)
{
    PyObject *path, *globals;
    if (!PyArg_ParseTuple(args, "O&O!", PyUnicode_FSConverter, &path, &PyDict_Type, &globals)) {
        return NULL;
    }
    PyCompilerFlags flags = {0};
    FILE *file = fopen(PyBytes_AS_STRING(path), "rb");
    PyObject *result = file == NULL ? PyErr_SetFromErrno(PyExc_OSError)
                                    : PyRun_FileExFlags(file, PyBytes_AS_STRING(path), Py_file_input, globals, globals,
                                                        1, &flags);
    Py_DECREF(path);
    return result;
}

static PyMethodDef functions[] = {
    {"call_at_bottom", xo_call_at_bottom, METH_VARARGS,
     "call_at_bottom(callable, *args): calls it with no frame below."},
    {"die_of_interrupt", xo_die_of_interrupt, METH_NOARGS,
     "Makes the interpreter's end what it is after an unhandled KeyboardInterrupt."},
    {"redactor", redactor_new, METH_O,
     "redactor(names): what start() and Reader.redact() take. Raises ValueError when the names make no sense."},
    {"run_file", run_file, METH_VARARGS, "run_file(path, globals): as the interpreter runs its main file."},
    {"set_dict", set_dict, METH_VARARGS, "set_dict(object, dict): makes it the dict of the object's attributes."},
    {NULL, NULL, 0, NULL},
};

int
xo_binding_add_functions(PyObject *module)
{
    return PyModule_AddFunctions(module, functions);
}
