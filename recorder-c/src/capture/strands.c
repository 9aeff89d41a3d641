/* The stacks of the program: one for each thread, and one for each greenlet. What a recording knows of a strand, above
 * all its stack of recorded frames, is chained there, that of the innermost exec() first. */
#include "capture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAIN_THREAD "MainThread"

xo_strand *xo_newest_strand;

static xo_strand *strands;       /* owned */
static xo_pointer_map by_stack;  /* greenlet, or thread's state -> the xo_strand that has it now */

/* ---- what a recording knows of a strand ---- */

static xo_thread *
define_thread(xo_recorder *recorder, const xo_strand *strand)
{
    char name[40] = MAIN_THREAD;
    if (strand->greenlet != NULL) {
        snprintf(name, sizeof name, "Greenlet %p", strand->greenlet);
    } else if (recorder->threads != NULL) {
        snprintf(name, sizeof name, "Thread-%llu", (unsigned long long)strand->id);
    }
    return xo_writer_define_thread(recorder->writer, (uint64_t)strand->python->thread_id, name);
}

/* The Thread object of this thread, while it runs; borrowed. */
static PyObject *
running_thread(void)
{
    PyObject *module = PyDict_GetItemString(PyImport_GetModuleDict(), "threading");
    PyObject *dict = module == NULL || !PyModule_Check(module) ? NULL : PyModule_GetDict(module);
    PyObject *active = dict == NULL ? NULL : PyDict_GetItemString(dict, "_active"); /* identifier -> Thread */
    PyObject *identifier = PyLong_FromUnsignedLong(PyThread_get_thread_ident());
    PyObject *found = active == NULL || identifier == NULL || !PyDict_CheckExact(active)
                          ? NULL
                          : PyDict_GetItemWithError(active, identifier);
    Py_XDECREF(identifier);
    return found;
}

/* The thread has no name in the program yet when it is first heard of: it gets there on its way to recorded code. */
void
xo_name_thread(xo_recorder *recorder, xo_thread_state *thread)
{
    thread->is_named = true;
    PyObject *object = thread->strand->greenlet != NULL ? NULL : running_thread();
    PyObject *key = object == NULL ? NULL : PyUnicode_FromString("_name");
    PyObject *name = NULL;
    if (key != NULL && _PyType_Lookup(Py_TYPE(object), key) == NULL) { /* none of the program's code runs for it */
        name = PyObject_GenericGetAttr(object, key);
    }
    bool is_text = name != NULL && PyUnicode_Check(name);
    PyObject *encoded = is_text ? PyUnicode_AsEncodedString(name, "utf-8", "surrogatepass") : NULL;
    if (encoded != NULL && (thread->next != NULL || strcmp(PyBytes_AS_STRING(encoded), MAIN_THREAD) != 0)) {
        char note[32];
        snprintf(note, sizeof note, "thread.%u", (unsigned)thread->written->number);
        xo_writer_note(recorder->writer, note, PyBytes_AS_STRING(encoded));
    }
    Py_XDECREF(encoded);
    Py_XDECREF(name);
    Py_XDECREF(key);
    PyErr_Clear();
}

/* An exec() that begins is the innermost; others stand outside of all exec()s. */
static void
place_in(xo_strand *strand, xo_thread_state *thread, bool innermost)
{
    xo_thread_state **place = &strand->inner;
    while (!innermost && *place != NULL && (*place)->recorder->scoped && thread->recorder->scoped) {
        place = &(*place)->outer;
    }
    while (!innermost && !thread->recorder->scoped && *place != NULL) {
        place = &(*place)->outer;
    }
    thread->outer = *place;
    *place = thread;
}

static xo_thread_state *
add_thread(xo_recorder *recorder, xo_strand *strand)
{
    xo_thread_state *thread = calloc(1, sizeof *thread);
    if (thread == NULL || (thread->written = define_thread(recorder, strand)) == NULL) {
        free(thread);
        recorder->writer->failure = XO_NO_MEMORY;
        return NULL;
    }
    thread->strand = strand;
    thread->recorder = recorder;
    place_in(strand, thread, recorder->scoped && recorder->threads == NULL);
    thread->next = recorder->threads;
    recorder->threads = thread;
    return thread;
}

