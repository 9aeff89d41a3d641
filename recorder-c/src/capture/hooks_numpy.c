/* Sees what writes into numpy's arrays: their slots, their methods, ufuncs and the functions that take an array to write
 * into. What none of these tells is found by looking (watches.c). */
#include "numpy_layout.h"

static objobjargproc array_ass_subscript;
static ssizeobjargproc array_ass_item;
static getbufferproc array_get_buffer;
static objobjargproc flat_ass_subscript;
static ternaryfunc ufunc_call;
static PyTypeObject *ufunc_type; /* borrowed; NULL: not met in this recording */
static bool ufunc_had_vectorcall;

/* ---- arrays ---- */

/* Where a[index] lies, of one element or one row; NULL when that is not so plain. */
static const char *
row_at(const xo_ndarray *array, PyObject *key, Py_ssize_t *size)
{
    if (!PyLong_CheckExact(key) || array->dimensions < 1) {
        return NULL;
    }
    Py_ssize_t index = PyLong_AsSsize_t(key);
    PyErr_Clear();
    index = index < 0 ? index + array->shape[0] : index;
    if (index < 0 || index >= array->shape[0]) {
        return NULL;
    }
    *size = xo_dtype_of(array->descr).item_bytes;
    for (int i = 1; i < array->dimensions; i++) {
        if (array->strides[i] < 0 || array->shape[i] == 0) {
            return NULL;
        }
        *size += array->strides[i] * (array->shape[i] - 1);
    }
    return array->data + index * array->strides[0];
}

/* Where a[i, j, …] lies, one element. */
static const char *
element_at(const xo_ndarray *array, PyObject *key, Py_ssize_t *size)
{
    if (!PyTuple_CheckExact(key) || PyTuple_GET_SIZE(key) != array->dimensions) {
        return NULL;
    }
    const char *place = array->data;
    for (int i = 0; i < array->dimensions; i++) {
        PyObject *part = PyTuple_GET_ITEM(key, i);
        Py_ssize_t index = PyLong_CheckExact(part) ? PyLong_AsSsize_t(part) : PY_SSIZE_T_MAX;
        PyErr_Clear();
        index = index < 0 ? index + array->shape[i] : index;
        if (index < 0 || index >= array->shape[i]) {
            return NULL;
        }
        place += index * array->strides[i];
    }
    *size = xo_dtype_of(array->descr).item_bytes;
    return place;
}

/* Where a[i:j] lies. */
static const char *
rows_at(const xo_ndarray *array, PyObject *key, Py_ssize_t *size)
{
    Py_ssize_t start, stop, step;
    if (!PySlice_Check(key) || array->dimensions != 1 || array->strides[0] <= 0) {
        return NULL;
    }
    PySliceObject *slice = (PySliceObject *)key;
    PyObject *parts[] = {slice->start, slice->stop, slice->step};
    for (int i = 0; i < 3; i++) {
        if (parts[i] != Py_None && !PyLong_CheckExact(parts[i])) {
            return NULL;
        }
    }
    if (PySlice_Unpack(key, &start, &stop, &step) < 0) {
        PyErr_Clear();
        return NULL;
    }
    Py_ssize_t count = PySlice_AdjustIndices(array->shape[0], &start, &stop, step);
    if (step < 1 || count < 1) {
        return NULL;
    }
    *size = (count - 1) * step * array->strides[0] + xo_dtype_of(array->descr).item_bytes;
    return array->data + start * array->strides[0];
}

static void
touch_subscript(PyObject *object, PyObject *key)
{
    const xo_ndarray *array = (const xo_ndarray *)object;
    Py_ssize_t size = -1;
    const char *place = row_at(array, key, &size);
    place = place == NULL ? element_at(array, key, &size) : place;
    place = place == NULL ? rows_at(array, key, &size) : place;
    xo_memory_touched(object, place, place == NULL ? -1 : size);
}

