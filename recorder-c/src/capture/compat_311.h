/* Frames, codes and attributes since CPython 3.11; a part of compat.h. */
#ifndef EXECORDER_COMPAT_311_H
#define EXECORDER_COMPAT_311_H

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

#include "execorder/writer.h"

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

/* The line that a line event tells of. */
static inline int
xo_frame_line(PyFrameObject *frame)
{
    return PyFrame_GetLineNumber(frame);
}

/* Whether it is on the stack but runs no code of its own yet, or none at all. */
static inline bool
xo_iframe_is_idle(xo_iframe *frame)
{
#if PY_VERSION_HEX >= 0x030C0000
    if (frame->owner == FRAME_OWNED_BY_CSTACK) {
        return true;
    }
#endif
    return _PyFrame_IsIncomplete(frame);
}

/* Whether it has run code of its own. An exception can be thrown into a generator that has not. */
static inline bool
xo_iframe_has_started(const xo_iframe *frame)
{
    return xo_iframe_offset(frame) > (int32_t)sizeof(_Py_CODEUNIT) * xo_iframe_code(frame)->_co_firsttraceable;
}

static inline PyObject **
xo_iframe_slots(xo_iframe *frame)
{
    return frame->localsplus;
}
/* What is below it on the stack. */
static inline const xo_iframe *
xo_iframe_back(const xo_iframe *frame)
{
    return frame->previous;
}
#if XO_HAS_MONITORING
/* Frames that the interpreter puts between those of Python code: for the stack of C, and for a call of `__init__` that a
 * specialised instruction makes. The code of the latter is constant: it can't even be written to. */
static inline bool
xo_iframe_is_between(const xo_iframe *frame)
{
    if (frame->owner == FRAME_OWNED_BY_CSTACK) {
        return true;
    }
    const PyCodeObject *code = xo_iframe_code(frame);
    return code->co_filename == code->co_name && PyTuple_GET_SIZE(code->co_consts) == 0;
}
#endif

/* The frame of Python code that called it. */
static inline const xo_iframe *
xo_iframe_caller(const xo_iframe *frame)
{
    const xo_iframe *caller = frame->previous;
#if XO_HAS_MONITORING
    while (caller != NULL && xo_iframe_is_between(caller)) {
        caller = caller->previous;
    }
#endif
    return caller;
}
static inline xo_iframe *
xo_iframe_of(PyFrameObject *frame)
{
    return frame->f_frame;
}

/* Coroutines and asynchronous generators are laid out like it. */
static inline const xo_iframe *
xo_iframe_of_generator(const PyGenObject *generator)
{
    return (const xo_iframe *)generator->gi_iframe;
}

#if !XO_HAS_MONITORING
/* Says that a thread's function has failed. */
static inline bool
xo_tell_unraisable(PyObject *function)
{
    _PyErr_WriteUnraisableMsg("in thread started by", function);
    return true;
}

/* Whether a frame that starts to run was suspended before: it then stands at a later RESUME, or, when an exception is
 * thrown into it, still at its yield. */
static inline bool
xo_iframe_is_resumed(const xo_iframe *frame)
{
    int generator = CO_GENERATOR | CO_COROUTINE | CO_ASYNC_GENERATOR;
    if (!(xo_iframe_code(frame)->co_flags & generator)) {
        return false;
    }
    int opcode = _Py_OPCODE(*frame->prev_instr);
    bool at_resume = opcode == RESUME || opcode == RESUME_QUICK;
    return !at_resume || (_Py_OPARG(*frame->prev_instr) & 3) != 0;
}

/* Whether a frame that hands out a value is suspended by it; `yield from` and `await` do so as well. */
static inline bool
xo_iframe_is_at_yield(const xo_iframe *frame)
{
    return _Py_OPCODE(*frame->prev_instr) == YIELD_VALUE;
}
#endif

/* ---- the variables of a code object ---- */

static inline int
xo_code_slot_count(const PyCodeObject *code)
{
    return code->co_nlocalsplus;
}

