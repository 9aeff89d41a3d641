/* Who gets an exception that leaves a thread's outermost recorded frame: the thread's own beginning, which ends it, or
 * library code, as that of a pool, which may keep it for whoever asks for the result. */
#include "capture.h"

#include <stdio.h>

static bool
is_one_of(PyObject *name, const char *const names[], size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (PyUnicode_CompareWithASCIIString(name, names[i]) == 0) {
            return true;
        }
    }
    return false;
}

/* The path of the module `threading`; borrowed, NULL while it isn't loaded. */
static PyObject *
path_of_threading(void)
{
    PyObject *module = PyDict_GetItemString(PyImport_GetModuleDict(), "threading");
    PyObject *dict = module == NULL || !PyModule_Check(module) ? NULL : PyModule_GetDict(module);
    PyObject *path = dict == NULL ? NULL : PyDict_GetItemString(dict, "__file__");
    return path != NULL && PyUnicode_Check(path) ? path : NULL;
}

/* Whether below a frame there is only what every thread begins with. */
static bool
begins_thread(const xo_iframe *iframe)
{
    static const char *const beginnings[] = {"run", "_bootstrap_inner", "_bootstrap"};
    PyObject *path = path_of_threading();
    for (iframe = xo_iframe_caller(iframe); iframe != NULL; iframe = xo_iframe_caller(iframe)) {
        const PyCodeObject *code = xo_iframe_code(iframe);
        if (path == NULL || PyUnicode_Compare(code->co_filename, path) != 0
            || !is_one_of(code->co_name, beginnings, sizeof beginnings / sizeof *beginnings)) {
            return false;
        }
    }
    return true;
}

/* At the thread's first recorded frame. The first thread's exceptions end the program, and that is noted elsewhere. */
void
xo_note_caller(xo_recorder *recorder, const xo_thread_state *thread, const xo_iframe *iframe)
{
    if (thread->next != NULL && (thread->strand->greenlet != NULL || !begins_thread(iframe))) {
        char note[32];
        snprintf(note, sizeof note, "caller.%u", (unsigned)thread->written->number);
        xo_writer_note(recorder->writer, note, "library");
    }
    PyErr_Clear();
}
