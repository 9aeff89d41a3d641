/* What a recording is asked for when it starts. */
#include "capture.h"

#include "../binding/redactor_capsule.h"

#include <stdlib.h>

static PyObject *
option(PyObject *options, const char *name)
{
    PyObject *value = PyDict_GetItemString(options, name);
    return value == Py_None ? NULL : value;
}

uint64_t
xo_options_number(PyObject *options, const char *name)
{
    PyObject *value = option(options, name);
    return value == NULL ? 0 : PyLong_AsUnsignedLongLong(value);
}

/* A number of bytes in the environment; 0 without one. */
static uint64_t
bytes_in(const char *variable)
{
    const char *given = getenv(variable);
    return given == NULL ? 0 : strtoull(given, NULL, 10);
}

static uint64_t
most_memory(void)
{
    uint64_t bytes = bytes_in("EXECORDER_MAX_BUFFER");
    return bytes > 0 ? bytes : UINT64_C(1) << 28;
}

/* Small ones make a large file; tests ask for them, since more can go wrong where chunks turn. */
uint64_t
xo_options_chunk_bytes(void)
{
    return bytes_in("EXECORDER_CHUNK_BYTES");
}

int
xo_options_read(xo_recorder *recorder, PyObject *options)
{
    PyObject *library = option(options, "library");
    PyObject *record_state = option(options, "record_state");
    recorder->library = library != NULL ? PySequence_Tuple(library) : PyTuple_New(0);
    recorder->rules = xo_rules_read(option(options, "rules"));
    recorder->files = PyDict_New();
    recorder->sources = PyDict_New();
    recorder->breakpoints = PyDict_New();
    recorder->real_names = PyDict_New();
    recorder->user_modules = PySet_New(NULL);
    recorder->on_event = Py_XNewRef(option(options, "on_event"));
    recorder->globals = option(options, "globals");
    recorder->scoped = recorder->globals != NULL;
    recorder->on_process = Py_XNewRef(option(options, "on_process"));
    recorder->record_state = record_state == NULL || PyObject_IsTrue(record_state) == 1;
    recorder->max_steps = xo_options_number(options, "max_steps");
    recorder->interval = recorder->next_interval = xo_options_number(options, "interval");
    recorder->max_buffer = most_memory();
    recorder->builtins = PyEval_GetBuiltins();
    recorder->redactor_capsule = Py_XNewRef(option(options, "redactor"));
    recorder->redactor = recorder->redactor_capsule == NULL ? NULL : redactor_of(recorder->redactor_capsule);
    bool made = recorder->library != NULL && recorder->rules != NULL && recorder->files != NULL && recorder->sources != NULL
                && recorder->breakpoints != NULL && recorder->real_names != NULL && recorder->user_modules != NULL;
    return made && !PyErr_Occurred() ? 0 : -1;
}
