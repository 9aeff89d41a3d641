/* Puts our functions into the slots and methods of types, for the whole process, and takes them out again. */
#include "buffers.h"

#include <stdlib.h>

enum { MAX_SLOTS = 128, MAX_METHODS = 256 };

static xo_slot_patch slots[MAX_SLOTS];
static size_t slot_count;

typedef struct {
    PyMethodDef *definition; /* borrowed: static, or alive as long as its type or module */
    PyCFunction original, replacement;
} method_patch;

static method_patch methods[MAX_METHODS];
static size_t method_count;

/* ---- every type there is ---- */

static int
add_subclasses(PyObject *found, PyObject *queue, PyObject *type)
{
    PyObject *subclasses = PyObject_CallMethod((PyObject *)&PyType_Type, "__subclasses__", "O", type);
    if (subclasses == NULL) {
        return -1;
    }
    int result = 0;
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(subclasses) && result == 0; i++) {
        PyObject *subclass = PyList_GET_ITEM(subclasses, i);
        PyObject *address = PyLong_FromVoidPtr(subclass); /* a metaclass may define __hash__ */
        int known = address == NULL ? -1 : PySet_Contains(found, address);
        if (known < 0 || (known == 0 && (PySet_Add(found, address) < 0 || PyList_Append(queue, subclass) < 0))) {
            result = -1;
        }
        Py_XDECREF(address);
    }
    Py_DECREF(subclasses);
    return result;
}

int
xo_each_type(xo_type_visitor visit)
{
    PyObject *found = PySet_New(NULL);
    PyObject *queue = PyList_New(0);
    int result = -1;
    if (found == NULL || queue == NULL || PyList_Append(queue, (PyObject *)&PyBaseObject_Type) < 0) {
        goto done;
    }
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(queue); i++) {
        PyObject *type = PyList_GET_ITEM(queue, i);
        visit((PyTypeObject *)type);
        if (add_subclasses(found, queue, type) < 0) {
            goto done;
        }
    }
    result = 0;

done:
    Py_XDECREF(found);
    Py_XDECREF(queue);
    return result;
}

/* ---- slots ---- */

void
xo_patch_slot(size_t suite, size_t offset, void *original, void *replacement)
{
    if (original != NULL && slot_count < MAX_SLOTS) {
        slots[slot_count++] = (xo_slot_patch){suite, offset, original, replacement};
    }
}

static void **
address_of(const xo_slot_patch *patch, PyTypeObject *type)
{
    char *suite = patch->suite == 0 ? (char *)type : *(char **)((char *)type + patch->suite);
    return suite == NULL ? NULL : (void **)(suite + patch->offset);
}

static void
exchange_descriptors(PyTypeObject *type, const void *from, void *to)
{
    PyObject *dict = xo_type_dict(type);
    PyObject *name, *value;
    for (Py_ssize_t position = 0; dict != NULL && PyDict_Next(dict, &position, &name, &value);) {
        if (Py_TYPE(value) == &PyWrapperDescr_Type && ((PyWrapperDescrObject *)value)->d_wrapped == from) {
            ((PyWrapperDescrObject *)value)->d_wrapped = to;
        }
    }
}

static void
exchange(PyTypeObject *type, bool restore)
{
    bool changed = false;
    for (size_t i = 0; i < slot_count; i++) {
        void *from = restore ? slots[i].replacement : slots[i].original;
        void *to = restore ? slots[i].original : slots[i].replacement;
        void **slot = address_of(&slots[i], type);
        if (slot != NULL && *slot == from) {
            *slot = to;
            changed = true;
            exchange_descriptors(type, from, to);
        }
    }
    if (changed) {
        PyType_Modified(type); /* what was specialised for this type starts anew */
    }
}

static void
apply_to(PyTypeObject *type)
{
    exchange(type, false);
}

static void
restore_in(PyTypeObject *type)
{
    exchange(type, true);
}

