/* The living objects behind a recording's numbers, while it is made, and what is left of them when it has ended: state()
 * gives back classes, functions and modules as themselves. */
#include "capture.h"

static PyObject *survivors; /* owned dict: token of a recording that ended -> {number: weak reference to a class, function
                             * or module}, until it is asked for */

/* Making a reference may run the collector, which would free an object that only a cycle keeps. */
static int
keep_survivor(PyObject *kept, PyObject *object, uint64_t number)
{
    Py_INCREF(object);
    PyObject *key = PyLong_FromUnsignedLongLong(number);
    PyObject *reference = PyWeakref_NewRef(object, NULL);
    int result = key == NULL || reference == NULL ? -1 : PyDict_SetItem(kept, key, reference);
    Py_XDECREF(key);
    Py_XDECREF(reference);
    Py_DECREF(object);
    return result;
}

static const xo_entity *
entity_in(const xo_recorder *recorder, const xo_pair *pair)
{
    const xo_entity *entity = pair->key == NULL ? NULL : pair->value;
    while (entity != NULL && entity->owner != recorder) {
        entity = entity->next;
    }
    return entity;
}

void
xo_keep_survivors(const xo_recorder *recorder)
{
    PyObject *kept = PyDict_New();
    PyObject *token = PyLong_FromUnsignedLongLong(recorder->token);
    for (size_t i = 0; kept != NULL && xo_entities.pairs != NULL && i <= xo_entities.mask; i++) {
        const xo_entity *entity = entity_in(recorder, &xo_entities.pairs[i]);
        PyObject *object = entity == NULL ? NULL : (PyObject *)xo_entities.pairs[i].key;
        if (object != NULL && (PyType_Check(object) || PyFunction_Check(object) || PyModule_Check(object))
            && keep_survivor(kept, object, entity->number) < 0) {
            PyErr_Clear();
        }
    }
    if (kept != NULL && survivors == NULL) {
        survivors = PyDict_New();
    }
    if (kept != NULL && (survivors == NULL || token == NULL || PyDict_SetItem(survivors, token, kept) < 0)) {
        PyErr_Clear();
    }
    Py_XDECREF(kept);
    Py_XDECREF(token);
}

PyObject *
xo_take_survivors(uint64_t token)
{
    PyObject *key = PyLong_FromUnsignedLongLong(token);
    PyObject *kept = survivors == NULL || key == NULL ? NULL : Py_XNewRef(PyDict_GetItem(survivors, key));
    if (kept != NULL && PyDict_DelItem(survivors, key) < 0) {
        PyErr_Clear();
    }
    Py_XDECREF(key);
    return kept != NULL ? kept : PyDict_New();
}

PyObject *
xo_recorder_living(const xo_recorder *recorder, uint64_t number)
{
    for (size_t i = 0; xo_entities.pairs != NULL && i <= xo_entities.mask; i++) {
        const xo_entity *entity = entity_in(recorder, &xo_entities.pairs[i]);
        if (entity != NULL && entity->number == number) {
            return Py_NewRef((PyObject *)xo_entities.pairs[i].key);
        }
    }
    return Py_NewRef(Py_None);
}
