/* Sees every change of a bytearray or an array that goes through its type. While somebody holds a pointer into the memory,
 * watches.c compares it instead. */
#include "buffers.h"

typedef struct {
    objobjargproc ass_subscript;
    ssizeobjargproc ass_item;
    binaryfunc inplace_concat;
    ssizeargfunc inplace_repeat;
    initproc init;
    getbufferproc get_buffer;
    PyCFunction append, pop, insert;
} originals;

static originals of_bytearrays, of_arrays;

/* A change that is recorded by itself: what was known before the call. */
typedef struct {
    xo_around around;
    Py_ssize_t length; /* elements */
    bool is_watched;
    bool may_run_code;
} change;

static void
begin(change *before, PyObject *object, bool may_run_code)
{
    before->length = Py_SIZE(object);
    before->is_watched = xo_is_watched(object);
    before->may_run_code = may_run_code;
    if (may_run_code && !before->is_watched) {
        xo_around_begin(&before->around, object, -1);
    }
}

/* Whether the call's own effect is all that has happened. */
static bool
end(change *before, PyObject *object)
{
    bool is_alone = !before->may_run_code || before->is_watched || xo_around_end(&before->around);
    if (before->is_watched) {
        xo_memory_touched(object, NULL, -1);
        return false;
    }
    if (xo_is_watched(object)) { /* since the middle of the call: what the watch has seen is not what was recorded */
        xo_touch(object);
        return false;
    }
    return is_alone && xo_precise(object) != NULL;
}

/* Elements from `first` on: so many were replaced by so many. */
static void
log_elements(PyObject *object, Py_ssize_t first, Py_ssize_t removed, Py_ssize_t added)
{
    Py_ssize_t size, item_bytes = xo_flat_item_bytes(object);
    const char *bytes = xo_flat_bytes(object, &size);
    Py_ssize_t start = first * item_bytes;
    if (first < 0 || removed < 0 || added < 0 || start + added * item_bytes > size) {
        xo_touch(object);
        return;
    }
    XO_EACH_PRECISE(entity, object) {
        xo_log_bytes(object, entity, start, removed * item_bytes, bytes + start, added * item_bytes);
    }
}

static void
end_at_tail(change *before, PyObject *object)
{
    if (end(before, object) && Py_SIZE(object) != before->length) {
        bool grew = Py_SIZE(object) > before->length;
        Py_ssize_t first = grew ? before->length : Py_SIZE(object);
        log_elements(object, first, grew ? 0 : before->length - first, grew ? Py_SIZE(object) - first : 0);
    }
}

/* ---- slots ---- */

static bool
is_plain_index(PyObject *object)
{
    return object == Py_None || PyLong_CheckExact(object);
}

static bool
is_plain_key(PyObject *key)
{
    if (!PySlice_Check(key)) {
        return PyLong_CheckExact(key);
    }
    PySliceObject *slice = (PySliceObject *)key;
    return is_plain_index(slice->start) && is_plain_index(slice->stop) && is_plain_index(slice->step);
}

static void
log_subscript(const change *before, PyObject *object, PyObject *key)
{
    Py_ssize_t start, stop, step;
    if (PyLong_CheckExact(key)) {
        Py_ssize_t index = PyLong_AsSsize_t(key);
        bool is_deleted = Py_SIZE(object) < before->length;
        log_elements(object, index < 0 ? index + before->length : index, 1, is_deleted ? 0 : 1);
        return;
    }
    if (PySlice_Unpack(key, &start, &stop, &step) < 0) {
        PyErr_Clear();
        xo_touch(object);
        return;
    }
    Py_ssize_t length = PySlice_AdjustIndices(before->length, &start, &stop, step);
    if (step == 1) {
        log_elements(object, start, length, Py_SIZE(object) - before->length + length);
    } else if (length > 0) {
        xo_touch(object);
    }
}

static int
ass_subscript(const originals *own, PyObject *object, PyObject *key, PyObject *value)
{
    change before;
    bool is_plain = is_plain_key(key);
    begin(&before, object, !is_plain || (value != NULL && !PyLong_CheckExact(value) && !PyFloat_CheckExact(value)));
    int result = own->ass_subscript(object, key, value);
    if (!end(&before, object)) {
        return result;
    }
    if (result == 0 && is_plain) {
        log_subscript(&before, object, key);
    } else if (!is_plain) {
        xo_touch(object);
    }
    return result;
}