/* ---- methods ---- */

static PyCFunction
patch_definition(PyMethodDef *definition, PyCFunction replacement)
{
    PyCFunction original = definition->ml_meth;
    if (method_count < MAX_METHODS) {
        methods[method_count++] = (method_patch){definition, original, replacement};
    }
    return original;
}

/* For a method that is met while the recording goes on. */
PyCFunction
xo_patch_late_method(PyMethodDef *definition, PyCFunction replacement)
{
    PyCFunction original = patch_definition(definition, replacement);
    definition->ml_meth = replacement;
    return original;
}

static int
refuse(const char *name)
{
    PyErr_Format(PyExc_RuntimeError, "%s is not as in the CPython that this extension was built for: build it anew",
                 name);
    return -1;
}

static PyMethodDef *
find_method(PyTypeObject *type, const char *name)
{
    PyObject *descriptor = PyDict_GetItemString(xo_type_dict(type), name);
    bool is_method = descriptor != NULL && Py_TYPE(descriptor) == &PyMethodDescr_Type;
    return is_method ? ((PyMethodDescrObject *)descriptor)->d_method : NULL;
}

int
xo_method_flags(PyTypeObject *type, const char *name)
{
    PyMethodDef *definition = find_method(type, name);
    return definition == NULL ? 0 : definition->ml_flags & ~METH_COEXIST;
}

int
xo_patch_method(PyTypeObject *type, const char *name, int flags, PyCFunction replacement, PyCFunction *original)
{
    if (xo_method_flags(type, name) != flags) {
        return refuse(name);
    }
    *original = patch_definition(find_method(type, name), replacement);
    return 0;
}

int
xo_patch_methods(PyTypeObject *type, const xo_method_patch *table)
{
    for (; table->name != NULL; table++) {
        if (xo_patch_method(type, table->name, table->flags, table->hook, table->original) < 0) {
            return -1;
        }
    }
    return 0;
}

/* A module that the program has not imported stays unknown to it; its functions are shared all the same. */
static PyObject *
import_quietly(const char *module)
{
    PyObject *modules = PyImport_GetModuleDict();
    bool was_there = PyDict_GetItemString(modules, module) != NULL;
    PyObject *imported = PyImport_ImportModule(module);
    if (imported != NULL && !was_there && PyDict_DelItemString(modules, module) < 0) {
        PyErr_Clear();
    }
    return imported;
}

PyMethodDef *
xo_find_function(const char *module, const char *name)
{
    PyObject *imported = import_quietly(module);
    PyObject *function = imported == NULL ? NULL : PyObject_GetAttrString(imported, name);
    PyErr_Clear();
    bool is_in_c = function != NULL && PyCFunction_Check(function);
    PyMethodDef *definition = is_in_c ? ((PyCFunctionObject *)function)->m_ml : NULL;
    Py_XDECREF(imported);
    Py_XDECREF(function);
    return definition;
}

int
xo_function_flags(const char *module, const char *name)
{
    PyMethodDef *definition = xo_find_function(module, name);
    return definition == NULL ? 0 : definition->ml_flags;
}

int
xo_patch_function(const char *module, const char *name, int flags, PyCFunction replacement, PyCFunction *original)
{
    PyMethodDef *definition = xo_find_function(module, name);
    if (definition == NULL) {
        return 0;
    }
    if (definition->ml_flags != flags) {
        return refuse(name);
    }
    *original = patch_definition(definition, replacement);
    return 0;
}

int
xo_patches_apply(void)
{
    for (size_t i = 0; i < method_count; i++) {
        methods[i].definition->ml_meth = methods[i].replacement;
    }
    return xo_each_type(apply_to);
}

void
xo_patches_restore(void)
{
    for (size_t i = 0; i < method_count; i++) {
        methods[i].definition->ml_meth = methods[i].original;
    }
    (void)xo_each_type(restore_in);
    method_count = 0;
    slot_count = 0;
}
