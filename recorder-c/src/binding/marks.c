#include "marks.h"

#include <stdbool.h>
#include <stddef.h>
#include <structmember.h>

typedef struct {
    PyObject_HEAD
    unsigned long long number;
} ref_object;

static void
heap_dealloc(PyObject *self)
{
    PyTypeObject *type = Py_TYPE(self);
    type->tp_free(self);
#if PY_VERSION_HEX >= 0x03080000
    Py_DECREF(type); /* from 3.8 on, an instance of a heap type owns a reference to it */
#endif
}

static PyObject *
ref_from_number(PyTypeObject *type, PyObject *args, PyObject *Py_UNUSED(keywords))
{
    unsigned long long number;
    if (!PyArg_ParseTuple(args, "K:Ref", &number)) {
        return NULL;
    }
    return ref_new((PyObject *)type, number);
}

static PyObject *
ref_repr(PyObject *self)
{
    return PyUnicode_FromFormat("Ref(%llu)", ((ref_object *)self)->number);
}

static Py_hash_t
ref_hash(PyObject *self)
{
    Py_hash_t hash = (Py_hash_t)((ref_object *)self)->number;
    return hash == -1 ? -2 : hash;
}

static PyObject *
ref_compare(PyObject *self, PyObject *other, int op)
{
    if (Py_TYPE(self) != Py_TYPE(other) || (op != Py_EQ && op != Py_NE)) {
        Py_RETURN_NOTIMPLEMENTED;
    }
    bool equal = ((ref_object *)self)->number == ((ref_object *)other)->number;
    return PyBool_FromLong(equal == (op == Py_EQ));
}

static PyMemberDef ref_members[] = {
    {"number", T_ULONGLONG, offsetof(ref_object, number), READONLY, "Number of the object in the recording."},
    {NULL, 0, 0, 0, NULL},
};

static PyType_Slot ref_slots[] = {
    {Py_tp_doc, "An object of the recording, by its number."},
    {Py_tp_new, ref_from_number},
    {Py_tp_dealloc, heap_dealloc},
    {Py_tp_repr, ref_repr},
    {Py_tp_hash, ref_hash},
    {Py_tp_richcompare, ref_compare},
    {Py_tp_members, ref_members},
    {0, NULL},
};

static PyType_Spec ref_spec = {
    .name = "execorder._native.Ref",
    .basicsize = sizeof(ref_object),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = ref_slots,
};

PyObject *
ref_type_new(void)
{
    return PyType_FromSpec(&ref_spec);
}

PyObject *
ref_new(PyObject *ref_type, uint64_t number)
{
    PyTypeObject *type = (PyTypeObject *)ref_type;
    ref_object *ref = (ref_object *)type->tp_alloc(type, 0);
    if (ref != NULL) {
        ref->number = number;
    }
    return (PyObject *)ref;
}

static PyObject *
unbound_repr(PyObject *Py_UNUSED(self))
{
    return PyUnicode_FromString("UNBOUND");
}

static PyType_Slot unbound_slots[] = {
    {Py_tp_doc, "The type of UNBOUND, which stands for a name without a value."},
    {Py_tp_dealloc, heap_dealloc},
    {Py_tp_repr, unbound_repr},
    {0, NULL},
};

static PyType_Spec unbound_spec = {
    .name = "execorder._native.Unbound",
    .basicsize = sizeof(PyObject),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = unbound_slots,
};

PyObject *
unbound_new(void)
{
    PyTypeObject *type = (PyTypeObject *)PyType_FromSpec(&unbound_spec);
    if (type == NULL) {
        return NULL;
    }
    PyObject *unbound = type->tp_alloc(type, 0);
    Py_DECREF(type);
    return unbound;
}
