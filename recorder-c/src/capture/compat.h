/* Where CPython's versions differ in layout. Each difference stands once, here or in one of the two files that are
 * chosen below, with its reason; no other file of capture asks for PY_VERSION_HEX but to choose between whole files. */
#ifndef EXECORDER_COMPAT_H
#define EXECORDER_COMPAT_H

#define PY_SSIZE_T_CLEAN
#include <patchlevel.h>

#define XO_SCRIPTS_ARE_RELATIVE (PY_VERSION_HEX < 0x03090000)
#define XO_BUILTINS_NEST (PY_VERSION_HEX >= 0x03080000) /* the end of a built-in method avoids deep recursion */
#define XO_PAUSES_COLLECTOR (PY_VERSION_HEX >= 0x030A0000) /* exports PyGC_Disable */
#define XO_SHOWS_WRAPPERS (PY_VERSION_HEX < 0x030D0000) /* exports _PyMethodWrapper_Type */
#define XO_HAS_CO_LINES (PY_VERSION_HEX >= 0x030A0000)
#define XO_MAKES_FRAME_OBJECTS_LATE (PY_VERSION_HEX >= 0x030B0000) /* only when somebody asks, as a trace function does */
#define XO_SPECIALIZES (PY_VERSION_HEX >= 0x030B0000) /* instructions for the types met before */
/* Functions that C code calls again and again let no other thread run, if they hold no loop and call nothing. */
#define XO_STARVES_THREADS (PY_VERSION_HEX >= 0x030A0000 && PY_VERSION_HEX < 0x030B0000)
#define XO_HAS_MONITORING (PY_VERSION_HEX >= 0x030C0000)
/* What a codec raises is raised once more with its name, if the class has the very initialiser of BaseException. */
#define XO_COMPARES_INITIALISERS (PY_VERSION_HEX < 0x030C0000)
#define XO_HAS_DICT_WATCHERS (PY_VERSION_HEX >= 0x030C0000)

/* 3.11 took frames and attributes out of Python objects, and numbers all variables of a code object in one row. */
#if PY_VERSION_HEX >= 0x030B0000
#include "compat_311.h"
#else
#include "compat_37.h"
#endif

#if PY_VERSION_HEX < 0x030B0000
#define PyExc_BaseExceptionGroup PyExc_BaseException /* there are none */
#endif

/* The tuple of exceptions in a group of them; NULL when it is no group. Borrowed. */
static inline PyObject *
xo_exceptions_in(PyObject *exception)
{
#if PY_VERSION_HEX >= 0x030B0000
    bool is_group = PyObject_TypeCheck(exception, (PyTypeObject *)PyExc_BaseExceptionGroup);
    return is_group ? ((PyBaseExceptionGroupObject *)exception)->excs : NULL;
#else
    (void)exception;
    return NULL;
#endif
}

/* The dict of an object's attributes when it has one already; never makes one. Borrowed. */
static inline PyObject *
xo_existing_dict(PyObject *object)
{
    PyTypeObject *type = Py_TYPE(object);
    if (xo_has_managed_dict(type)) {
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

/* What runs in sub-interpreters is not recorded: what is known of codes and types belongs to the main one. */
static inline bool
xo_is_in_main_interpreter(const PyThreadState *python)
{
    return python->interp == PyInterpreterState_Main();
}

/* Not while a sub-interpreter is taken down: what its threads leave is freed without one. */
static inline bool
xo_has_thread(void)
{
#if PY_VERSION_HEX >= 0x030D0000
    return PyThreadState_GetUnchecked() != NULL;
#else
    return _PyThreadState_UncheckedGet() != NULL;
#endif
}

/* Differs after every change of the entries; 0: can't be told. 3.12 told the world not to look at it any more. */
static inline uint64_t
xo_dict_version(PyObject *object)
{
#if PY_VERSION_HEX < 0x030C0000
    bool has_version = PyDict_CheckExact(object) || (PyDict_Check(object) && !PyODict_Check(object));
    return has_version ? ((PyDictObject *)object)->ma_version_tag : 0;
#else
    (void)object;
    return 0;
#endif
}

/* Of a dict, also of an ordered one, whose order may be another all the same: low bits of what differs after every change of
 * an entry; 0: can't be told. Numbers of versions come from one counter for all dicts. */
static inline uint32_t
xo_known_low_version(PyObject *dict)
{
#if PY_VERSION_HEX < 0x030C0000
    return (uint32_t)((PyDictObject *)dict)->ma_version_tag | UINT32_C(1) << 31;
#else
    (void)dict;
    return 0;
#endif
}

/* The same of any object. */
static inline uint32_t
xo_low_version(PyObject *object)
{
    return PyDict_Check(object) ? xo_known_low_version(object) : 0;
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

/* The dict of weak references to a type's subclasses, or NULL. Since 3.12 the interpreter keeps those of builtin types;
 * all types that exist when a recording starts are visited then. Borrowed. */
static inline PyObject *
xo_subclasses(PyTypeObject *type)
{
#if PY_VERSION_HEX >= 0x030C0000
    if (type->tp_flags & (1UL << 1)) { /* a builtin's */
        return NULL;
    }
#endif
    PyObject *subclasses = type->tp_subclasses;
    return subclasses != NULL && PyDict_CheckExact(subclasses) ? subclasses : NULL;
}

/* What a weak reference refers to, borrowed; NULL when that is gone. */
static inline PyObject *
xo_weak_target(PyObject *reference)
{
    PyObject *target = ((PyWeakReference *)reference)->wr_object;
    return target == Py_None ? NULL : target;
}

/* CPython reports nothing of what a callback of its events runs. These let it report again until xo_events_close. */
static inline int
xo_events_open(PyThreadState *thread)
{
    int nesting = thread->tracing;
    thread->tracing = 0;
#if PY_VERSION_HEX >= 0x030C0000
#elif PY_VERSION_HEX >= 0x030A0000
    thread->cframe->use_tracing = nesting > 0 ? 255 : thread->cframe->use_tracing;
#else
    thread->use_tracing = nesting > 0 ? 1 : thread->use_tracing;
#endif
    return nesting;
}
static inline void
xo_events_close(PyThreadState *thread, int nesting)
{
    thread->tracing = nesting;
#if PY_VERSION_HEX >= 0x030C0000
#elif PY_VERSION_HEX >= 0x030A0000
    thread->cframe->use_tracing = nesting > 0 ? 0 : thread->cframe->use_tracing;
#else
    thread->use_tracing = nesting > 0 ? 0 : thread->use_tracing;
#endif
}

/* Makes all calls of a type's objects come through its tp_call; 3.8 added the way around it. */
static inline bool
xo_without_vectorcall(PyTypeObject *type)
{
#if PY_VERSION_HEX >= 0x03080000
    const unsigned long flag = 1UL << 11;
    bool had = (type->tp_flags & flag) != 0;
    type->tp_flags &= ~flag;
    return had;
#else
    (void)type;
    return false;
#endif
}

static inline void
xo_with_vectorcall(PyTypeObject *type)
{
    type->tp_flags |= 1UL << 11;
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
