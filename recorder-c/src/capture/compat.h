/* Where CPython's versions differ in layout. Each difference stands here once, with its reason;
 * no other file of capture asks for PY_VERSION_HEX but to choose between whole files. */
#ifndef EXECORDER_COMPAT_H
#define EXECORDER_COMPAT_H

#define PY_SSIZE_T_CLEAN
#define Py_BUILD_CORE 1 /* the interpreter's frames and dict values are internal */
#include <Python.h>

#include <internal/pycore_code.h>
#include <internal/pycore_dict.h>
#include <internal/pycore_frame.h>
#include <internal/pycore_object.h>
#if PY_VERSION_HEX >= 0x030D0000
#include <internal/pycore_setobject.h> /* _PySet_NextEntry, public before */
#endif
#undef Py_BUILD_CORE

#include <opcode.h>
#include <stdbool.h>
#include <stdint.h>

#define XO_HAS_MONITORING (PY_VERSION_HEX >= 0x030C0000)
#define XO_HAS_DICT_WATCHERS (PY_VERSION_HEX >= 0x030C0000)

typedef struct _PyInterpreterFrame xo_iframe;

/* 3.13 allows other executables than code and points at the instruction itself; before, prev_instr is the code unit
 * before the next one. 3.12 and 3.11 keep the current frame behind a struct of the C stack. */
#if PY_VERSION_HEX >= 0x030D0000
static inline PyCodeObject *
xo_iframe_code(const xo_iframe *frame)
{
    return (PyCodeObject *)frame->f_executable;
}
static inline int32_t
xo_iframe_offset(const xo_iframe *frame)
{
    return (int32_t)((char *)frame->instr_ptr - (char *)_PyCode_CODE(xo_iframe_code(frame)));
}
static inline xo_iframe *
xo_current_iframe(PyThreadState *thread)
{
    return thread->current_frame;
}
#else
static inline PyCodeObject *
xo_iframe_code(const xo_iframe *frame)
{
    return frame->f_code;
}
static inline int32_t
xo_iframe_offset(const xo_iframe *frame)
{
    return (int32_t)((char *)frame->prev_instr - (char *)_PyCode_CODE(xo_iframe_code(frame)));
}
static inline xo_iframe *
xo_current_iframe(PyThreadState *thread)
{
    return thread->cframe->current_frame;
}
#endif

/* Attributes that an object keeps without a dict of its own. `keys` names them, `order` holds their indexes in order
 * of insertion. */
typedef struct {
    PyObject **values;
    PyDictKeysObject *keys;
    const uint8_t *order;
    int order_step; /* 3.13 stores the order upwards, older versions downwards */
    Py_ssize_t count;
} xo_inline_values;

#if PY_VERSION_HEX >= 0x030D0000
static inline bool
xo_get_inline_values(PyObject *object, xo_inline_values *out)
{
    PyTypeObject *type = Py_TYPE(object);
    if (!(type->tp_flags & Py_TPFLAGS_INLINE_VALUES)) {
        return false;
    }
    PyDictValues *values = _PyObject_InlineValues(object);
    if (!values->valid) {
        return false;
    }
    *out = (xo_inline_values){values->values, ((PyHeapTypeObject *)type)->ht_cached_keys,
                              get_insertion_order_array(values), 1, values->size};
    return true;
}
static inline PyObject *
xo_managed_dict(PyObject *object)
{
    return (PyObject *)_PyObject_ManagedDictPointer(object)->dict;
}
#else
static inline bool
xo_values_of(PyObject *object, PyDictValues *values, xo_inline_values *out)
{
    const uint8_t *prefix = (const uint8_t *)values;
    *out = (xo_inline_values){values->values, ((PyHeapTypeObject *)Py_TYPE(object))->ht_cached_keys, prefix - 3, -1,
                              prefix[-2]};
    return true;
}
#if PY_VERSION_HEX >= 0x030C0000
static inline bool
xo_get_inline_values(PyObject *object, xo_inline_values *out)
{
    if (!(Py_TYPE(object)->tp_flags & Py_TPFLAGS_MANAGED_DICT)) {
        return false;
    }
    PyDictOrValues either = *_PyObject_DictOrValuesPointer(object);
    if (!_PyDictOrValues_IsValues(either) || _PyDictOrValues_GetValues(either) == NULL) {
        return false;
    }
    return xo_values_of(object, _PyDictOrValues_GetValues(either), out);
}
static inline PyObject *
xo_managed_dict(PyObject *object)
{
    PyDictOrValues *either = _PyObject_DictOrValuesPointer(object);
    return _PyDictOrValues_IsValues(*either) ? NULL : either->dict;
}
#else
static inline bool
xo_get_inline_values(PyObject *object, xo_inline_values *out)
{
    if (!(Py_TYPE(object)->tp_flags & Py_TPFLAGS_MANAGED_DICT)) {
        return false;
    }
    PyDictValues *values = *_PyObject_ValuesPointer(object);
    return values != NULL && xo_values_of(object, values, out);
}
static inline PyObject *
xo_managed_dict(PyObject *object)
{
    return *_PyObject_ManagedDictPointer(object);
}
#endif
#endif

