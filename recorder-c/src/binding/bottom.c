#include "bottom.h"

/* The innermost frame of a thread, of whatever type that is in this version. */
#if PY_VERSION_HEX >= 0x030d0000
#define INNERMOST(thread) ((thread)->current_frame)
typedef struct _PyInterpreterFrame *frame_pointer;
#elif PY_VERSION_HEX >= 0x030b0000
#define INNERMOST(thread) ((thread)->cframe->current_frame)
typedef struct _PyInterpreterFrame *frame_pointer;
#else
#define INNERMOST(thread) ((thread)->frame)
typedef struct _frame *frame_pointer;
#endif

/* How much deeper this thread may still recurse: the frames below count no more. */
static void
add_recursion(PyThreadState *thread, int frames)
{
#if PY_VERSION_HEX >= 0x030c0000
    thread->py_recursion_remaining += frames;
#elif PY_VERSION_HEX >= 0x030b0000
    thread->recursion_remaining += frames;
#else
    thread->recursion_depth -= frames;
#endif
}

static int
used_recursion(PyThreadState *thread)
{
#if PY_VERSION_HEX >= 0x030c0000
    return thread->py_recursion_limit - thread->py_recursion_remaining;
#elif PY_VERSION_HEX >= 0x030b0000
    return thread->recursion_limit - thread->recursion_remaining;
#else
    return thread->recursion_depth;
#endif
}

/* Up to 3.11, a call of a C function takes one of the frames that Python code may use. */
static int
calls_count_as_recursion(PyObject *callable)
{
    return PY_VERSION_HEX < 0x030c0000 && PyCFunction_Check(callable);
}

PyObject *
xo_call_at_bottom(PyObject *Py_UNUSED(module), PyObject *args)
{
    if (PyTuple_GET_SIZE(args) < 1) {
        PyErr_SetString(PyExc_TypeError, "call_at_bottom() needs something to call");
        return NULL;
    }
    PyObject *rest = PyTuple_GetSlice(args, 1, PyTuple_GET_SIZE(args));
    if (rest == NULL) {
        return NULL;
    }
    PyThreadState *thread = PyThreadState_Get();
    frame_pointer below = INNERMOST(thread);
    int frames = used_recursion(thread) + calls_count_as_recursion(PyTuple_GET_ITEM(args, 0));
    INNERMOST(thread) = NULL;
    add_recursion(thread, frames);
    PyObject *result = PyObject_Call(PyTuple_GET_ITEM(args, 0), rest, NULL);
    add_recursion(thread, -frames);
    INNERMOST(thread) = below;
    Py_DECREF(rest);
    return result;
}

PyObject *
xo_die_of_interrupt(PyObject *Py_UNUSED(module), PyObject *Py_UNUSED(ignored))
{
    /* The interpreter remembers only that code which it ran from text was left with KeyboardInterrupt. */
    PyObject *globals = PyDict_New();
    PyObject *builtins = PyEval_GetBuiltins(); /* borrowed */
    if (globals == NULL || PyDict_SetItemString(globals, "__builtins__", builtins) < 0) {
        Py_XDECREF(globals);
        return NULL;
    }
    PyObject *result = PyRun_String("raise KeyboardInterrupt", Py_file_input, globals, globals);
    Py_XDECREF(result);
    PyErr_Clear();
    Py_DECREF(globals);
    Py_RETURN_NONE;
}
