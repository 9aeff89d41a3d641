/* Types and functions of modules that the program may load at any time: they are patched when the first of their objects
 * is met. Nothing here makes objects that the collector knows, so that no code of the program can run meanwhile. */
#include "buffers.h"

/* ---- slots ---- */

static void **
slot_in(PyTypeObject *type, size_t suite, size_t offset)
{
    char *place = suite == 0 ? (char *)type : *(char **)((char *)type + suite);
    return place == NULL ? NULL : (void **)(place + offset);
}

static void
exchange(PyTypeObject *type, size_t suite, size_t offset, void *from, void *to)
{
    void **slot = slot_in(type, suite, offset);
    if (slot != NULL && *slot == from) {
        *slot = to;
        PyType_Modified(type);
    }
    PyObject *name, *value;
    PyObject *subclasses = xo_subclasses(type);
    for (Py_ssize_t position = 0; subclasses != NULL && PyDict_Next(subclasses, &position, &name, &value);) {
        PyObject *subclass = xo_weak_target(value);
        if (subclass != NULL && PyType_Check(subclass)) {
            exchange((PyTypeObject *)subclass, suite, offset, from, to);
        }
    }
}

static void
exchange_wrappers(PyTypeObject *type, const void *from, void *to)
{
    PyObject *dict = xo_type_dict(type);
    PyObject *name, *value;
    for (Py_ssize_t position = 0; dict != NULL && PyDict_Next(dict, &position, &name, &value);) {
        if (Py_TYPE(value) == &PyWrapperDescr_Type && ((PyWrapperDescrObject *)value)->d_wrapped == from) {
            ((PyWrapperDescrObject *)value)->d_wrapped = to;
        }
    }
}

void
xo_patch_late_slot(PyTypeObject *type, size_t suite, size_t offset, void *replacement, void **original)
{
    void **slot = slot_in(type, suite, offset);
    if (slot == NULL || *slot == NULL || *slot == replacement) {
        return;
    }
    *original = *slot;
    xo_patch_slot(suite, offset, *original, replacement);
    xo_patch_late_type(type, suite, offset, *original, replacement);
}

void
xo_patch_late_type(PyTypeObject *type, size_t suite, size_t offset, void *original, void *replacement)
{
    exchange_wrappers(type, original, replacement);
    exchange(type, suite, offset, original, replacement);
}

/* ---- methods ---- */

PyMethodDef *
xo_definition_in(PyTypeObject *type, const char *name)
{
    PyObject *descriptor = PyDict_GetItemString(xo_type_dict(type), name);
    bool is_method = descriptor != NULL && Py_TYPE(descriptor) == &PyMethodDescr_Type;
    return is_method ? ((PyMethodDescrObject *)descriptor)->d_method : NULL;
}

/* ---- calls ---- */

typedef struct {
    PyCFunction original;
    xo_effect effect;
} watched_call;

#define EACH_CALL(X)                                                                                              \
    X(0) X(1) X(2) X(3) X(4) X(5) X(6) X(7) X(8) X(9) X(10) X(11) X(12) X(13) X(14) X(15) X(16) X(17) X(18) X(19) \
    X(20) X(21) X(22) X(23) X(24) X(25) X(26) X(27) X(28) X(29) X(30) X(31) X(32) X(33) X(34) X(35) X(36) X(37)   \
    X(38) X(39) X(40) X(41) X(42) X(43) X(44) X(45) X(46) X(47) X(48) X(49) X(50) X(51) X(52) X(53) X(54) X(55)   \
    X(56) X(57) X(58) X(59) X(60) X(61) X(62) X(63) X(64) X(65) X(66) X(67) X(68) X(69) X(70) X(71) X(72) X(73)   \
    X(74) X(75) X(76) X(77) X(78) X(79)
enum { MAX_CALLS = 80 };

static watched_call calls[MAX_CALLS];
static size_t call_count;

typedef PyObject *(*method_call)(PyObject *, PyTypeObject *, PyObject *const *, size_t, PyObject *);

static void
touch(PyObject *object)
{
    if (object != NULL && xo_recorders != NULL && xo_is_buffer(object)) {
        xo_memory_touched(object, NULL, -1);
    }
}

static void
touch_many(PyObject *const *objects, Py_ssize_t count)
{
    for (Py_ssize_t i = 0; i < count; i++) {
        touch(objects[i]);
        if (PyTuple_Check(objects[i])) { /* out=(a,) */
            touch_many(((PyTupleObject *)objects[i])->ob_item, PyTuple_GET_SIZE(objects[i]));
        }
    }
}

static xo_whole *
begin(const watched_call *call, xo_whole *whole, PyObject *self)
{
    *whole = (xo_whole){.object = self};
    if (call->effect == XO_CHANGES_SELF && self != NULL && !xo_is_watched(self)) {
        xo_whole_begin(whole, self);
    }
    return whole;
}

static void
end(const watched_call *call, xo_whole *whole, PyObject *self, PyObject *const *arguments, Py_ssize_t count)
{
    if (whole->is_open) {
        xo_whole_end(whole);
    }
    touch(self);
    if (call->effect == XO_CHANGES_SHAPE && self != NULL) {
        xo_touch(self);
    }
    if (call->effect == XO_CHANGES_ARGUMENTS) {
        touch_many(arguments, count);
    }
}