static int
ass_subscript(PyObject *object, PyObject *key, PyObject *value)
{
    int result = array_ass_subscript(object, key, value);
    if (xo_recorders != NULL && result == 0) {
        touch_subscript(object, key);
    } else if (xo_recorders != NULL) { /* perhaps in part; and there is an error that must stay */
        xo_memory_touched(object, NULL, -1);
    }
    return result;
}

static int
ass_item(PyObject *object, Py_ssize_t index, PyObject *value)
{
    int result = array_ass_item(object, index, value);
    if (xo_recorders != NULL) {
        xo_memory_touched(object, NULL, -1);
    }
    return result;
}

static int
get_buffer(PyObject *object, Py_buffer *view, int flags)
{
    int result = array_get_buffer(object, view, flags);
    if (result == 0 && flags != PyBUF_SIMPLE && xo_recorders != NULL) {
        xo_memory_exposed(object);
    }
    return result;
}

/* ---- a.flat[…] = ---- */

static int
flat_subscript(PyObject *object, PyObject *key, PyObject *value)
{
    int result = flat_ass_subscript(object, key, value);
    if (xo_recorders != NULL) {
        xo_all_memory_touched();
    }
    return result;
}

/* ---- ufuncs ---- */

static void
touch_argument(PyObject *argument)
{
    if (xo_is_ndarray(argument)) {
        xo_memory_touched(argument, NULL, -1);
    } else if (PyTuple_Check(argument)) {
        for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(argument); i++) {
            touch_argument(PyTuple_GET_ITEM(argument, i));
        }
    }
}

/* PyUFuncObject: how many it reads, how many it writes. */
typedef struct {
    PyObject_HEAD
    int inputs;
} ufunc;

static PyObject *
call_ufunc(PyObject *object, PyObject *arguments, PyObject *names)
{
    PyObject *result = ufunc_call(object, arguments, names);
    if (xo_recorders == NULL) {
        return result;
    }
    for (Py_ssize_t i = ((const ufunc *)object)->inputs; i < PyTuple_GET_SIZE(arguments); i++) {
        touch_argument(PyTuple_GET_ITEM(arguments, i));
    }
    PyObject *out = names == NULL ? NULL : PyDict_GetItemString(names, "out");
    if (out != NULL) {
        touch_argument(out);
    }
    return result;
}

/* ---- registration ---- */

static PyObject *
attribute(PyObject *object, const char *name)
{
    PyObject *found = object == NULL ? NULL : PyObject_GetAttrString(object, name);
    PyErr_Clear();
    Py_XDECREF(found); /* its module keeps it */
    return found;
}

static PyObject *
loaded_module(const char *name)
{
    return PyDict_GetItemString(PyImport_GetModuleDict(), name);
}

/* A function or method written in C, also by Cython, whose functions begin as Python's own do. */
static PyMethodDef *
definition_of(PyObject *function)
{
    if (function == NULL) {
        return NULL;
    }
    if (Py_TYPE(function) == &PyMethodDescr_Type) {
        return ((PyMethodDescrObject *)function)->d_method;
    }
    bool is_cython = strstr(Py_TYPE(function)->tp_name, "cython_function_or_method") != NULL
                     && Py_TYPE(function)->tp_basicsize >= (Py_ssize_t)sizeof(PyCFunctionObject);
    return PyCFunction_Check(function) || is_cython ? ((PyCFunctionObject *)function)->m_ml : NULL;
}

static void
watch_all(PyObject *owner, const char *const *names)
{
    for (; owner != NULL && *names != NULL; names++) {
        xo_watch_calls(definition_of(attribute(owner, *names)), XO_CHANGES_ARGUMENTS);
    }
}

