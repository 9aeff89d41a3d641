#include "reader_object.h"

#include "binding.h"
#include "failure.h"
#include "functions.h"

static const char state_attribute[] = "_state";

xo_reader *
reader_of(PyObject *self)
{
    reader_object *object = (reader_object *)self;
    if (object->reader == NULL) {
        PyErr_SetString(PyExc_ValueError, "the recording is closed; open it again with execorder.open()");
        return NULL;
    }
    if (xo_reader_rests(object->reader)) {
        xo_status status = xo_reader_refresh(object->reader, NULL);
        if (status != XO_OK) {
            raise_status(object->state, status, object->path);
            return NULL;
        }
    }
    return object->reader;
}

static int
open_reader(reader_object *self, PyObject *path)
{
    PyObject *encoded = NULL;
    if (!PyUnicode_FSConverter(path, &encoded)) {
        return -1;
    }
    xo_status status = xo_reader_open(PyBytes_AS_STRING(encoded), &self->reader);
    if (status != XO_OK) {
        raise_status(self->state, status, self->path);
    }
    Py_DECREF(encoded);
    return status == XO_OK ? 0 : -1;
}

static PyObject *
reader_new(PyTypeObject *type, PyObject *args, PyObject *keywords)
{
    static char *names[] = {"path", NULL};
    PyObject *path;
    if (!PyArg_ParseTupleAndKeywords(args, keywords, "O:Reader", names, &path)) {
        return NULL;
    }
    reader_object *self = (reader_object *)type->tp_alloc(type, 0);
    if (self == NULL) {
        return NULL;
    }
    self->state_owner = PyObject_GetAttrString((PyObject *)type, state_attribute);
    if (self->state_owner == NULL || (self->state = binding_state_of(self->state_owner)) == NULL ||
        !PyUnicode_FSDecoder(path, &self->path) || open_reader(self, path) < 0) {
        Py_DECREF(self);
        return NULL;
    }
    return (PyObject *)self;
}

static void
reader_dealloc(PyObject *object)
{
    reader_object *self = (reader_object *)object;
    PyTypeObject *type = Py_TYPE(object);
    xo_reader_close(self->reader);
    Py_XDECREF(self->path);
    Py_XDECREF(self->state_owner);
    type->tp_free(object);
#if PY_VERSION_HEX >= 0x03080000
    Py_DECREF(type); /* from 3.8 on, an instance of a heap type owns a reference to it */
#endif
}

static PyType_Slot reader_slots[] = {
    {Py_tp_doc, "Reader(path): a recording as the store's reader sees it; execorder.Recording is built on it."},
    {Py_tp_new, reader_new},
    {Py_tp_dealloc, reader_dealloc},
    {Py_tp_methods, reader_methods},
    {0, NULL},
};

static PyType_Spec reader_spec = {
    .name = "execorder._native.Reader",
    .basicsize = sizeof(reader_object),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = reader_slots,
};

int
xo_binding_add_types(PyObject *module)
{
    if (xo_binding_add_functions(module) < 0) {
        return -1;
    }
    PyObject *state_owner = binding_state_new(module);
    if (state_owner == NULL) {
        return -1;
    }
    PyObject *type = PyType_FromSpec(&reader_spec);
    if (type == NULL || PyObject_SetAttrString(type, state_attribute, state_owner) < 0 ||
        PyModule_AddObject(module, "Reader", type) < 0) {
        Py_XDECREF(type);
        Py_DECREF(state_owner);
        return -1;
    }
    Py_DECREF(state_owner);
    return 0;
}
