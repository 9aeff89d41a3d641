/* Takes a tool number of sys.monitoring while a recording is made, and gives everything back. */
#include "events.h"
#include "monitoring.h"

#if XO_HAS_MONITORING

PyObject *xo_monitoring_disable; /* owned while events are on */

static PyObject *monitoring; /* owned while events are on */
static int tool = -1;

int
xo_monitoring_set_local(PyObject *python_code, int events)
{
    PyObject *result = PyObject_CallMethod(monitoring, "set_local_events", "iOi", tool, python_code, events);
    Py_XDECREF(result);
    return result == NULL ? -1 : 0;
}

/* What sys.monitoring calls: an object with nothing but its function, which is the shortest way there is. */
typedef struct {
    PyObject_HEAD
    vectorcallfunc call;
} callback_object;

static PyTypeObject callback_type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "execorder.callback",
    .tp_basicsize = sizeof(callback_object),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_VECTORCALL,
    .tp_vectorcall_offset = offsetof(callback_object, call),
    .tp_call = PyVectorcall_Call,
};

static PyObject *
new_callback(vectorcallfunc call)
{
    callback_object *object = PyObject_New(callback_object, &callback_type);
    if (object != NULL) {
        object->call = call;
    }
    return (PyObject *)object;
}

static int
call(const char *method, const char *format, int first, int second, PyObject *third)
{
    PyObject *result = third != NULL ? PyObject_CallMethod(monitoring, method, format, first, second, third)
                                     : PyObject_CallMethod(monitoring, method, format, first, second);
    Py_XDECREF(result);
    return result == NULL ? -1 : 0;
}

static int
register_callbacks(bool on)
{
    for (const xo_monitoring_callback *entry = xo_monitoring_callbacks; entry->event != 0; entry++) {
        PyObject *function = on ? new_callback(entry->call) : Py_NewRef(Py_None);
        int result = function == NULL ? -1 : call("register_callback", "iiO", tool, entry->event, function);
        Py_XDECREF(function);
        if (result < 0) {
            return -1;
        }
    }
    return 0;
}

/* Numbers that no well-known tool has come first. */
static int
choose_tool(void)
{
    static const int order[] = {4, 3, 2, 1, 0};
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        PyObject *name = PyObject_CallMethod(monitoring, "get_tool", "i", order[i]);
        if (name == NULL) {
            return -1;
        }
        Py_DECREF(name);
        if (name == Py_None) {
            PyObject *result = PyObject_CallMethod(monitoring, "use_tool_id", "is", order[i], "execorder");
            Py_XDECREF(result);
            tool = result == NULL ? -1 : order[i];
            return tool < 0 ? -1 : 0;
        }
    }
    PyErr_SetString(PyExc_RuntimeError, "all tool numbers of sys.monitoring are taken: end another tool first");
    return -1;
}

static int
restart_events(void)
{
    PyObject *result = PyObject_CallMethod(monitoring, "restart_events", NULL);
    Py_XDECREF(result);
    return result == NULL ? -1 : 0;
}

static int
take_tool(void)
{
    if (tool >= 0) {
        return 0;
    }
    if (PyType_Ready(&callback_type) < 0) {
        return -1;
    }
    monitoring = Py_XNewRef(PySys_GetObject("monitoring"));
    xo_monitoring_disable = monitoring == NULL ? NULL : PyObject_GetAttrString(monitoring, "DISABLE");
    if (xo_monitoring_disable == NULL || choose_tool() < 0 || register_callbacks(true) < 0) {
        return -1;
    }
    return call("set_events", "ii", tool, EVERYWHERE, NULL);
}

/* What runs already may store items by specialised instructions, past the slots. -1 when the recording has ended. */
static int
prepare_frames(const xo_iframe *iframe)
{
    for (; iframe != NULL; iframe = xo_iframe_caller(iframe)) {
        if (iframe->owner == FRAME_OWNED_BY_CSTACK) {
            continue;
        }
        xo_code *code = xo_code_of(xo_iframe_code(iframe));
        if (code == NULL || (code->looked_at != xo_epoch && xo_instrument(code) < 0)) {
            return -1;
        }
    }
    return 0;
}

static int
prepare_threads(void)
{
    PyThreadState *thread = PyInterpreterState_ThreadHead(PyInterpreterState_Get());
    for (; thread != NULL; thread = PyThreadState_Next(thread)) {
        if (prepare_frames(xo_current_iframe(thread)) < 0) {
            return -1;
        }
    }
    return 0;
}

/* One tool serves all recordings. What others have turned off is on again for the new one. */
int
xo_events_start(xo_recorder *recorder)
{
    (void)recorder;
    return take_tool() < 0 || restart_events() < 0 ? -1 : prepare_threads();
}

static void
clear_local_events(void)
{
    for (xo_code *code = xo_codes_first(); code != NULL;) {
        PyObject *python_code = Py_NewRef((PyObject *)code->code); /* keeps `code` too */
        code->looked_at = 0;
        if (code->events != 0) {
            code->events = 0;
            if (xo_monitoring_set_local(python_code, 0) < 0) {
                PyErr_Clear();
            }
        }
        code = code->next;
        Py_DECREF(python_code);
    }
}

/* Only the last recording takes the events with it. */
void
xo_events_stop(bool is_last)
{
    if (!is_last) {
        return;
    }
    if (tool >= 0) {
        bool ended = call("set_events", "ii", tool, 0, NULL) == 0 && register_callbacks(false) == 0;
        clear_local_events();
        PyObject *result = ended ? PyObject_CallMethod(monitoring, "free_tool_id", "i", tool) : NULL;
        Py_XDECREF(result);
        PyErr_Clear();
        tool = -1;
    }
    Py_CLEAR(xo_monitoring_disable);
    Py_CLEAR(monitoring);
}

#endif
