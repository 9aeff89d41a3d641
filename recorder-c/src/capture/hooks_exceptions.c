/* Sees what C code does to an exception after it was made: its arguments and its notes. */
#include "changes.h"

/* Those with an initialiser of their own, which sets the arguments anew. */
#define FOR_EACH_KIND(X)  \
    X(BaseException)      \
    X(BaseExceptionGroup) \
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
    if (is_patched(*original)) {
        return;
    }
    patched[patched_count++] = *original;
    if (!XO_COMPARES_INITIALISERS || type != PyExc_BaseException) {
        xo_patch_slot(0, offsetof(PyTypeObject, tp_init), (void *)*original, (void *)hook);
    }
}

#define PATCH(name) patch_init(PyExc_##name, &init_##name, hook_##name);

/* ---- OSError: its constructor asks whether the initialiser is still its own, so that calls of OSError.__init__ are
 * seen where Python code makes them, as it does in the __init__ of a subclass; else the constructor does it all. Of
 * BaseException, in some versions, too: what a __new__ in Python has made is looked at after its end (frames.c) ---- */

static struct wrapperbase *wrapper_of_init; /* borrowed: static; of all types' __init__ */
static wrapperfunc wrap_init;

static PyObject *
hook_wrap_init(PyObject *object, PyObject *arguments, void *wrapped, PyObject *names)
{
    PyObject *result = ((wrapperfunc_kwds)(void (*)(void))wrap_init)(object, arguments, wrapped, names);
    bool is_base = XO_COMPARES_INITIALISERS && wrapped == (void *)init_BaseException;
    if (is_base || wrapped == (void *)((PyTypeObject *)PyExc_OSError)->tp_init) {
        xo_touch(object);
    }
    return result;
}

static void
patch_os_error(void)
{
    PyObject *descriptor = PyDict_GetItemString(xo_type_dict((PyTypeObject *)PyExc_OSError), "__init__");
    if (descriptor != NULL && Py_TYPE(descriptor) == &PyWrapperDescr_Type) {
        wrapper_of_init = ((PyWrapperDescrObject *)descriptor)->d_base;
        wrap_init = wrapper_of_init->wrapper;
        wrapper_of_init->wrapper = (wrapperfunc)(void (*)(void))hook_wrap_init;
    }
}

void
xo_unhook_exceptions(void)
{
    if (wrapper_of_init != NULL) {
        wrapper_of_init->wrapper = wrap_init;
        wrapper_of_init = NULL;
    }
}

/* ---- groups: what derive() has made gets the context, cause and notes of what it was made from by C code ---- */

enum { DEEPEST_GROUP = 256 };

static void
touch_group(PyObject *exception, int depth)
{
    PyObject *members = xo_exceptions_in(exception);
    if (members == NULL || depth == DEEPEST_GROUP) {
        return;
    }
    xo_touch(exception);
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(members); i++) {
        touch_group(PyTuple_GET_ITEM(members, i), depth + 1);
    }
}

void
xo_touch_group(PyObject *exception)
{
    touch_group(exception, 0);
}

static PyCFunction split, subgroup;

static PyObject *
hook_split(PyObject *group, PyObject *argument)
{
    PyObject *parts = split(group, argument);
    for (Py_ssize_t i = 0; parts != NULL && i < PyTuple_GET_SIZE(parts); i++) {
        xo_touch_group(PyTuple_GET_ITEM(parts, i));
    }
    return parts;
}

static PyObject *
hook_subgroup(PyObject *group, PyObject *argument)
{
    PyObject *part = subgroup(group, argument);
    if (part != NULL) {
        xo_touch_group(part);
    }
    return part;
}

static int
patch_groups(void)
{
    PyTypeObject *type = (PyTypeObject *)PyExc_BaseExceptionGroup;
    int flags = xo_method_flags(type, "split");
    if (flags == 0) { /* younger than this interpreter */
        return 0;
    }
    flags = flags == METH_VARARGS ? METH_VARARGS : METH_O; /* functions for either are called alike */
    if (xo_patch_method(type, "split", flags, hook_split, &split) < 0) {
        return -1;
    }
    return xo_patch_method(type, "subgroup", flags, hook_subgroup, &subgroup);
}

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
    patch_os_error();
    return patch_groups() < 0 ? -1 : patch_add_note();
}