static PyObject *
call_plain(const watched_call *call, PyObject *self, PyObject *argument)
{
    xo_whole whole;
    begin(call, &whole, self);
    PyObject *result = call->original(self, argument);
    end(call, &whole, self, &argument, argument != NULL);
    return result;
}

static PyObject *
call_keywords(const watched_call *call, PyObject *self, PyObject *arguments, PyObject *names)
{
    xo_whole whole;
    begin(call, &whole, self);
    PyObject *result = ((PyCFunctionWithKeywords)(void (*)(void))call->original)(self, arguments, names);
    end(call, &whole, self, &arguments, 1);
    PyObject *name, *value;
    for (Py_ssize_t position = 0; names != NULL && PyDict_Next(names, &position, &name, &value);) {
        touch_many(&value, 1);
    }
    return result;
}

static PyObject *
call_fast(const watched_call *call, PyObject *self, PyObject *const *arguments, Py_ssize_t count)
{
    xo_whole whole;
    begin(call, &whole, self);
    PyObject *result = XO_FAST(call->original)(self, arguments, count);
    end(call, &whole, self, arguments, count);
    return result;
}

static PyObject *
call_fast_keywords(const watched_call *call, PyObject *self, PyObject *const *arguments, Py_ssize_t count,
                   PyObject *names)
{
    xo_whole whole;
    begin(call, &whole, self);
    PyObject *result = XO_FAST_KEYWORDS(call->original)(self, arguments, count, names);
    end(call, &whole, self, arguments, count + (names == NULL ? 0 : PyTuple_GET_SIZE(names)));
    return result;
}

static PyObject *
call_method(const watched_call *call, PyObject *self, PyTypeObject *type, PyObject *const *arguments, size_t count,
            PyObject *names)
{
    xo_whole whole;
    begin(call, &whole, self);
    PyObject *result = ((method_call)(void (*)(void))call->original)(self, type, arguments, count, names);
    end(call, &whole, self, arguments, (Py_ssize_t)count + (names == NULL ? 0 : PyTuple_GET_SIZE(names)));
    return result;
}

#define DEFINE_CALLS(n)                                                                                             \
    static PyObject *plain_##n(PyObject *self, PyObject *argument)                                                  \
    {                                                                                                               \
        return call_plain(&calls[n], self, argument);                                                               \
    }                                                                                                               \
    static PyObject *keywords_##n(PyObject *self, PyObject *arguments, PyObject *names)                             \
    {                                                                                                               \
        return call_keywords(&calls[n], self, arguments, names);                                                    \
    }                                                                                                               \
    static PyObject *fast_##n(PyObject *self, PyObject *const *arguments, Py_ssize_t count)                         \
    {                                                                                                               \
        return call_fast(&calls[n], self, arguments, count);                                                        \
    }                                                                                                               \
    static PyObject *fast_keywords_##n(PyObject *self, PyObject *const *arguments, Py_ssize_t count, PyObject *names) \
    {                                                                                                               \
        return call_fast_keywords(&calls[n], self, arguments, count, names);                                        \
    }                                                                                                               \
    static PyObject *method_##n(PyObject *self, PyTypeObject *type, PyObject *const *arguments, size_t count,       \
                                PyObject *names)                                                                    \
    {                                                                                                               \
        return call_method(&calls[n], self, type, arguments, count, names);                                         \
    }
EACH_CALL(DEFINE_CALLS)

#define CALLS_OF(n)                                                                                           \
    {plain_##n, XO_AS_FUNCTION(keywords_##n), XO_AS_FUNCTION(fast_##n), XO_AS_FUNCTION(fast_keywords_##n),    \
     XO_AS_FUNCTION(method_##n)},
static const PyCFunction trampolines[MAX_CALLS][5] = {EACH_CALL(CALLS_OF)};

#ifndef METH_METHOD
#define METH_METHOD 0x0200 /* from 3.9 on */
#endif

/* Which of a trampoline's functions fits; -1: none. */
static int
convention_of(const PyMethodDef *definition)
{
    int flags = definition->ml_flags & ~(METH_COEXIST | METH_CLASS | METH_STATIC);
    switch (flags) {
    case METH_NOARGS:
    case METH_O:
    case METH_VARARGS: return 0;
    case METH_VARARGS | METH_KEYWORDS: return 1;
    case METH_FASTCALL: return 2;
    case METH_FASTCALL | METH_KEYWORDS: return 3;
    case METH_METHOD | METH_FASTCALL | METH_KEYWORDS: return 4;
    default: return -1;
    }
}

/* A slot of the table is used again when its function is met again, in a later recording. */
void
xo_watch_calls(PyMethodDef *definition, xo_effect effect)
{
    int convention = definition == NULL ? -1 : convention_of(definition);
    if (convention < 0) {
        return;
    }
    size_t at = 0;
    while (at < call_count && calls[at].original != definition->ml_meth
           && trampolines[at][convention] != definition->ml_meth) {
        at++;
    }
    bool is_patched = at < call_count && trampolines[at][convention] == definition->ml_meth;
    if (at == MAX_CALLS || is_patched) {
        return;
    }
    calls[at] = (watched_call){definition->ml_meth, effect};
    call_count = at == call_count ? at + 1 : call_count;
    xo_patch_late_method(definition, trampolines[at][convention]);
}
