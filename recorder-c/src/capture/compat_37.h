/* Frames, codes and attributes of CPython 3.7 to 3.10; a part of compat.h. */
#ifndef EXECORDER_COMPAT_37_H
#define EXECORDER_COMPAT_37_H

#include <Python.h>

#include <frameobject.h>
#include <opcode.h>
#include <stdbool.h>
#include <stdint.h>

#include "execorder/writer.h"

/* ---- frames: each is a Python object ---- */

typedef PyFrameObject xo_iframe;

static inline PyCodeObject *
xo_iframe_code(const xo_iframe *frame)
{
    return frame->f_code;
}

/* Of the instruction that runs, in bytes; 3.10 counts in code units. Negative before the first. */
static inline int32_t
xo_iframe_offset(const xo_iframe *frame)
{
    return frame->f_lasti * (PY_VERSION_HEX >= 0x030A0000 ? 2 : 1);
}

/* The line that a line event tells of. Up to 3.9, the interpreter has just put it down there, and who asks for it makes it
 * look through the code's table. */
static inline int
xo_frame_line(PyFrameObject *frame)
{
#if PY_VERSION_HEX < 0x030A0000
    return frame->f_lineno;
#else
    return PyFrame_GetLineNumber(frame);
#endif
}

static inline PyObject **
xo_iframe_slots(xo_iframe *frame)
{
    return frame->f_localsplus;
}

#define xo_iframe_back xo_iframe_caller
static inline const xo_iframe *
xo_iframe_caller(const xo_iframe *frame)
{
    return frame->f_back;
}

static inline xo_iframe *
xo_iframe_of(PyFrameObject *frame)
{
    return frame;
}

/* Coroutines and asynchronous generators are laid out like it. */
static inline const xo_iframe *
xo_iframe_of_generator(const PyGenObject *generator)
{
    return generator->gi_frame;
}

static inline xo_iframe *
xo_current_iframe(PyThreadState *thread)
{
    return thread->frame;
}

/* Whether it is on the stack but runs no code of its own yet, or none at all. */
static inline bool
xo_iframe_is_idle(const xo_iframe *frame)
{
    return frame->f_lasti < 0;
}

/* Whether it has run code of its own. */
static inline bool
xo_iframe_has_started(const xo_iframe *frame)
{
    return frame->f_lasti >= 0;
}
#define xo_iframe_is_resumed xo_iframe_has_started /* a frame that starts to run was suspended then */

/* Whether a frame that hands out a value is suspended by it. YIELD_FROM, which will run again, is the next one. */
static inline bool
xo_iframe_is_at_yield(const xo_iframe *frame)
{
    const uint8_t *bytes = (const uint8_t *)PyBytes_AS_STRING(frame->f_code->co_code);
    int32_t offset = xo_iframe_offset(frame);
    return bytes[offset] == YIELD_VALUE
           || (offset + 2 < PyBytes_GET_SIZE(frame->f_code->co_code) && bytes[offset + 2] == YIELD_FROM);
}

/* ---- the variables of a code object: fast locals, then its cells, then those of enclosing functions ---- */

static inline int
xo_code_free_count(const PyCodeObject *code)
{
    return (int)PyTuple_GET_SIZE(code->co_freevars);
}

/* The slot of STORE_DEREF's argument. */
static inline int
xo_code_cell_slot(const PyCodeObject *code, int argument)
{
    return code->co_nlocals + argument;
}

static inline int
xo_code_slot_count(const PyCodeObject *code)
{
    return code->co_nlocals + (int)PyTuple_GET_SIZE(code->co_cellvars) + xo_code_free_count(code);
}

static inline PyObject *
xo_code_slot_name(const PyCodeObject *code, int slot)
{
    int cell = slot - code->co_nlocals;
    int free_variable = cell - (int)PyTuple_GET_SIZE(code->co_cellvars);
    if (cell < 0) {
        return PyTuple_GET_ITEM(code->co_varnames, slot);
    }
    return free_variable < 0 ? PyTuple_GET_ITEM(code->co_cellvars, cell)
                             : PyTuple_GET_ITEM(code->co_freevars, free_variable);
}

/* An argument that inner functions use is moved to a cell, and its own slot stays empty. */
static inline bool
xo_code_is_moved(const PyCodeObject *code, int argument)
{
    Py_ssize_t cells = code->co_cell2arg == NULL ? 0 : PyTuple_GET_SIZE(code->co_cellvars);
    for (Py_ssize_t i = 0; i < cells; i++) {
        if (code->co_cell2arg[i] == argument) {
            return true;
        }
    }
    return false;
}

/* XO_VARIABLE_* */
static inline uint8_t
xo_code_slot_flags(const PyCodeObject *code, int slot, int argument_count)
{
    int cell = slot - code->co_nlocals;
    if (cell < 0) {
        uint8_t flags = slot < argument_count ? XO_VARIABLE_ARGUMENT : 0;
        return flags | (xo_code_is_moved(code, slot) ? XO_VARIABLE_HIDDEN : 0);
    }
    if (cell >= PyTuple_GET_SIZE(code->co_cellvars)) {
        return XO_VARIABLE_FREE;
    }
    bool is_argument = code->co_cell2arg != NULL && code->co_cell2arg[cell] != CO_CELL_NOT_AN_ARG;
    return XO_VARIABLE_CELL | (is_argument ? XO_VARIABLE_ARGUMENT : 0);
}