static int
ass_item(const originals *own, PyObject *object, Py_ssize_t index, PyObject *value)
{
    change before;
    begin(&before, object, true);
    int result = own->ass_item(object, index, value);
    if (end(&before, object) && result == 0) {
        log_elements(object, index, 1, Py_SIZE(object) < before.length ? 0 : 1);
    }
    return result;
}

static PyObject *
inplace_concat(const originals *own, PyObject *object, PyObject *other)
{
    change before;
    begin(&before, object, true);
    PyObject *result = own->inplace_concat(object, other);
    end_at_tail(&before, object);
    return result;
}

static PyObject *
inplace_repeat(const originals *own, PyObject *object, Py_ssize_t times)
{
    change before;
    begin(&before, object, false);
    PyObject *result = own->inplace_repeat(object, times);
    end_at_tail(&before, object);
    return result;
}

static int
init(const originals *own, PyObject *object, PyObject *arguments, PyObject *names)
{
    change before;
    begin(&before, object, true);
    int result = own->init(object, arguments, names);
    if (end(&before, object)) {
        xo_touch(object);
    }
    return result;
}

/* Who asks for no more than plain bytes only reads them. */
static int
get_buffer(const originals *own, PyObject *object, Py_buffer *view, int flags)
{
    int result = own->get_buffer(object, view, flags);
    if (result == 0 && view != NULL && flags != PyBUF_SIMPLE && xo_recorders != NULL) {
        xo_memory_exposed(object);
    }
    return result;
}

/* ---- methods ---- */

static PyObject *
append(const originals *own, PyObject *object, PyObject *item)
{
    change before;
    begin(&before, object, !PyLong_CheckExact(item) && !PyFloat_CheckExact(item));
    PyObject *result = own->append(object, item);
    end_at_tail(&before, object);
    return result;
}

static PyObject *
pop(const originals *own, PyObject *object, PyObject *const *arguments, Py_ssize_t count)
{
    change before;
    bool is_plain = count == 0 || PyLong_CheckExact(arguments[0]);
    begin(&before, object, !is_plain);
    PyObject *result = XO_FAST(own->pop)(object, arguments, count);
    if (!end(&before, object) || result == NULL) {
        return result;
    }
    if (!is_plain) {
        xo_touch(object);
        return result;
    }
    Py_ssize_t index = count == 0 ? -1 : PyLong_AsSsize_t(arguments[0]);
    log_elements(object, index < 0 ? index + before.length : index, 1, 0);
    return result;
}

static PyObject *
insert(const originals *own, PyObject *object, PyObject *const *arguments, Py_ssize_t count)
{
    change before;
    bool is_plain = count == 2 && PyLong_CheckExact(arguments[0]);
    begin(&before, object, true);
    PyObject *result = XO_FAST(own->insert)(object, arguments, count);
    if (!end(&before, object) || result == NULL) {
        return result;
    }
    if (!is_plain) {
        xo_touch(object);
        return result;
    }
    Py_ssize_t index = PyLong_AsSsize_t(arguments[0]), length = before.length;
    index = index < 0 ? (index + length < 0 ? 0 : index + length) : (index > length ? length : index);
    log_elements(object, index, 0, 1);
    return result;
}

/* ---- one set of functions for each type ---- */

