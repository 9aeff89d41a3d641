/* The extension module execorder._native: recording on this side, the reader of recordings beside it. */
#include "module.h"
#include "redaction.h"
#include "registered.h"

#include "../binding/binding.h"

xo_recorder *
xo_recording(uint64_t token)
{
    xo_recorder *recorder = xo_recorder_find(token);
    if (recorder == NULL) {
        PyErr_SetString(PyExc_RuntimeError, "no recording is active");
    }
    return recorder;
}

static PyObject *
start(PyObject *module, PyObject *arguments)
{
    (void)module;
    PyObject *path, *notes, *options;
    if (!PyArg_ParseTuple(arguments, "OOO!:start", &path, &notes, &PyDict_Type, &options)) {
        return NULL;
    }
    const xo_recorder *recorder = xo_recorder_start(path, notes, options);
    return recorder == NULL ? NULL : PyLong_FromUnsignedLongLong(recorder->token);
}

static PyObject *
register_fields(PyObject *module, PyObject *arguments)
{
    (void)module;
    PyObject *type, *fields;
    if (!PyArg_ParseTuple(arguments, "O!O!:register_fields", &PyType_Type, &type, &PyList_Type, &fields)) {
        return NULL;
    }
    return xo_register(type, fields);
}

/* False with an exception set when it isn't a number. */
static bool
read_token(PyObject *arguments, unsigned long long *token)
{
    *token = 0;
    return PyArg_ParseTuple(arguments, "|K", token);
}

/* Sets notes[key], when there is a text. */
static int
put_note(PyObject *notes, const char *key, const char *text)
{
    PyObject *value = text == NULL ? NULL : PyUnicode_FromString(text);
    int result = value == NULL ? (text == NULL ? 0 : -1) : PyDict_SetItemString(notes, key, value);
    Py_XDECREF(value);
    return result;
}

/* Seconds for which the file system held up the program; 0 when that isn't worth a word. */
static double
waited_seconds(const xo_recorder *recorder)
{
    double seconds = recorder == NULL ? 0 : (double)recorder->writer->waited_ns / 1e9;
    return seconds < 1 ? 0 : seconds;
}

static PyObject *
waited(PyObject *module, PyObject *arguments)
{
    (void)module;
    unsigned long long token;
    return read_token(arguments, &token) ? PyFloat_FromDouble(waited_seconds(xo_recorder_find(token))) : NULL;
}

static int
put_wait(PyObject *notes, const xo_recorder *recorder)
{
    char text[32];
    double seconds = waited_seconds(recorder);
    PyOS_snprintf(text, sizeof text, "%.1f", seconds);
    return seconds == 0 ? 0 : put_note(notes, "waited_for_disk", text);
}

static PyObject *
compresses(PyObject *Py_UNUSED(module), PyObject *Py_UNUSED(arguments))
{
    return PyBool_FromLong(xo_writer_compresses());
}

static PyObject *
least_size(PyObject *module, PyObject *arguments)
{
    (void)module;
    unsigned long long token;
    if (!read_token(arguments, &token)) {
        return NULL;
    }
    const xo_recorder *recorder = xo_recorder_find(token);
    return PyLong_FromUnsignedLongLong(recorder == NULL ? 0 : recorder->writer->least_bytes);
}

static int
put_least_size(PyObject *notes, const xo_recorder *recorder)
{
    char text[32];
    PyOS_snprintf(text, sizeof text, "%llu", (unsigned long long)recorder->writer->least_bytes);
    return recorder->writer->least_bytes == 0 ? 0 : put_note(notes, "least_size", text);
}

static PyObject *
stop(PyObject *module, PyObject *arguments)
{
    (void)module;
    const char *stopped_by = NULL, *error = NULL;
    unsigned long long token = 0;
    if (!PyArg_ParseTuple(arguments, "|zzK:stop", &stopped_by, &error, &token)) {
        return NULL;
    }
    xo_recorder *recorder = xo_recording(token);
    PyObject *notes = recorder == NULL ? NULL : PyDict_New();
    if (notes == NULL) {
        return NULL;
    }
    int result = put_note(notes, "stopped_by", stopped_by);
    if (result == 0 && (result = put_note(notes, "error", error)) == 0 && (result = put_wait(notes, recorder)) == 0
        && (result = put_least_size(notes, recorder)) == 0) {
        result = xo_recorder_stop(recorder, notes);
    }
    Py_DECREF(notes);
    return xo_none_or_error(result);
}

static PyObject *
abandon(PyObject *module, PyObject *unused)
{
    (void)module;
    (void)unused;
    xo_recorders_abandon();
    return Py_NewRef(Py_None);
}

static PyObject *
is_active(PyObject *module, PyObject *arguments)
{
    (void)module;
    unsigned long long token;
    return read_token(arguments, &token) ? PyBool_FromLong(xo_recorder_find(token) != NULL) : NULL;
}