xo_thread_state *
xo_enter_strand(xo_recorder *recorder, xo_strand *strand)
{
    for (xo_thread_state *thread = strand->inner; thread != NULL; thread = thread->outer) {
        if (thread->recorder == recorder) {
            return thread;
        }
    }
    return add_thread(recorder, strand);
}

xo_thread_state *
xo_this_thread(xo_recorder *recorder)
{
    xo_strand *strand = xo_this_strand();
    if (strand == NULL) {
        recorder->writer->failure = XO_NO_MEMORY;
        return NULL;
    }
    return xo_enter_strand(recorder, strand);
}

/* ---- strands ---- */

static xo_strand *
add_strand(PyThreadState *python, const void *greenlet)
{
    xo_strand *strand = calloc(1, sizeof *strand);
    if (strand == NULL || !xo_map_set(&by_stack, greenlet != NULL ? greenlet : python, strand)) {
        free(strand);
        return NULL;
    }
    *strand = (xo_strand){.next = strands, .python = python, .id = python->id, .greenlet = greenlet};
    strands = strand;
    return strand;
}

/* Addresses come again: what was known of an older thread or greenlet there is not meant. */
static bool
is_of(const xo_strand *strand, const PyThreadState *python, const void *greenlet)
{
    return strand != NULL && strand->python == python && strand->id == python->id && strand->greenlet == greenlet;
}

/* Recordings of the whole process know every strand. */
static bool
enter_for_all(xo_strand *strand)
{
    for (xo_recorder *recorder = xo_recorders; recorder != NULL; recorder = recorder->next) {
        if (!recorder->scoped && xo_enter_strand(recorder, strand) == NULL) {
            return false;
        }
    }
    return true;
}

xo_strand *
xo_find_strand(PyThreadState *python)
{
    const void *greenlet = xo_current_greenlet == NULL ? NULL : xo_current_greenlet();
    xo_strand *strand = xo_newest_strand;
    if (is_of(strand, python, greenlet)) {
        return strand;
    }
    strand = xo_map_get(&by_stack, greenlet != NULL ? greenlet : python);
    strand = is_of(strand, python, greenlet) ? strand : NULL;
    if (strand == NULL && (xo_is_unseen() || !xo_is_in_main_interpreter(python))) {
        return NULL;
    }
    if (strand == NULL && (strand = add_strand(python, greenlet)) == NULL) {
        return NULL;
    }
    xo_newest_strand = enter_for_all(strand) ? strand : NULL;
    return strand;
}

void
xo_strands_change(void)
{
    xo_newest_strand = NULL;
}

static void
unlink_thread(const xo_thread_state *thread)
{
    xo_thread_state **place = &thread->strand->inner;
    while (*place != NULL && *place != thread) {
        place = &(*place)->outer;
    }
    if (*place != NULL) {
        *place = thread->outer;
    }
}

bool
xo_is_in_thread(const xo_recorder *recorder, const PyThreadState *python)
{
    const xo_thread_state *thread = recorder->threads;
    while (thread != NULL && (thread->strand->python != python || thread->strand->id != python->id)) {
        thread = thread->next;
    }
    return thread != NULL;
}

bool
xo_is_alive(const xo_strand *strand)
{
    PyThreadState *python = PyInterpreterState_ThreadHead(PyThreadState_Get()->interp);
    while (python != NULL && (python != strand->python || python->id != strand->id)) {
        python = PyThreadState_Next(python);
    }
    return python != NULL;
}

/* With the last recording all strands go. */
static void
free_strands(void)
{
    while (strands != NULL) {
        xo_strand *strand = strands;
        strands = strand->next;
        free(strand);
    }
    xo_map_free(&by_stack);
}

/* What the recording knew of its strands stays until the recording itself is freed. */
void
xo_leave_strands(xo_recorder *recorder)
{
    for (xo_thread_state *thread = recorder->threads; thread != NULL; thread = thread->next) {
        unlink_thread(thread);
    }
    xo_strands_change();
    if (xo_recorders == NULL) {
        free_strands();
    }
}
