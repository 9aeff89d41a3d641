/* The functions of execorder._native that say where the program is to stop. */
#include "module.h"

static PyObject *
request_attention(PyObject *module, PyObject *unused)
{
    (void)module;
    (void)unused;
    xo_attention_request();
    return Py_NewRef(Py_None);
}

static PyObject *
watch(PyObject *module, PyObject *fd)
{
    (void)module;
    long number = PyLong_AsLong(fd);
    if (number == -1 && PyErr_Occurred()) {
        return NULL;
    }
    return xo_none_or_error(xo_attention_watch((int)number));
}

static PyObject *
set_breakpoints(PyObject *module, PyObject *arguments)
{
    (void)module;
    PyObject *file, *lines;
    xo_recorder *recorder = xo_recording(0);
    if (recorder == NULL || !PyArg_ParseTuple(arguments, "UO:set_breakpoints", &file, &lines)) {
        return NULL;
    }
    PyObject *set = PySet_New(lines);
    int result = set == NULL ? -1 : PyDict_SetItem(recorder->breakpoints, file, set);
    Py_XDECREF(set);
    for (xo_code *code = result < 0 ? NULL : xo_codes_first(); code != NULL; code = code->next) {
        if (xo_code_find_use(recorder, code) != NULL) {
            xo_codes_apply_breakpoints(recorder, code);
        }
    }
    return xo_none_or_error(result);
}

/* The numbers of a sequence, owned by the caller; NULL with an exception set. */
static uint64_t *
numbers_of(PyObject *sequence, size_t *count)
{
    PyObject *items = PySequence_Fast(sequence, "a sequence of numbers is needed");
    if (items == NULL) {
        return NULL;
    }
    *count = (size_t)PySequence_Fast_GET_SIZE(items);
    uint64_t *numbers = PyMem_RawMalloc((*count + 1) * sizeof *numbers);
    for (size_t i = 0; numbers != NULL && i < *count; i++) {
        numbers[i] = PyLong_AsUnsignedLongLong(PySequence_Fast_GET_ITEM(items, (Py_ssize_t)i));
    }
    Py_DECREF(items);
    if (numbers == NULL) {
        PyErr_NoMemory();
    } else if (PyErr_Occurred()) {
        PyMem_RawFree(numbers);
        numbers = NULL;
    }
    return numbers;
}

static PyObject *
set_watches(PyObject *module, PyObject *arguments)
{
    (void)module;
    PyObject *object_numbers, *frame_numbers;
    size_t object_count, frame_count;
    xo_recorder *recorder = xo_recording(0);
    if (recorder == NULL || !PyArg_ParseTuple(arguments, "OO:set_watches", &object_numbers, &frame_numbers)) {
        return NULL;
    }
    uint64_t *objects = numbers_of(object_numbers, &object_count);
    uint64_t *frames = objects == NULL ? NULL : numbers_of(frame_numbers, &frame_count);
    if (frames != NULL) {
        xo_watchpoints_set(recorder, objects, object_count, frames, frame_count);
    }
    PyMem_RawFree(objects);
    return xo_none_or_error(frames == NULL ? -1 : 0);
}

static int
mode_of(const char *name)
{
    static const char *const names[] = {"none", "in", "next", "out"};
    for (int mode = XO_RUN; mode <= XO_STEP_OUT; mode++) {
        if (strcmp(name, names[mode]) == 0) {
            return mode;
        }
    }
    PyErr_Format(PyExc_ValueError, "stepping mode must be 'none', 'in', 'next' or 'out', not '%s'", name);
    return -1;
}

static PyObject *
set_stepping(PyObject *module, PyObject *arguments)
{
    (void)module;
    const char *name;
    unsigned int number = 0, depth = 0;
    unsigned long long frame = 0;
    int line = 0;
    xo_recorder *recorder = xo_recording(0);
    if (recorder == NULL
        || !PyArg_ParseTuple(arguments, "s|IIKi:set_stepping", &name, &number, &depth, &frame, &line)) {
        return NULL;
    }
    int mode = mode_of(name);
    if (mode < 0) {
        return NULL;
    }
    for (xo_thread_state *thread = recorder->threads; thread != NULL; thread = thread->next) {
        thread->stepping = thread->written->number == number ? mode : XO_RUN;
        thread->stepping_depth = depth;
        thread->stepping_frame = frame;
        thread->stepping_line = line;
    }
    xo_watch_steps(recorder);
    return Py_NewRef(Py_None);
}

static PyObject *
set_break_on_exceptions(PyObject *module, PyObject *arguments)
{
    (void)module;
    int raised, uncaught;
    xo_recorder *recorder = xo_recording(0);
    if (recorder == NULL || !PyArg_ParseTuple(arguments, "pp:set_break_on_exceptions", &raised, &uncaught)) {
        return NULL;
    }
    recorder->break_on_raise = raised;
    recorder->break_on_uncaught = uncaught;
    return Py_NewRef(Py_None);
}

static PyObject *
bound_stop(PyObject *module, PyObject *arguments)
{
    (void)module;
    PyObject *exception;
    unsigned long long token = 0;
    if (!PyArg_ParseTuple(arguments, "O|K:bound_stop", &exception, &token)) {
        return NULL;
    }
    xo_recorder *recorder = xo_recording(token);
    if (recorder == NULL) {
        return NULL;
    }
    Py_XSETREF(recorder->bound, exception == Py_None ? NULL : Py_NewRef(exception));
    xo_watch_steps(recorder);
    return Py_NewRef(Py_None);
}

static PyObject *
raise_in(PyObject *module, PyObject *arguments)
{
    (void)module;
    unsigned long thread;
    PyObject *exception;
    if (!PyArg_ParseTuple(arguments, "kO:raise_in", &thread, &exception)) {
        return NULL;
    }
    return PyBool_FromLong(PyThreadState_SetAsyncExc(thread, exception));
}

PyMethodDef xo_stop_methods[] = {
    {"request_attention", request_attention, METH_NOARGS, "Have on_event called at the next step."},
    {"watch", watch, METH_O, "watch(fd): request attention once fd can be read."},
    {"set_breakpoints", set_breakpoints, METH_VARARGS, "set_breakpoints(file, lines): replace those of the file. Line 0: all lines of its module."},
    {"set_stepping", set_stepping, METH_VARARGS, "set_stepping(mode, thread=0, depth=0, frame=0, line=0): where to stop next; not in this frame at this line."},
    {"set_break_on_exceptions", set_break_on_exceptions, METH_VARARGS,
     "set_break_on_exceptions(raised, uncaught): whether on_event hears of all raised, and of those that leave a thread's frames."},
    {"set_watches", set_watches, METH_VARARGS,
     "set_watches(objects, frames): have on_event called at the line step after any of them changed."},
    {"bound_stop", bound_stop, METH_VARARGS,
     "bound_stop(exception, token=0): raise this class at every step; None ends that."},
    {"raise_in", raise_in, METH_VARARGS,
     "raise_in(thread, exception): have the thread with this identifier raise the class at its next bytecode."},
    {"run_unseen", xo_run_unseen, METH_O, "run_unseen(function): what a thread runs of which no recording is to hear."},
    {NULL, NULL, 0, NULL},
};