static PyObject *
note(PyObject *module, PyObject *arguments)
{
    (void)module;
    const char *key, *text;
    xo_recorder *recorder = xo_recording(0);
    if (recorder == NULL || !PyArg_ParseTuple(arguments, "ss:note", &key, &text)) {
        return NULL;
    }
    xo_put_note(recorder, key, text);
    return Py_NewRef(Py_None);
}

static PyObject *
steps(PyObject *module, PyObject *arguments)
{
    (void)module;
    unsigned long long token;
    if (!read_token(arguments, &token)) {
        return NULL;
    }
    const xo_recorder *recorder = xo_recorder_find(token);
    return PyLong_FromUnsignedLongLong(recorder == NULL ? 0 : recorder->writer->steps);
}

static PyObject *
failure(PyObject *module, PyObject *arguments)
{
    (void)module;
    unsigned long long token;
    return read_token(arguments, &token) ? xo_recorder_failure(token) : NULL;
}

static PyObject *
record_code(PyObject *module, PyObject *arguments)
{
    (void)module;
    PyObject *code, *source = Py_None;
    unsigned long long token = 0;
    if (!PyArg_ParseTuple(arguments, "O!|OK:record_code", &PyCode_Type, &code, &source, &token)
        || xo_recording(token) == NULL) {
        return NULL;
    }
    int result = 0;
    for (xo_recorder *recorder = xo_recorders; recorder != NULL && result == 0; recorder = recorder->next) {
        if (recorder == xo_recorder_find(token) || !recorder->scoped) { /* what an exec() runs is the program's own */
            result = xo_code_give(recorder, (PyCodeObject *)code, source);
        }
    }
    return xo_none_or_error(result);
}

static PyObject *
adopt(PyObject *module, PyObject *arguments)
{
    (void)module;
    unsigned long long token;
    xo_recorder *recorder = read_token(arguments, &token) ? xo_recording(token) : NULL;
    if (recorder == NULL) {
        return NULL;
    }
    xo_adopt_running(recorder);
    return Py_NewRef(Py_None);
}

/* What it changes is recorded, but none of its steps. */
static PyObject *
call_unrecorded(PyObject *module, PyObject *arguments)
{
    (void)module;
    PyObject *callable, *argument;
    unsigned long long token;
    if (!PyArg_ParseTuple(arguments, "OOK:call_unrecorded", &callable, &argument, &token)) {
        return NULL;
    }
    xo_recorder *recorder = xo_recording(token);
    xo_thread_state *thread = recorder == NULL ? NULL : xo_this_thread(recorder);
    if (thread == NULL) {
        return NULL;
    }
    xo_suspend(thread);
    PyObject *result = PyObject_CallFunctionObjArgs(callable, argument, NULL);
    xo_unsuspend(thread);
    return result;
}

static PyObject *
current_thread(PyObject *module, PyObject *unused)
{
    (void)module;
    (void)unused;
    xo_recorder *recorder = xo_recording(0);
    xo_thread_state *thread = recorder == NULL ? NULL : xo_this_thread(recorder);
    return thread == NULL ? NULL : PyLong_FromUnsignedLong(thread->written->number);
}

/* NULL with an exception set: there is no recording, or no such thread. */
static const xo_thread *
thread_of(PyObject *arguments)
{
    unsigned int number = 0;
    xo_recorder *recorder = xo_recording(0);
    if (recorder == NULL || !PyArg_ParseTuple(arguments, "|I", &number)) {
        return NULL;
    }
    const xo_thread_state *thread = number == 0 ? xo_this_thread(recorder) : recorder->threads;
    while (number != 0 && thread != NULL && thread->written->number != number) {
        thread = thread->next;
    }
    if (thread == NULL && number != 0) {
        PyErr_Format(PyExc_ValueError, "there is no thread %u", number);
    }
    return thread == NULL ? NULL : thread->written;
}

static PyObject *
depth(PyObject *module, PyObject *arguments)
{
    (void)module;
    const xo_thread *thread = thread_of(arguments);
    return thread == NULL ? NULL : PyLong_FromLong(thread->depth == 0 ? 0 : (long)thread->depth - 1);
}

static PyObject *
place(PyObject *module, PyObject *arguments)
{
    (void)module;
    const xo_thread *thread = thread_of(arguments);
    if (thread == NULL) {
        return NULL;
    }
    const xo_frame *top = thread->depth == 0 ? NULL : &thread->frames[thread->depth - 1];
    return Py_BuildValue("Ki", top == NULL ? 0ULL : (unsigned long long)top->number, top == NULL ? 0 : (int)top->line);
}

static PyObject *
frame_number(PyObject *module, PyObject *frame)
{
    (void)module;
    const xo_recorder *recorder = xo_recording(0);
    if (recorder == NULL) {
        return NULL;
    }
    const xo_iframe *iframe = PyFrame_Check(frame) ? xo_iframe_of((PyFrameObject *)frame) : NULL;
    for (xo_thread_state *thread = recorder->threads; thread != NULL; thread = thread->next) {
        for (uint32_t i = 0; i < thread->written->depth; i++) {
            if (thread->frames[i].iframe == iframe) {
                return PyLong_FromUnsignedLongLong(thread->written->frames[i].number);
            }
        }
    }
    return PyLong_FromLong(0);
}