#define FUNCTIONS_FOR(name)                                                                        \
    static int name##_ass_subscript(PyObject *object, PyObject *key, PyObject *value)              \
    {                                                                                              \
        return ass_subscript(&of_##name, object, key, value);                                      \
    }                                                                                              \
    static int name##_ass_item(PyObject *object, Py_ssize_t index, PyObject *value)                \
    {                                                                                              \
        return ass_item(&of_##name, object, index, value);                                         \
    }                                                                                              \
    static PyObject *name##_inplace_concat(PyObject *object, PyObject *other)                      \
    {                                                                                              \
        return inplace_concat(&of_##name, object, other);                                          \
    }                                                                                              \
    static PyObject *name##_inplace_repeat(PyObject *object, Py_ssize_t times)                     \
    {                                                                                              \
        return inplace_repeat(&of_##name, object, times);                                          \
    }                                                                                              \
    static int name##_get_buffer(PyObject *object, Py_buffer *view, int flags)                     \
    {                                                                                              \
        return get_buffer(&of_##name, object, view, flags);                                        \
    }                                                                                              \
    static PyObject *name##_append(PyObject *object, PyObject *item)                               \
    {                                                                                              \
        return append(&of_##name, object, item);                                                   \
    }                                                                                              \
    static PyObject *name##_pop(PyObject *object, PyObject *const *arguments, Py_ssize_t count)    \
    {                                                                                              \
        return pop(&of_##name, object, arguments, count);                                          \
    }                                                                                              \
    static PyObject *name##_insert(PyObject *object, PyObject *const *arguments, Py_ssize_t count) \
    {                                                                                              \
        return insert(&of_##name, object, arguments, count);                                       \
    }
FUNCTIONS_FOR(bytearrays)
FUNCTIONS_FOR(arrays)

static int
bytearray_init(PyObject *object, PyObject *arguments, PyObject *names)
{
    return init(&of_bytearrays, object, arguments, names);
}

#define SEQUENCE(slot) offsetof(PyTypeObject, tp_as_sequence), offsetof(PySequenceMethods, slot)
#define MAPPING(slot) offsetof(PyTypeObject, tp_as_mapping), offsetof(PyMappingMethods, slot)
#define MEMORY(slot) offsetof(PyTypeObject, tp_as_buffer), offsetof(PyBufferProcs, slot)

static void
patch_slot(PyTypeObject *type, size_t suite, size_t offset, void *replacement, void *original)
{
    xo_patch_late_slot(type, suite, offset, replacement, (void **)original);
}

#define PATCH_SLOTS(type, name)                                                                                 \
    patch_slot(type, MAPPING(mp_ass_subscript), (void *)name##_ass_subscript, &of_##name.ass_subscript);        \
    patch_slot(type, SEQUENCE(sq_ass_item), (void *)name##_ass_item, &of_##name.ass_item);                      \
    patch_slot(type, SEQUENCE(sq_inplace_concat), (void *)name##_inplace_concat, &of_##name.inplace_concat);    \
    patch_slot(type, SEQUENCE(sq_inplace_repeat), (void *)name##_inplace_repeat, &of_##name.inplace_repeat);    \
    patch_slot(type, MEMORY(bf_getbuffer), (void *)name##_get_buffer, &of_##name.get_buffer);

/* A method that is called as expected gets a function of its own, another one is compared after the call. */
static void
patch_method(PyTypeObject *type, const char *name, int flags, PyCFunction replacement, PyCFunction *original)
{
    PyMethodDef *definition = xo_definition_in(type, name);
    if (definition == NULL || definition->ml_meth == replacement) {
        return;
    }
    if ((definition->ml_flags & ~METH_COEXIST) == flags) {
        *original = xo_patch_late_method(definition, replacement);
    } else {
        xo_watch_calls(definition, XO_CHANGES_SELF);
    }
}

#define PATCH_METHODS(type, name)                                                                            \
    patch_method(type, "append", METH_O, name##_append, &of_##name.append);                                  \
    patch_method(type, "pop", METH_FASTCALL, XO_AS_FUNCTION(name##_pop), &of_##name.pop);                    \
    patch_method(type, "insert", METH_FASTCALL, XO_AS_FUNCTION(name##_insert), &of_##name.insert);

static void
watch_methods(PyTypeObject *type, const char *const *names)
{
    for (; *names != NULL; names++) {
        xo_watch_calls(xo_definition_in(type, *names), XO_CHANGES_SELF);
    }
}

int
xo_hook_bytearrays(void)
{
    static const char *const others[] = {"extend", "remove", "reverse", "clear", "resize", "take_bytes", NULL};
    PyTypeObject *type = &PyByteArray_Type;
    PATCH_SLOTS(type, bytearrays)
    patch_slot(type, 0, offsetof(PyTypeObject, tp_init), (void *)bytearray_init, &of_bytearrays.init);
    PATCH_METHODS(type, bytearrays)
    watch_methods(type, others);
    return 0;
}

void
xo_hook_arrays(PyTypeObject *type)
{
    static const char *const others[] = {"extend",    "remove",     "reverse",     "clear",  "byteswap",
                                         "fromfile",  "fromlist",   "frombytes",   "fromstring",
                                         "fromunicode", NULL};
    PATCH_SLOTS(type, arrays)
    PATCH_METHODS(type, arrays)
    watch_methods(type, others);
}