static void
watch_methods(PyTypeObject *type)
{
    static const char *const names[] = {
        "sort",   "fill",   "put",    "itemset", "partition", "setfield", "byteswap", "all",  "any",
        "argmax", "argmin", "choose", "clip",    "compress",  "cumprod",  "cumsum",   "dot",  "max",
        "mean",   "min",    "prod",   "round",   "std",       "sum",      "take",     "trace", "var",
        NULL,
    };
    static const char *const of_shape[] = {"resize", "setflags", "__setstate__", NULL};
    for (const char *const *name = names; *name != NULL; name++) {
        xo_watch_calls(xo_definition_in(type, *name), XO_CHANGES_ARGUMENTS);
    }
    for (const char *const *name = of_shape; *name != NULL; name++) {
        xo_watch_calls(xo_definition_in(type, *name), XO_CHANGES_SHAPE);
    }
}

static void
watch_functions(PyObject *multiarray)
{
    static const char *const functions[] = {"copyto", "putmask", "_place", "place", "_insert", "concatenate", "dot",
                                            "c_einsum", "matmul", "inner", "unpackbits", NULL};
    static const char *const of_random[] = {"shuffle", "permuted", "random", "standard_normal", "standard_exponential",
                                            "standard_gamma", NULL};
    PyObject *random = loaded_module("numpy.random");
    watch_all(multiarray, functions);
    watch_all(attribute(random, "Generator"), of_random);
    watch_all(attribute(attribute(random, "mtrand"), "RandomState"), of_random);
}

static void
watch_ufuncs(PyObject *umath)
{
    static const char *const names[] = {"reduce", "accumulate", "reduceat", "outer", "at", NULL};
    PyObject *add = attribute(umath, "add");
    if (add == NULL) {
        return;
    }
    ufunc_type = Py_TYPE(add);
    for (const char *const *name = names; *name != NULL; name++) {
        xo_watch_calls(xo_definition_in(ufunc_type, *name), XO_CHANGES_ARGUMENTS);
    }
    xo_patch_late_slot(ufunc_type, 0, offsetof(PyTypeObject, tp_call), (void *)call_ufunc, (void **)&ufunc_call);
    ufunc_had_vectorcall = xo_without_vectorcall(ufunc_type); /* so that all calls come through the slot */
}

static void
patch_slots(PyTypeObject *type)
{
    xo_patch_late_slot(type, offsetof(PyTypeObject, tp_as_mapping), offsetof(PyMappingMethods, mp_ass_subscript),
                       (void *)ass_subscript, (void **)&array_ass_subscript);
    xo_patch_late_slot(type, offsetof(PyTypeObject, tp_as_sequence), offsetof(PySequenceMethods, sq_ass_item),
                       (void *)ass_item, (void **)&array_ass_item);
    xo_patch_late_slot(type, offsetof(PyTypeObject, tp_as_buffer), offsetof(PyBufferProcs, bf_getbuffer),
                       (void *)get_buffer, (void **)&array_get_buffer);
}

/* Called when the first array is met. Answers whether it is numpy 2. */
bool
xo_hook_numpy(PyTypeObject *type)
{
    PyObject *error, *value, *traceback;
    PyErr_Fetch(&error, &value, &traceback);
    PyObject *version = attribute(loaded_module("numpy"), "__version__");
    bool is_2 = version == NULL || !PyUnicode_Check(version) || PyUnicode_READ_CHAR(version, 0) != '1';
    PyObject *module = loaded_module(is_2 ? "numpy._core._multiarray_umath" : "numpy.core._multiarray_umath");
    PyTypeObject *flat = (PyTypeObject *)attribute(module, "flatiter");
    patch_slots(type);
    watch_methods(type);
    if (module != NULL) {
        watch_functions(module);
        watch_ufuncs(module);
    }
    if (flat != NULL && PyType_Check((PyObject *)flat)) {
        xo_patch_late_slot(flat, offsetof(PyTypeObject, tp_as_mapping), offsetof(PyMappingMethods, mp_ass_subscript),
                           (void *)flat_subscript, (void **)&flat_ass_subscript);
    }
    PyErr_Restore(error, value, traceback);
    return is_2;
}

void
xo_unhook_numpy(void)
{
    if (ufunc_type != NULL && ufunc_had_vectorcall) {
        xo_with_vectorcall(ufunc_type);
    }
    ufunc_type = NULL;
    ufunc_had_vectorcall = false;
}
