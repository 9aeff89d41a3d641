/* A redactor in Python's hands. */
#include "redactor_capsule.h"

#define CAPSULE "execorder.redactor"

static void
free_capsule(PyObject *capsule)
{
    xo_redactor_free(PyCapsule_GetPointer(capsule, CAPSULE));
}

PyObject *
redactor_new(PyObject *Py_UNUSED(module), PyObject *names)
{
    char problem[200];
    xo_redactor *redactor;
    const char *expression = PyUnicode_AsUTF8(names);
    if (expression == NULL) {
        return NULL;
    }
    if (*expression == '\0') {
        PyErr_SetString(PyExc_ValueError, "redact is an expression such as 'password|token', not ''");
        return NULL;
    }
    xo_status status = xo_redactor_create(expression, problem, &redactor);
    if (status == XO_NOT_FOUND) {
        PyErr_Format(PyExc_ValueError, "redact is an expression such as 'password|token': %s", problem);
        return NULL;
    }
    PyObject *capsule = status == XO_OK ? PyCapsule_New(redactor, CAPSULE, free_capsule) : PyErr_NoMemory();
    if (status == XO_OK && capsule == NULL) {
        xo_redactor_free(redactor);
    }
    return capsule;
}

xo_redactor *
redactor_of(PyObject *capsule)
{
    return PyCapsule_GetPointer(capsule, CAPSULE);
}
