/* Sees what C code does to an exception after it was made: its arguments and its notes. */
#include "changes.h"

/* Those with an initialiser of their own, which sets the arguments anew. OSError is left alone: its constructor asks
 * whether the initialiser is still its own. */
#define FOR_EACH_KIND(X)  \
    X(BaseException)      \
    X(AttributeError)     \
    X(ImportError)        \
    X(NameError)          \
    X(StopIteration)      \
    X(SyntaxError)        \
    X(SystemExit)         \
    X(UnicodeDecodeError) \
    X(UnicodeEncodeError) \
    X(UnicodeTranslateError)

#define DEFINE(name)                                                                   \
    static initproc init_##name;                                                       \
    static int hook_##name(PyObject *exception, PyObject *arguments, PyObject *names)  \
    {                                                                                  \
        int result = init_##name(exception, arguments, names);                         \
        xo_touch(exception);                                                           \
        return result;                                                                 \
    }
FOR_EACH_KIND(DEFINE)

static initproc patched[16];
static size_t patched_count;

static bool
is_patched(initproc init)
{
    for (size_t i = 0; i < patched_count; i++) {
        if (patched[i] == init) {
            return true;
        }
    }
    return false;
}

/* In some versions a type inherits the initialiser of BaseException, which is patched once. */
static void
patch_init(PyObject *type, initproc *original, initproc hook)
{
    *original = ((PyTypeObject *)type)->tp_init;
    if (!is_patched(*original)) {
        patched[patched_count++] = *original;
        xo_patch_slot(0, offsetof(PyTypeObject, tp_init), (void *)*original, (void *)hook);
    }
}

#define PATCH(name) patch_init(PyExc_##name, &init_##name, hook_##name);

/* ---- notes: add_note() appends to their list by the C API ---- */

static PyCFunction add_note;

static PyObject *
hook_add_note(PyObject *exception, PyObject *note)
{
    PyObject *result = add_note(exception, note);
    PyObject *dict = result == NULL ? NULL : xo_existing_dict(exception);
    PyObject *notes = dict == NULL ? NULL : PyDict_GetItemString(dict, "__notes__");
    if (notes != NULL) {
        xo_touch(notes);
    }
    return result;
}

static int
patch_add_note(void)
{
    PyTypeObject *type = (PyTypeObject *)PyExc_BaseException;
    if (xo_method_flags(type, "add_note") == 0) { /* younger than this interpreter */
        return 0;
    }
    return xo_patch_method(type, "add_note", METH_O, hook_add_note, &add_note);
}

int
xo_hook_exceptions(void)
{
    patched_count = 0;
    FOR_EACH_KIND(PATCH)
    return patch_add_note();
}