/* Codes don't know it yet. */
static inline PyObject *
xo_code_qualname(const PyCodeObject *code)
{
    return code->co_name;
}

/* ---- instructions ---- */

/* Where the instruction may jump to within its frame, in bytes; -1: nowhere. Since 3.10 arguments count code units. */
static inline Py_ssize_t
xo_jump_target(int opcode, Py_ssize_t offset, int argument)
{
    Py_ssize_t distance = (Py_ssize_t)argument * (PY_VERSION_HEX >= 0x030A0000 ? 2 : 1);
    switch (opcode) {
    case JUMP_ABSOLUTE:
    case JUMP_IF_FALSE_OR_POP:
    case JUMP_IF_TRUE_OR_POP:
    case POP_JUMP_IF_FALSE:
    case POP_JUMP_IF_TRUE:
#ifdef CONTINUE_LOOP
    case CONTINUE_LOOP:
#endif
#ifdef JUMP_IF_NOT_EXC_MATCH
    case JUMP_IF_NOT_EXC_MATCH:
#endif
        return distance;
    case JUMP_FORWARD:
    case FOR_ITER:
#ifdef CALL_FINALLY
    case CALL_FINALLY:
#endif
        return offset + 2 + distance;
    default:
        return -1;
    }
}

/* Where a jump that goes back leads to; -1 for all other instructions. */
static inline Py_ssize_t
xo_jumps_back_to(int opcode, Py_ssize_t offset, int argument)
{
    Py_ssize_t target = xo_jump_target(opcode, offset, argument);
    return target <= offset ? target : -1;
}

/* What runs before a function's first line. */
static inline bool
xo_is_prefix(int opcode)
{
#ifdef GEN_START
    return opcode == GEN_START;
#else
    (void)opcode;
    return false;
#endif
}

/* ---- attributes: always in a dict ---- */

typedef struct {
    PyObject **values;
    const uint8_t *order;
    int order_step;
    Py_ssize_t count;
} xo_inline_values;

static inline bool
xo_has_managed_dict(const PyTypeObject *type)
{
    (void)type;
    return false;
}

static inline PyObject *
xo_managed_dict(PyObject *object)
{
    (void)object;
    return NULL;
}

static inline bool
xo_get_inline_values(PyObject *object, xo_inline_values *out)
{
    (void)object;
    (void)out;
    return false;
}

static inline PyObject *
xo_inline_name(const xo_inline_values *inlined, Py_ssize_t index)
{
    (void)inlined;
    (void)index;
    return NULL;
}

/* 3.13 */
static inline wchar_t **
xo_main_path(void)
{
    return NULL;
}

/* 3.7's own deallocators avoid deep recursion whoever calls them; a second such layer would put an object aside twice. */
#if PY_VERSION_HEX >= 0x03080000
#define XO_TRASHCAN_BEGIN(object, hook) Py_TRASHCAN_BEGIN(object, hook)
#define XO_TRASHCAN_END Py_TRASHCAN_END
#else
#define XO_TRASHCAN_BEGIN(object, hook)
#define XO_TRASHCAN_END
#endif

/* Says that a thread's function has failed; false: 3.7 does that by the repr of what was started. */
static inline bool
xo_tell_unraisable(PyObject *function)
{
#if PY_VERSION_HEX >= 0x03080000
    _PyErr_WriteUnraisableMsg("in thread started by", function);
    return true;
#else
    (void)function;
    return false;
#endif
}

/* ---- functions of the C API that are younger ---- */

static inline PyObject *
xo_code_bytes(PyCodeObject *code)
{
    Py_INCREF(code->co_code);
    return code->co_code;
}
#define PyCode_GetCode xo_code_bytes /* 3.11 */

#if PY_VERSION_HEX < 0x030A0000
static inline PyObject *
xo_new_ref(PyObject *object)
{
    Py_XINCREF(object);
    return object;
}
#define Py_NewRef(object) xo_new_ref((PyObject *)(object))
#define Py_XNewRef(object) xo_new_ref((PyObject *)(object))
#endif

#if PY_VERSION_HEX < 0x03090000
#undef PyMODINIT_FUNC /* does not ask to be visible */
#define PyMODINIT_FUNC __attribute__((visibility("default"))) PyObject *

static inline PyFrameObject *
xo_frame_ref(PyFrameObject *frame)
{
    Py_XINCREF(frame);
    return frame;
}
#define PyFrame_GetBack(frame) xo_frame_ref((frame)->f_back)
#define PyThreadState_GetFrame(thread) xo_frame_ref((thread)->frame)
#define PyObject_CallNoArgs(callable) PyObject_CallFunctionObjArgs(callable, NULL)
#endif

#if PY_VERSION_HEX < 0x03080000
#define PyDictRevIterItem_Type PyDictIterItem_Type /* dicts have no reverse iterators yet */
#endif

#endif
