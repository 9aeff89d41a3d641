#include "state.h"

#include "marks.h"

static const char capsule_name[] = "execorder._native.binding";

static const char *const step_kind_names[STEP_KIND_COUNT] = {
    NULL, "call", "line", "return", "yield", "resume", "exception",
};
static const char *const object_kind_names[OBJECT_KIND_COUNT] = {
    NULL, "list", "tuple", "dict", "set", "frozenset", "instance", "class", "cell", "opaque", "buffer",
};

static void
clear(binding_state *state)
{
    Py_CLEAR(state->recording_error);
    Py_CLEAR(state->not_a_recording_error);
    Py_CLEAR(state->corrupt_recording_error);
    Py_CLEAR(state->too_new_error);
    Py_CLEAR(state->ref_type);
    Py_CLEAR(state->unbound);
    for (size_t i = 0; i < STEP_KIND_COUNT; i++) {
        Py_CLEAR(state->step_kinds[i]);
    }
    for (size_t i = 0; i < OBJECT_KIND_COUNT; i++) {
        Py_CLEAR(state->object_kinds[i]);
    }
}

static void
destroy(PyObject *capsule)
{
    binding_state *state = PyCapsule_GetPointer(capsule, capsule_name);
    if (state != NULL) {
        clear(state);
        PyMem_Free(state);
    }
}

binding_state *
binding_state_of(PyObject *capsule)
{
    return PyCapsule_GetPointer(capsule, capsule_name);
}

/* Adds `value` to the module and leaves the caller's reference with the caller. */
static int
add(PyObject *module, const char *name, PyObject *value)
{
    if (value == NULL) {
        return -1;
    }
    Py_INCREF(value);
    if (PyModule_AddObject(module, name, value) < 0) {
        Py_DECREF(value);
        return -1;
    }
    return 0;
}

static int
intern_names(PyObject **texts, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (names[i] == NULL) {
            Py_INCREF(Py_None);
            texts[i] = Py_None;
        } else if ((texts[i] = PyUnicode_InternFromString(names[i])) == NULL) {
            return -1;
        }
    }
    return 0;
}

static int
make_exceptions(binding_state *state, PyObject *module)
{
    state->recording_error = PyErr_NewExceptionWithDoc(
        "execorder.RecordingError", "A recording can't answer; the message says why and what to do.", NULL, NULL);
    if (add(module, "RecordingError", state->recording_error) < 0) {
        return -1;
    }
    state->not_a_recording_error = PyErr_NewExceptionWithDoc(
        "execorder.NotARecordingError", "The file is no recording of Execorder.", state->recording_error, NULL);
    if (add(module, "NotARecordingError", state->not_a_recording_error) < 0) {
        return -1;
    }
    state->corrupt_recording_error = PyErr_NewExceptionWithDoc(
        "execorder.CorruptRecordingError", "The recording is damaged.", state->recording_error, NULL);
    if (add(module, "CorruptRecordingError", state->corrupt_recording_error) < 0) {
        return -1;
    }
    state->too_new_error = PyErr_NewExceptionWithDoc(
        "execorder.TooNewError", "The recording was made by a newer Execorder.", state->recording_error, NULL);
    return add(module, "TooNewError", state->too_new_error);
}

static int
make_marks(binding_state *state, PyObject *module)
{
    state->ref_type = ref_type_new();
    if (add(module, "Ref", state->ref_type) < 0) {
        return -1;
    }
    state->unbound = unbound_new();
    return add(module, "UNBOUND", state->unbound);
}

PyObject *
binding_state_new(PyObject *module)
{
    binding_state *state = PyMem_Calloc(1, sizeof *state);
    if (state == NULL) {
        return PyErr_NoMemory();
    }
    if (make_exceptions(state, module) < 0 || make_marks(state, module) < 0 ||
        intern_names(state->step_kinds, step_kind_names, STEP_KIND_COUNT) < 0 ||
        intern_names(state->object_kinds, object_kind_names, OBJECT_KIND_COUNT) < 0) {
        goto fail;
    }
    PyObject *capsule = PyCapsule_New(state, capsule_name, destroy);
    if (capsule != NULL) {
        return capsule;
    }

fail:
    clear(state);
    PyMem_Free(state);
    return NULL;
}
