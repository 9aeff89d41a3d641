/* Starts and ends a recording of this process. */
#include "buffers.h"

#include <errno.h>
#include <stdlib.h>

xo_recorder *xo_active;

static uint64_t generation;
static char failure[256];
static PyObject *survivors; /* owned dict: number -> weak reference to a class, function or module of the last one */

/* ---- options ---- */

static PyObject *
option(PyObject *options, const char *name)
{
    PyObject *value = PyDict_GetItemString(options, name);
    return value == Py_None ? NULL : value;
}

static uint64_t
number_option(PyObject *options, const char *name)
{
    PyObject *value = option(options, name);
    return value == NULL ? 0 : PyLong_AsUnsignedLongLong(value);
}

static int
read_options(xo_recorder *recorder, PyObject *options)
{
    PyObject *library = option(options, "library");
    PyObject *record_state = option(options, "record_state");
    recorder->library = library != NULL ? PySequence_Tuple(library) : PyTuple_New(0);
    recorder->rules = xo_rules_read(option(options, "rules"));
    recorder->files = PyDict_New();
    recorder->sources = PyDict_New();
    recorder->breakpoints = PyDict_New();
    recorder->user_modules = PySet_New(NULL);
    recorder->on_event = Py_XNewRef(option(options, "on_event"));
    recorder->record_state = record_state == NULL || PyObject_IsTrue(record_state) == 1;
    recorder->max_steps = number_option(options, "max_steps");
    recorder->interval = recorder->next_interval = number_option(options, "interval");
    recorder->builtins = PyEval_GetBuiltins();
    bool made = recorder->library != NULL && recorder->rules != NULL && recorder->files != NULL && recorder->sources != NULL
                && recorder->breakpoints != NULL && recorder->user_modules != NULL;
    return made && !PyErr_Occurred() ? 0 : -1;
}

/* ---- parts ---- */

static void
free_suspended(xo_recorder *recorder)
{
    const xo_pointer_map *map = &recorder->suspended;
    for (size_t i = 0; map->pairs != NULL && i <= map->mask; i++) {
        if (map->pairs[i].key != NULL) {
            free(map->pairs[i].value);
        }
    }
    xo_map_free(&recorder->suspended);
    free(recorder->spare);
}

static void
free_recorder(xo_recorder *recorder)
{
    xo_threads_free(recorder);
    free_suspended(recorder);
    xo_map_free(&recorder->entities);
    free(recorder->fresh.items);
    free(recorder->dirty.items);
    xo_watches_free(recorder);
    free(recorder->texts);
    xo_growing_free(recorder);
    PyMem_RawFree(recorder->watched_frames);
    Py_XDECREF(recorder->library);
    Py_XDECREF(recorder->rules);
    Py_XDECREF(recorder->files);
    Py_XDECREF(recorder->sources);
    Py_XDECREF(recorder->user_modules);
    Py_XDECREF(recorder->on_event);
    Py_XDECREF(recorder->breakpoints);
    Py_XDECREF(recorder->bound);
    free(recorder);
}

static int
install_hooks(void)
{
    bool made = xo_hook_lists() == 0 && xo_hook_list_functions() == 0 && xo_hook_dicts() == 0 && xo_hook_sets() == 0 && xo_hook_iterators() == 0 && xo_hook_deques() == 0
                && xo_hook_ordered_dicts() == 0 && xo_hook_exceptions() == 0
                && xo_hook_attributes() == 0 && xo_hook_output() == 0
                && xo_hook_bytearrays() == 0 && xo_hook_memoryviews() == 0;
    return made ? 0 : -1;
}

/* Puts everything back as it was before the recording. */
static void
remove_hooks(xo_recorder *recorder)
{
    xo_events_stop(recorder);
    xo_patches_restore();
    xo_unhook_lists();
    xo_unhook_dicts(recorder);
    xo_unhook_attributes();
    xo_unhook_iterators();
    xo_lifetimes_restore();
}

/* ---- start ---- */

static int
raise_status(xo_status status, PyObject *path)
{
    if (status == XO_NO_MEMORY) {
        PyErr_NoMemory();
    } else {
        errno = status == XO_NO_SPACE ? ENOSPC : errno;
        PyErr_SetFromErrnoWithFilenameObject(PyExc_OSError, path);
    }
    return -1;
}

static int
write_notes(xo_writer *writer, PyObject *notes)
{
    PyObject *key, *value;
    for (Py_ssize_t position = 0; notes != NULL && notes != Py_None && PyDict_Next(notes, &position, &key, &value);) {
        const char *name = PyUnicode_AsUTF8(key);
        PyObject *text = PyUnicode_AsEncodedString(value, "utf-8", "backslashreplace");
        if (name == NULL || text == NULL) {
            Py_XDECREF(text);
            return -1;
        }
        xo_writer_note(writer, name, PyBytes_AS_STRING(text));
        Py_DECREF(text);
    }
    return 0;
}

static int
create_writer(xo_recorder *recorder, PyObject *path, PyObject *notes)
{
    PyObject *bytes;
    if (!PyUnicode_FSConverter(path, &bytes)) {
        return -1;
    }
    xo_writer_options options = {0};
    xo_status status = xo_writer_create(PyBytes_AS_STRING(bytes), &options, &recorder->writer);
    Py_DECREF(bytes);
    if (status != XO_OK) {
        return raise_status(status, path);
    }
    return write_notes(recorder->writer, notes);
}

