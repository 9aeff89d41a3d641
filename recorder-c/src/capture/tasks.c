/* Who awaits whom: a coroutine's first step tells the asyncio task that runs it, and a task that a coroutine begins to
 * wait for is written anew at that step. Nothing of the program's runs for it: a task is asked through the getter of its
 * type in C. */
#include "capture.h"

/* A name of the module in C that asyncio is made of; borrowed, NULL while it isn't loaded. */
static PyObject *
lookup(const char *name)
{
    PyObject *module = PyDict_GetItemString(PyImport_GetModuleDict(), "_asyncio");
    PyObject *dict = module == NULL || !PyModule_Check(module) ? NULL : PyModule_GetDict(module);
    return dict == NULL ? NULL : PyDict_GetItemString(dict, name);
}

static PyTypeObject *
task_type(void)
{
    PyObject *type = lookup("Task");
    return type == NULL || !PyType_Check(type) ? NULL : (PyTypeObject *)type;
}

/* Whether the task's coroutine is the one in this frame. */
static bool
runs(PyTypeObject *type, PyObject *task, const xo_iframe *iframe)
{
    PyObject *descriptor = PyDict_GetItemString(xo_type_dict(type), "_coro");
    if (descriptor == NULL || Py_TYPE(descriptor) != &PyGetSetDescr_Type || !PyObject_TypeCheck(task, type)) {
        return false;
    }
    PyGetSetDef *getter = ((PyGetSetDescrObject *)descriptor)->d_getset;
    PyObject *coroutine = getter->get(task, getter->closure);
    bool result = coroutine != NULL && PyCoro_CheckExact(coroutine)
                  && xo_iframe_of_generator((PyGenObject *)coroutine) == iframe;
    if (coroutine == NULL) {
        PyErr_Clear();
    }
    Py_XDECREF(coroutine); /* the task holds it */
    return result;
}

/* At the first step of a task's coroutine: its RESULT is the task. */
void
xo_put_task(xo_recorder *recorder, const xo_iframe *iframe, const xo_code *code)
{
    if (!recorder->record_state || !(code->code->co_flags & CO_COROUTINE)) {
        return;
    }
    PyTypeObject *type = task_type();
    PyObject *running = lookup("_current_tasks"); /* loop -> task: one of each thread that runs a loop */
    PyObject *loop, *task;
    Py_ssize_t at = 0;
    while (type != NULL && running != NULL && PyDict_CheckExact(running) && PyDict_Next(running, &at, &loop, &task)) {
        if (runs(type, task, iframe)) {
            xo_put_op(recorder->writer, XO_OP_RESULT);
            xo_put_value(recorder, task);
            return;
        }
    }
}

static void
note_task(xo_recorder *recorder, PyTypeObject *type, PyObject *awaited)
{
    xo_entity *entity = PyObject_TypeCheck(awaited, type) ? xo_find_in(recorder, awaited) : NULL;
    if (entity != NULL) {
        xo_mark_dirty(awaited, entity);
    }
}

/* What `gather` gives is a future with a list of tasks. */
static void
note_children(xo_recorder *recorder, PyTypeObject *type, PyObject *awaited)
{
    PyObject **dict = PyObject_TypeCheck(awaited, type->tp_base) ? _PyObject_GetDictPtr(awaited) : NULL;
    PyObject *children = dict == NULL || *dict == NULL ? NULL : PyDict_GetItemString(*dict, "_children");
    if (children != NULL && PyList_CheckExact(children)) {
        for (Py_ssize_t i = 0; i < PyList_GET_SIZE(children); i++) {
            note_task(recorder, type, PyList_GET_ITEM(children, i));
        }
    }
}

/* A coroutine yields what it waits for. */
void
xo_note_awaited(xo_recorder *recorder, const xo_code *code, PyObject *awaited)
{
    PyTypeObject *type = awaited == Py_None || !(code->code->co_flags & CO_COROUTINE) ? NULL : task_type();
    if (type != NULL) {
        note_task(recorder, type, awaited);
        note_children(recorder, type, awaited);
    }
}