/* Whether code that is not recorded may have bound names in it without telling: its image is due, but may be the same. */
static bool
is_namespace(PyObject *object)
{
    return PyCell_Check(object) || (PyDict_Check(object) && PyDict_GetItemString(object, "__builtins__") != NULL);
}

static PyObject *
changes(PyObject *module, PyObject *unused)
{
    (void)module;
    (void)unused;
    const xo_recorder *recorder = xo_recorder_find(0);
    uint64_t count = recorder == NULL ? 0 : recorder->writer->records + recorder->fresh.count;
    for (size_t i = 0; recorder != NULL && i < recorder->dirty.count; i++) {
        PyObject *object = recorder->dirty.items[i].object;
        count += object != NULL && !is_namespace(object);
    }
    return PyLong_FromUnsignedLongLong(count);
}

static PyObject *
living(PyObject *module, PyObject *arguments)
{
    (void)module;
    unsigned long long number, token = 0;
    if (!PyArg_ParseTuple(arguments, "K|K:living", &number, &token)) {
        return NULL;
    }
    const xo_recorder *recorder = xo_recorder_find(token);
    return recorder == NULL ? Py_NewRef(Py_None) : xo_recorder_living(recorder, number);
}

static PyObject *
survivors(PyObject *module, PyObject *arguments)
{
    (void)module;
    unsigned long long token;
    return read_token(arguments, &token) ? xo_take_survivors(token) : NULL;
}

static PyMethodDef methods[] = {
    {"register_fields", register_fields, METH_VARARGS, "register_fields(type, fields): where a C type's data is."},
    {"start", start, METH_VARARGS, "start(path, notes, options): begin recording; answers the recording's token. With options['globals']\n"
     "it is an exec(): it records what this thread or greenlet runs from here on, of the code it is given. Other\n"
     "functions take the token last; 0 is the recording of the whole process, or the newest."},
    {"stop", stop, METH_VARARGS, "stop(stopped_by=None, error=None, token=0): complete the recording."},
    {"abandon", abandon, METH_NOARGS, "In the child of a fork: let go of all recordings, which are the parent's."},
    {"active", is_active, METH_VARARGS, "active(token=0): whether the recording is being made."},
    {"steps", steps, METH_VARARGS, "steps(token=0): how many steps there are; 0 without a recording."},
    {"set_main_path", xo_set_main_path, METH_O, "set_main_path(folder): for what errors say of modules that hide others."},
    {"note", note, METH_VARARGS, "note(key, text): say something about the run in the recording of this process."},
    {"compresses", compresses, METH_NOARGS, "compresses(): whether long recordings become small when they are complete."},
    {"least_size", least_size, METH_VARARGS, "least_size(token): bytes that a bound too small came to; 0: it was kept."},
    {"waited", waited, METH_VARARGS, "waited(token): seconds for which a slow disk held up the program; 0 below one."},
    {"failure", failure, METH_VARARGS, "failure(token): why the recording ended by itself, or None."},
    {"record_code", record_code, METH_VARARGS,
     "record_code(code, source=None, token=0): record this code step by step whatever its file name."},
    {"adopt", adopt, METH_VARARGS, "adopt(token=0): record the frames, of all threads, that are running already."},
    {"call_unrecorded", call_unrecorded, METH_VARARGS,
     "call_unrecorded(callable, argument, token): call it; the recording sees its changes, not its steps."},
    {"current_thread", current_thread, METH_NOARGS, "The recording's number of this thread."},
    {"depth", depth, METH_VARARGS, "depth(thread=0): how many recorded frames are below a thread's top one; 0: this one's."},
    {"place", place, METH_VARARGS, "place(thread=0): a thread's top frame, by number, and its line; 0, 0: none."},
    {"frame_number", frame_number, METH_O, "The recording's number of a frame that runs; 0: not recorded."},
    {"changes", changes, METH_NOARGS, "A number that differs once an object has changed that the recording knows."},
    {"living", living, METH_VARARGS, "living(number, token=0): the living object with this number, or None."},
    {"survivors", survivors, METH_VARARGS,
     "survivors(token): for a recording that has ended, number -> weak reference; can be asked for once."},
    {NULL, NULL, 0, NULL},
};

static int
execute(PyObject *module)
{
    return PyModule_AddFunctions(module, xo_stop_methods) < 0 ? -1 : xo_binding_add_types(module);
}

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, (void *)execute},
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "execorder._native",
    .m_doc = "Records this process, and reads recordings.",
    .m_size = 0,
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC
PyInit__native(void)
{
    return PyModuleDef_Init(&definition);
}
