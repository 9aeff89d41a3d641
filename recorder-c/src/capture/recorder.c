/* Starts and ends recordings. */
#include "buffers.h"
#include "events.h"
#include "hooks.h"
#include "late_changes.h"
#include "redaction.h"
#include "registered.h"

#include <errno.h>
#include <stdlib.h>

xo_recorder *xo_recorders;
uint64_t xo_epoch, xo_ended_count;
size_t xo_calls_out;

static xo_recorder *ended; /* owned: over, but not freed yet, since a callback of ours may be running in it */
static PyObject *failures;  /* owned dict: token of a recording that ended by itself -> why */

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
    recorder->spare = NULL;
}

/* All but what a callback that is still running may look at. May be called again. */
static void
free_parts(xo_recorder *recorder)
{
    free_suspended(recorder);
    free(recorder->fresh.items);
    free(recorder->dirty.items);
    recorder->fresh = recorder->dirty = (xo_pending_list){0};
    xo_watches_free(recorder);
    xo_fields_free(recorder);
    PyMem_RawFree(recorder->watched_frames);
    recorder->watched_frames = NULL;
    free(recorder->texts);
    recorder->texts = NULL;
    xo_growing_free(recorder);
    Py_CLEAR(recorder->library);
    Py_CLEAR(recorder->rules);
    Py_CLEAR(recorder->files);
    Py_CLEAR(recorder->sources);
    Py_CLEAR(recorder->user_modules);
    Py_CLEAR(recorder->on_event);
    Py_CLEAR(recorder->on_process);
    Py_CLEAR(recorder->breakpoints);
    Py_CLEAR(recorder->real_names);
    Py_CLEAR(recorder->bound);
    recorder->redactor = NULL;
    Py_CLEAR(recorder->redactor_capsule);
}

static void
free_recorder(xo_recorder *recorder)
{
    free_parts(recorder);
    while (recorder->threads != NULL) {
        xo_thread_state *thread = recorder->threads;
        recorder->threads = thread->next;
        free(thread->frames);
        free(thread);
    }
    free(recorder);
}