/* The dict of an object's attributes when it has one already; never makes one. Borrowed. */
static inline PyObject *
xo_existing_dict(PyObject *object)
{
    PyTypeObject *type = Py_TYPE(object);
    if (type->tp_flags & Py_TPFLAGS_MANAGED_DICT) {
        return xo_managed_dict(object);
    }
    Py_ssize_t offset = type->tp_dictoffset;
    if (offset == 0) {
        return NULL;
    }
    if (offset < 0) { /* counted from the end of an object of variable size */
        Py_ssize_t size = ((PyVarObject *)object)->ob_size;
        offset += (Py_ssize_t)_PyObject_VAR_SIZE(type, size < 0 ? -size : size);
    }
    return *(PyObject **)((char *)object + offset);
}

/* The name of the inline value with index `index`: keys of attributes are always text. */
static inline PyObject *
xo_inline_name(const xo_inline_values *inlined, Py_ssize_t index)
{
    return DK_UNICODE_ENTRIES(inlined->keys)[index].me_key;
}

/* The value of an integer of one digit, which needs no call. */
static inline bool
xo_small_int(const PyObject *number, int64_t *value)
{
#if PY_VERSION_HEX >= 0x030C0000
    if (!PyUnstable_Long_IsCompact((const PyLongObject *)number)) {
        return false;
    }
    *value = PyUnstable_Long_CompactValue((const PyLongObject *)number);
    return true;
#else
    Py_ssize_t size = Py_SIZE(number);
    if (size < -1 || size > 1) {
        return false;
    }
    *value = size == 0 ? 0 : size * (int64_t)((const PyLongObject *)number)->ob_digit[0];
    return true;
#endif
}

/* 3.13 asks whether an overflow should raise. */
static inline int
xo_long_bytes(PyObject *number, uint8_t *bytes, size_t size)
{
#if PY_VERSION_HEX >= 0x030D0000
    return _PyLong_AsByteArray((PyLongObject *)number, bytes, size, 1, 1, 0);
#else
    return _PyLong_AsByteArray((PyLongObject *)number, bytes, size, 1, 1);
#endif
}

/* A type's own dict, borrowed; since 3.12 that of a builtin type is kept by the interpreter. */
static inline PyObject *
xo_type_dict(PyTypeObject *type)
{
#if PY_VERSION_HEX >= 0x030C0000
    PyObject *dict = PyType_GetDict(type);
    Py_XDECREF(dict);
    return dict;
#else
    return type->tp_dict;
#endif
}

/* One extra pointer per code object, freed with it. 3.12 made the functions public. */
#if PY_VERSION_HEX >= 0x030C0000
#define xo_request_code_extra PyUnstable_Eval_RequestCodeExtraIndex
#define xo_code_get_extra PyUnstable_Code_GetExtra
#define xo_code_set_extra PyUnstable_Code_SetExtra
#else
#define xo_request_code_extra _PyEval_RequestCodeExtraIndex
#define xo_code_get_extra _PyCode_GetExtra
#define xo_code_set_extra _PyCode_SetExtra
#endif

#endif
