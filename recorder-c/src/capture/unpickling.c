/* C's unpickler fills lists, dicts and sets past their slots. What the program's own code (`__setstate__`, `find_class`)
 * gets to see of them midway is remembered here, and looked at again before such code is called and at the end. */
#include "buffers.h"
#include "changes.h"
#include "dispatch.h"

#include <stdlib.h>

size_t xo_unpickling_count; /* loads that are under way, in all threads */

typedef struct {
    PyObject *object; /* borrowed; NULL: has ended */
    Py_ssize_t length; /* when it was recorded last */
} unfinished;

static unfinished *items; /* owned */
static size_t count, capacity;

#if XO_HAS_DICT_WATCHERS
#define IS_SEEN_DICT(object) true
#else
#define IS_SEEN_DICT(object) (!PyDict_CheckExact(object))
#endif

/* -1: its changes are seen anyway, or it has none. */
static Py_ssize_t
length_of(PyObject *object)
{
    if (PyList_CheckExact(object)) {
        return PyList_GET_SIZE(object);
    }
    if (Py_TYPE(object) == &PySet_Type) {
        return PySet_GET_SIZE(object);
    }
    return IS_SEEN_DICT(object) ? -1 : PyDict_Size(object);
}

void
xo_unpickling_note(PyObject *object)
{
    Py_ssize_t length = length_of(object);
    if (length < 0) {
        return;
    }
    if (count == capacity) {
        size_t more = capacity == 0 ? 64 : 2 * capacity;
        unfinished *grown = realloc(items, more * sizeof *grown);
        if (grown == NULL) {
            xo_fail_all();
            return;
        }
        items = grown;
        capacity = more;
    }
    items[count++] = (unfinished){object, length};
}

/* Those that were made last mostly end first. */
void
xo_unpickling_forget(const PyObject *object)
{
    for (size_t i = count; i-- > 0;) {
        if (items[i].object == object) {
            items[i].object = NULL;
        }
    }
    while (count > 0 && items[count - 1].object == NULL) {
        count--;
    }
}

void
xo_unpickling_look(void)
{
    for (size_t i = 0; i < count; i++) {
        Py_ssize_t length = items[i].object == NULL ? items[i].length : length_of(items[i].object);
        if (length != items[i].length) {
            items[i].length = length;
            xo_touch(items[i].object);
        }
    }
}

/* ---- the calls ---- */

static PyCFunction loads, load, method_load;
static bool is_awaited; /* the module may yet be loaded */

static PyObject *
ended(PyObject *result)
{
    xo_unpickling_look();
    if (xo_unpickling_count > 0 && --xo_unpickling_count == 0) {
        count = 0;
    }
    return result;
}

static PyObject *
hook_loads(PyObject *module, PyObject *const *arguments, Py_ssize_t argument_count, PyObject *names)
{
    xo_unpickling_count++;
    return ended(XO_FAST_KEYWORDS(loads)(module, arguments, argument_count, names));
}

static PyObject *
hook_load(PyObject *module, PyObject *const *arguments, Py_ssize_t argument_count, PyObject *names)
{
    xo_unpickling_count++;
    return ended(XO_FAST_KEYWORDS(load)(module, arguments, argument_count, names));
}

static PyObject *
hook_method_load(PyObject *unpickler, PyObject *none)
{
    xo_unpickling_count++;
    return ended(method_load(unpickler, none));
}

#ifdef METH_METHOD
typedef PyObject *(*class_method)(PyObject *, PyTypeObject *, PyObject *const *, Py_ssize_t, PyObject *);

static PyObject *
hook_method_load_in_class(PyObject *unpickler, PyTypeObject *type, PyObject *const *arguments, Py_ssize_t argument_count,
                          PyObject *names)
{
    xo_unpickling_count++;
    class_method original = (class_method)(void (*)(void))method_load;
    return ended(original(unpickler, type, arguments, argument_count, names));
}
#endif

static void
patch(PyMethodDef *definition, int flags, void (*hook)(void), PyCFunction *original)
{
    if (definition != NULL && definition->ml_flags == flags) {
        *original = xo_patch_late_method(definition, (PyCFunction)hook);
    }
}

static PyMethodDef *
function_in(PyObject *module, const char *name)
{
    PyObject *function = PyDict_GetItemString(PyModule_GetDict(module), name);
    return function != NULL && PyCFunction_Check(function) ? ((PyCFunctionObject *)function)->m_ml : NULL;
}

/* What loads the module is code that runs for the first time. */
void
xo_unpickling_find(void)
{
    if (!is_awaited) {
        return;
    }
    PyObject *module = PyDict_GetItemString(PyImport_GetModuleDict(), "_pickle");
    PyObject *type = module == NULL || !PyModule_Check(module)
                         ? NULL
                         : PyDict_GetItemString(PyModule_GetDict(module), "Unpickler");
    if (type == NULL || !PyType_Check(type)) {
        return;
    }
    is_awaited = false;
    int with_keywords = METH_FASTCALL | METH_KEYWORDS;
    patch(function_in(module, "loads"), with_keywords, (void (*)(void))hook_loads, &loads);
    patch(function_in(module, "load"), with_keywords, (void (*)(void))hook_load, &load);
    PyMethodDef *method = xo_definition_in((PyTypeObject *)type, "load");
    patch(method, METH_NOARGS, (void (*)(void))hook_method_load, &method_load);
#ifdef METH_METHOD
    patch(method, METH_METHOD | with_keywords, (void (*)(void))hook_method_load_in_class, &method_load);
#endif
}

void
xo_hook_unpickling(void)
{
    is_awaited = true;
    xo_unpickling_find();
}

void
xo_unhook_unpickling(void)
{
    is_awaited = false;
    count = xo_unpickling_count = 0;
}