int
xo_recorder_start(PyObject *path, PyObject *notes, PyObject *options)
{
    if (xo_active != NULL) {
        PyErr_SetString(PyExc_RuntimeError, "a recording is already active in this process: stop it first");
        return -1;
    }
    xo_recorder *recorder = calloc(1, sizeof *recorder);
    xo_text_entry *texts = calloc(XO_TEXT_ENTRIES, sizeof *texts);
    if (recorder == NULL || texts == NULL) {
        free(recorder);
        free(texts);
        PyErr_NoMemory();
        return -1;
    }
    recorder->texts = texts;
    recorder->generation = ++generation;
    failure[0] = 0;
    if (read_options(recorder, options) < 0 || xo_codes_init() < 0 || xo_lifetimes_init() < 0
        || create_writer(recorder, path, notes) < 0) {
        xo_writer_close(recorder->writer);
        free_recorder(recorder);
        return -1;
    }
    xo_buffers_reset();
    xo_active = recorder;
    if (install_hooks() == 0 && xo_events_start(recorder) == 0 && xo_patches_apply() == 0) {
        xo_watch_steps(recorder);
        return 0;
    }
    PyObject *type, *value, *traceback;
    PyErr_Fetch(&type, &value, &traceback);
    (void)xo_recorder_stop(NULL);
    PyErr_Restore(type, value, traceback);
    return -1;
}

/* ---- stop ---- */

static void
keep_survivor(PyObject *object, uint64_t number)
{
    PyObject *key = PyLong_FromUnsignedLongLong(number);
    PyObject *reference = PyWeakref_NewRef(object, NULL);
    if (key == NULL || reference == NULL || PyDict_SetItem(survivors, key, reference) < 0) {
        PyErr_Clear();
    }
    Py_XDECREF(key);
    Py_XDECREF(reference);
}

/* Remembers the classes, functions and modules that state() may give back as themselves. */
static void
keep_survivors(xo_recorder *recorder)
{
    Py_XSETREF(survivors, PyDict_New());
    const xo_pointer_map *map = &recorder->entities;
    for (size_t i = 0; survivors != NULL && map->pairs != NULL && i <= map->mask; i++) {
        PyObject *object = (PyObject *)map->pairs[i].key;
        if (object != NULL && (PyType_Check(object) || PyFunction_Check(object) || PyModule_Check(object))) {
            keep_survivor(object, ((xo_entity *)map->pairs[i].value)->number);
        }
    }
}

int
xo_recorder_stop(PyObject *notes)
{
    xo_recorder *recorder = xo_active;
    if (recorder == NULL) {
        PyErr_SetString(PyExc_RuntimeError, "no recording is active");
        return -1;
    }
    if (recorder->ending) {
        return 0;
    }
    recorder->ending = true;
    remove_hooks(recorder);
    int result = write_notes(recorder->writer, notes);
    keep_survivors(recorder);
    xo_active = NULL;
    xo_status status = xo_writer_close(recorder->writer);
    free_recorder(recorder);
    if (result == 0 && status != XO_OK) {
        PyErr_Format(PyExc_OSError, "the recording could not be completed: %s", xo_status_text(status));
        result = -1;
    }
    return result;
}

/* In the child of a fork: the recording is the parent's. */
void
xo_recorder_abandon(void)
{
    xo_recorder *recorder = xo_active;
    if (recorder == NULL || recorder->ending) {
        return;
    }
    recorder->ending = true;
    remove_hooks(recorder);
    xo_active = NULL;
    xo_writer_abandon(recorder->writer);
    free_recorder(recorder);
}

/* Ends a recording that can't go on; the program does. */
void
xo_recorder_fail(xo_recorder *recorder)
{
    xo_status status = recorder->writer->failure == XO_OK ? XO_NO_MEMORY : recorder->writer->failure;
    snprintf(failure, sizeof failure, "recording ended at step %llu: %s",
             (unsigned long long)recorder->writer->steps, xo_status_text(status));
    if (xo_recorder_stop(NULL) < 0) {
        PyErr_Clear();
    }
}

const char *
xo_recorder_failure(void)
{
    return failure[0] == 0 ? NULL : failure;
}

/* The living object with this number, borrowed, or NULL. */
static PyObject *
find_active(uint64_t number)
{
    const xo_pointer_map *map = &xo_active->entities;
    for (size_t i = 0; map->pairs != NULL && i <= map->mask; i++) {
        if (map->pairs[i].key != NULL && ((xo_entity *)map->pairs[i].value)->number == number) {
            return (PyObject *)map->pairs[i].key;
        }
    }
    return NULL;
}

PyObject *
xo_recorder_living(uint64_t number)
{
    PyObject *found = NULL;
    if (xo_active != NULL) {
        found = find_active(number);
    } else if (survivors != NULL) {
        PyObject *key = PyLong_FromUnsignedLongLong(number);
        PyObject *reference = key == NULL ? NULL : PyDict_GetItem(survivors, key);
        Py_XDECREF(key);
        return reference == NULL ? Py_NewRef(Py_None) : PyObject_CallNoArgs(reference);
    }
    return Py_NewRef(found == NULL ? Py_None : found);
}