static void
free_ended(void)
{
    while (ended != NULL && xo_calls_out == 0) {
        xo_recorder *recorder = ended;
        ended = recorder->next;
        free_recorder(recorder);
    }
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
write_notes(xo_recorder *recorder, PyObject *notes)
{
    PyObject *key, *value;
    for (Py_ssize_t position = 0; notes != NULL && notes != Py_None && PyDict_Next(notes, &position, &key, &value);) {
        const char *name = PyUnicode_AsUTF8(key);
        PyObject *text = PyUnicode_AsEncodedString(value, "utf-8", "backslashreplace");
        if (name == NULL || text == NULL) {
            Py_XDECREF(text);
            return -1;
        }
        xo_put_note(recorder, name, PyBytes_AS_STRING(text));
        Py_DECREF(text);
    }
    return 0;
}

static int
create_writer(xo_recorder *recorder, PyObject *path, PyObject *notes, PyObject *options)
{
    PyObject *bytes;
    if (!PyUnicode_FSConverter(path, &bytes)) {
        return -1;
    }
    xo_writer_options choices = {
        .chunk_bytes = xo_options_chunk_bytes(),
        .compress_from = 256 * 1024,
        .in_background = true,
        .max_bytes = xo_options_number(options, "max_size"),
    };
    xo_status status = xo_writer_create(PyBytes_AS_STRING(bytes), &choices, &recorder->writer);
    Py_DECREF(bytes);
    if (status != XO_OK) {
        return raise_status(status, path);
    }
    return write_notes(recorder, notes);
}

static xo_recorder *
allocate(void)
{
    xo_recorder *recorder = calloc(1, sizeof *recorder);
    if (recorder != NULL && (recorder->texts = calloc(XO_TEXT_ENTRIES, sizeof(xo_text_entry))) == NULL) {
        free(recorder);
        recorder = NULL;
    }
    if (recorder == NULL) {
        PyErr_NoMemory();
    }
    return recorder;
}

/* The new recording takes part in all that happens from here on. */
static void
enlist(xo_recorder *recorder)
{
    recorder->token = ++xo_epoch;
    recorder->next = xo_recorders;
    xo_recorders = recorder;
    xo_strands_change();
    xo_attention_follow(xo_recorder_find(0));
}

/* On failure the recording is stopped again. */
static int
begin(xo_recorder *recorder)
{
    bool entered = xo_turnstile_enter();
    enlist(recorder);
    int result = xo_this_thread(recorder) != NULL && xo_hooks_install(recorder) == 0 ? 0 : -1;
    if (result == 0) {
        xo_watch_steps(recorder);
    } else {
        PyObject *type, *value, *traceback;
        PyErr_Fetch(&type, &value, &traceback);
        (void)xo_recorder_stop(recorder, NULL);
        PyErr_Restore(type, value, traceback);
    }
    xo_turnstile_leave(entered);
    return result;
}

xo_recorder *
xo_recorder_start(PyObject *path, PyObject *notes, PyObject *options)
{
    if (!xo_is_in_main_interpreter(PyThreadState_Get())) {
        PyErr_SetString(PyExc_RuntimeError, "Execorder records a process's main interpreter only, and this is a sub-interpreter.");
        return NULL;
    }
    free_ended();
    xo_recorder *recorder = allocate();
    if (recorder == NULL) {
        return NULL;
    }
    if (xo_options_read(recorder, options) < 0 || xo_codes_init() < 0 || xo_lifetimes_init() < 0
        || xo_forks_watch() < 0 || create_writer(recorder, path, notes, options) < 0) {
        xo_writer_close(recorder->writer);
        free_recorder(recorder);
        return NULL;
    }
    return begin(recorder) == 0 ? recorder : NULL;
}

/* ---- stop ---- */

static void
unlist(xo_recorder *recorder)
{
    xo_recorder **link = &xo_recorders;
    while (*link != NULL && *link != recorder) {
        link = &(*link)->next;
    }
    *link = recorder->next;
    xo_ended_count++;
}

/* To be freed by whoever begins the next recording: nobody else may still be at work on it. */
static void
retire(xo_recorder *recorder)
{
    free_parts(recorder);
    recorder->next = ended;
    ended = recorder;
}

/* From here on the recording hears of nothing. */
static void
delist(xo_recorder *recorder)
{
    bool is_last = xo_recorders == recorder && recorder->next == NULL;
    recorder->ending = true;
    xo_events_stop(is_last);
    xo_keep_survivors(recorder);
    xo_forget_all(recorder);
    xo_codes_forget(recorder);
    unlist(recorder);
    xo_leave_strands(recorder);
    xo_attention_follow(xo_recorder_find(0));
    if (is_last) {
        xo_hooks_remove();
    }
}

int
xo_recorder_stop(xo_recorder *recorder, PyObject *notes)
{
    bool entered = xo_turnstile_enter();
    if (recorder->ending) { /* perhaps since another thread has done it meanwhile */
        xo_turnstile_leave(entered);
        return 0;
    }
    xo_events_check_all();
    xo_late_changes_look_at_all(recorder);
    xo_late_end(recorder);
    delist(recorder);
    xo_turnstile_leave(entered);
    xo_clock_end(recorder);
    xo_writer *writer = recorder->writer;
    int result = write_notes(recorder, notes);
    recorder->writer = NULL;
    xo_status status = xo_writer_close(writer);
    retire(recorder);
    if (result == 0 && status != XO_OK) {
        PyErr_Format(PyExc_OSError, "the recording could not be completed: %s", xo_status_text(status));
        result = -1;
    }
    return result;
}

/* In the child of a fork: the recordings are the parent's. */
void
xo_recorders_abandon(void)
{
    xo_operations_abandon();
    xo_turnstile_reset();
    while (xo_recorders != NULL && !xo_recorders->ending) {
        xo_recorder *recorder = xo_recorders;
        delist(recorder);
        xo_writer_abandon(recorder->writer);
        recorder->writer = NULL;
        retire(recorder);
    }
}

static void
note_failure(uint64_t token, const char *text)
{
    PyObject *key = PyLong_FromUnsignedLongLong(token);
    PyObject *value = PyUnicode_FromString(text);
    if (failures == NULL) {
        failures = PyDict_New();
    }
    if (key == NULL || value == NULL || failures == NULL || PyDict_SetItem(failures, key, value) < 0) {
        PyErr_Clear();
    }
    Py_XDECREF(key);
    Py_XDECREF(value);
}

/* Ends a recording that can't go on; the program does. */
void
xo_recorder_fail(xo_recorder *recorder)
{
    xo_status status = recorder->writer->failure == XO_OK ? XO_NO_MEMORY : recorder->writer->failure;
    int error = status == XO_NO_SPACE || status == XO_IO ? recorder->writer->failure_errno : 0;
    char text[256];
    snprintf(text, sizeof text, "recording ended at step %llu: %s%s%s%s", (unsigned long long)recorder->writer->steps,
             xo_status_text(status), error == 0 ? "" : " (", error == 0 ? "" : strerror(error), error == 0 ? "" : ")");
    note_failure(recorder->token, text);
    if (xo_recorder_stop(recorder, NULL) < 0) {
        PyErr_Clear();
    }
}

PyObject *
xo_recorder_failure(uint64_t token)
{
    PyObject *key = PyLong_FromUnsignedLongLong(token);
    PyObject *text = failures == NULL || key == NULL ? NULL : PyDict_GetItem(failures, key);
    Py_XDECREF(key);
    return Py_NewRef(text == NULL ? Py_None : text);
}

xo_recorder *
xo_recorder_find(uint64_t token)
{
    xo_recorder *recorder = xo_recorders;
    while (recorder != NULL && (token == 0 ? recorder->scoped : recorder->token != token)) {
        recorder = recorder->next;
    }
    return recorder == NULL && token == 0 ? xo_recorders : recorder;
}