static inline PyObject *
xo_code_slot_name(const PyCodeObject *code, int slot)
{
    return PyTuple_GET_ITEM(code->co_localsplusnames, slot);
}

static inline int
xo_code_free_count(const PyCodeObject *code)
{
    return code->co_nfreevars;
}

static inline int
xo_code_cell_slot(const PyCodeObject *code, int argument)
{
    (void)code;
    return argument;
}

static inline PyObject *
xo_code_qualname(const PyCodeObject *code)
{
    return code->co_qualname;
}

/* XO_VARIABLE_* */
static inline uint8_t
xo_code_slot_flags(const PyCodeObject *code, int slot, int argument_count)
{
    unsigned char kind = (unsigned char)PyBytes_AS_STRING(code->co_localspluskinds)[slot];
    uint8_t flags = slot < argument_count ? XO_VARIABLE_ARGUMENT : 0;
    flags |= kind & CO_FAST_CELL ? XO_VARIABLE_CELL : 0;
    flags |= kind & CO_FAST_FREE ? XO_VARIABLE_FREE : 0;
#ifdef CO_FAST_HIDDEN
    flags |= kind & CO_FAST_HIDDEN ? XO_VARIABLE_HIDDEN : 0;
#endif
    return flags;
}

/* ---- instructions ---- */

/* Where a jump that goes back leads to; -1 for all other instructions. */
static inline Py_ssize_t
xo_jumps_back_to(int opcode, Py_ssize_t offset, int argument)
{
    Py_ssize_t end = offset + (Py_ssize_t)sizeof(_Py_CODEUNIT);
    switch (opcode) {
    case JUMP_BACKWARD:
#if PY_VERSION_HEX >= 0x030D0000
        end += (Py_ssize_t)sizeof(_Py_CODEUNIT); /* behind its cache */
#endif
        /* fall through */
    case JUMP_BACKWARD_NO_INTERRUPT:
#ifdef POP_JUMP_BACKWARD_IF_TRUE
    case POP_JUMP_BACKWARD_IF_TRUE:
    case POP_JUMP_BACKWARD_IF_FALSE:
    case POP_JUMP_BACKWARD_IF_NONE:
    case POP_JUMP_BACKWARD_IF_NOT_NONE:
#endif
        return end - argument * (Py_ssize_t)sizeof(_Py_CODEUNIT);
    default:
        return -1;
    }
}

/* What runs before a function's first line. */
static inline bool
xo_is_prefix(int opcode)
{
    return opcode == RESUME || opcode == MAKE_CELL || opcode == COPY_FREE_VARS || opcode == RETURN_GENERATOR
           || opcode == CACHE;
}

/* ---- attributes ---- */

/* Attributes that an object keeps without a dict of its own. `keys` names them, `order` holds their indexes in order
 * of insertion. */
typedef struct {
    PyObject **values;
    PyDictKeysObject *keys;
    const uint8_t *order;
    int order_step; /* 3.13 stores the order upwards, older versions downwards */
    Py_ssize_t count;
} xo_inline_values;

static inline bool
xo_has_managed_dict(const PyTypeObject *type)
{
    return type->tp_flags & Py_TPFLAGS_MANAGED_DICT;
}

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

/* The name of the inline value with index `index`: keys of attributes are always text. */
static inline PyObject *
xo_inline_name(const xo_inline_values *inlined, Py_ssize_t index)
{
    return DK_UNICODE_ENTRIES(inlined->keys)[index].me_key;
}

/* The folder of the main program: since 3.13 errors ask whether a module in it hides one of the standard library. */
static inline wchar_t **
xo_main_path(void)
{
#if PY_VERSION_HEX >= 0x030D0000
    return &PyInterpreterState_Get()->config.sys_path_0;
#else
    return NULL;
#endif
}

#define XO_TRASHCAN_BEGIN(object, hook) Py_TRASHCAN_BEGIN(object, hook)
#define XO_TRASHCAN_END Py_TRASHCAN_END

#endif
