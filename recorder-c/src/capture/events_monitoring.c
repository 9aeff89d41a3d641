/* The events of CPython 3.12 and later: sys.monitoring, with callbacks in C and a tool number of our own. */
#include "capture.h"

#if XO_HAS_MONITORING

static PyObject *monitoring; /* owned while events are on */
static PyObject *disable;    /* owned: what a callback returns to hear no more from this place */
static int tool = -1;

/* Bits of sys.monitoring.events. */
enum {
    PY_START = 1 << 0,
    PY_RESUME = 1 << 1,
    PY_RETURN = 1 << 2,
    PY_YIELD = 1 << 3,
    LINE = 1 << 5,
    INSTRUCTION = 1 << 6,
    JUMPED = 1 << 7, /* opcode.h has taken JUMP */
    RAISE = 1 << 10,
    PY_UNWIND = 1 << 12,
    PY_THROW = 1 << 13,
    EVERYWHERE = PY_START | PY_THROW | PY_UNWIND | RAISE,
    IN_RECORDED_CODE = LINE | PY_RETURN | PY_YIELD | PY_RESUME,
};

typedef struct {
    xo_recorder *recorder;
    xo_thread_state *thread;
    xo_iframe *iframe;
} place;

/* Where the event happened; false when nobody is to hear of it. */
static inline bool
locate(place *here)
{
    here->recorder = xo_active;
    if (here->recorder == NULL) {
        return false;
    }
    here->thread = xo_this_thread(here->recorder);
    if (here->thread == NULL || here->thread->suspended > 0) {
        return false;
    }
    here->iframe = xo_current_iframe(here->thread->python);
    return true;
}

/* A failure of ours ends the recording and never reaches the program. */
static xo_code *
known_code(xo_recorder *recorder, PyObject *python_code)
{
    xo_code *code = xo_code_of(recorder, (PyCodeObject *)python_code);
    if (code == NULL) {
        PyErr_Clear();
        xo_recorder_fail(recorder);
    }
    return code;
}

static inline PyObject *
answer(int result)
{
    return result < 0 ? NULL : Py_NewRef(Py_None);
}

/* ---- turning on what a code object needs ---- */

static int
set_local_events(PyObject *python_code, int events)
{
    PyObject *result = PyObject_CallMethod(monitoring, "set_local_events", "iOi", tool, python_code, events);
    Py_XDECREF(result);
    return result == NULL ? -1 : 0;
}

static bool
has_loops(const xo_code *code)
{
    for (int32_t line = code->min_line; line <= code->max_line; line++) {
        if (code->lines[line - code->min_line].flags & XO_LINE_LOOPS) {
            return true;
        }
    }
    return false;
}

static int
instrument(xo_recorder *recorder, xo_code *code)
{
    int events = (code->recorded ? IN_RECORDED_CODE : 0) | (code->writes_items ? INSTRUCTION : 0)
                 | (code->recorded && has_loops(code) ? JUMPED : 0);
    code->instrumented = recorder->generation;
    if (events == 0 || set_local_events((PyObject *)code->code, events) == 0) {
        return 0;
    }
    PyErr_Clear();
    xo_recorder_fail(recorder);
    return -1;
}

/* Code given to exec() or eval() by recorded code is the program's own, whatever its file name says. */
static bool
is_executed_by_recorded(const place *here, const xo_code *code)
{
    if (code->recorded || PyUnicode_GET_LENGTH(code->code->co_filename) == 0
        || PyUnicode_READ_CHAR(code->code->co_filename, 0) != '<'
        || PyUnicode_CompareWithASCIIString(code->code->co_name, "<module>") != 0) {
        return false;
    }
    const xo_iframe *caller = here->iframe->previous;
    while (caller != NULL && caller->owner == FRAME_OWNED_BY_CSTACK) {
        caller = caller->previous;
    }
    const xo_shadow *top = xo_top(here->thread);
    return caller != NULL && top != NULL && top->iframe == caller;
}

/* ---- callbacks ---- */

static PyObject *
on_start(PyObject *self, PyObject *const *arguments, size_t count, PyObject *names)
{
    (void)self;
    (void)count;
    (void)names;
    place here;
    if (!locate(&here)) {
        return Py_NewRef(Py_None);
    }
    xo_code *code = known_code(here.recorder, arguments[0]);
    if (code != NULL && is_executed_by_recorded(&here, code)) {
        code = xo_code_give(here.recorder, code->code, NULL) < 0 ? NULL : known_code(here.recorder, arguments[0]);
    }
    if (code == NULL || xo_active != here.recorder) {
        PyErr_Clear();
        return Py_NewRef(Py_None);
    }
    if (code->instrumented != here.recorder->generation && instrument(here.recorder, code) < 0) {
        return Py_NewRef(Py_None);
    }
    if (!code->recorded) {
        return Py_NewRef(disable);
    }
    return answer(xo_on_start(here.recorder, here.thread, here.iframe, code));
}

/* For recorded code only; others are told no more. */
static xo_code *
recorded_code(const place *here, PyObject *python_code)
{
    const xo_shadow *top = xo_top(here->thread);
    if (top != NULL && (PyObject *)top->code->code == python_code) {
        return top->code;
    }
    xo_code *code = known_code(here->recorder, python_code);
    return code == NULL || !code->recorded ? NULL : code;
}

static PyObject *
on_line(PyObject *self, PyObject *const *arguments, size_t count, PyObject *names)
{
    (void)self;
    (void)count;
    (void)names;
    place here;
    xo_code *code;
    if (!locate(&here) || (code = recorded_code(&here, arguments[0])) == NULL) {
        return Py_NewRef(Py_None);
    }
    int64_t line = 0;
    (void)xo_small_int(arguments[1], &line);
    const xo_shadow *top = xo_top(here.thread);
    if (top != NULL && top->iframe == here.iframe && top->on_line && xo_iframe_offset(here.iframe) > top->line_offset
        && here.thread->written->frames[here.thread->written->depth - 1].line == line) {
        return Py_NewRef(Py_None); /* a later part of the same line */
    }
    return answer(xo_on_line(here.recorder, here.thread, here.iframe, code, (int32_t)line));
}

/* A loop that stands on one line has no line event but its first: each further round is told by its jump back. */
static PyObject *
on_jump(PyObject *self, PyObject *const *arguments, size_t count, PyObject *names)
{
    (void)self;
    (void)count;
    (void)names;
    int64_t from = 0, to = 0;
    place here;
    xo_code *code;
    if (!locate(&here) || (code = recorded_code(&here, arguments[0])) == NULL) {
        return Py_NewRef(Py_None);
    }
    (void)xo_small_int(arguments[1], &from);
    (void)xo_small_int(arguments[2], &to);
    int line = to > from ? -1 : PyCode_Addr2Line(code->code, (int)to);
    if (line < 0 || line != PyCode_Addr2Line(code->code, (int)from)) {
        return Py_NewRef(disable);
    }
    return answer(xo_on_line(here.recorder, here.thread, here.iframe, code, line));
}

static PyObject *
on_resume(PyObject *self, PyObject *const *arguments, size_t count, PyObject *names)
{
    (void)self;
    (void)count;
    (void)names;
    place here;
    xo_code *code;
    if (!locate(&here) || (code = recorded_code(&here, arguments[0])) == NULL) {
        return Py_NewRef(Py_None);
    }
    return answer(xo_on_resume(here.recorder, here.thread, here.iframe, code));
}

static PyObject *
leave(PyObject *const *arguments, xo_op op)
{
    place here;
    xo_code *code;
    if (!locate(&here) || (code = recorded_code(&here, arguments[0])) == NULL) {
        return Py_NewRef(Py_None);
    }
    return answer(xo_on_leave(here.recorder, here.thread, here.iframe, code, op, arguments[2]));
}

static PyObject *
on_return(PyObject *self, PyObject *const *arguments, size_t count, PyObject *names)
{
    (void)self;
    (void)count;
    (void)names;
    return leave(arguments, XO_OP_RETURN);
}

static PyObject *
on_yield(PyObject *self, PyObject *const *arguments, size_t count, PyObject *names)
{
    (void)self;
    (void)count;
    (void)names;
    return leave(arguments, XO_OP_YIELD);
}

static PyObject *
on_raise(PyObject *self, PyObject *const *arguments, size_t count, PyObject *names)
{
    (void)self;
    (void)count;
    (void)names;
    place here;
    xo_code *code;
    if (!locate(&here) || (code = recorded_code(&here, arguments[0])) == NULL) {
        return Py_NewRef(Py_None);
    }
    return answer(xo_on_exception(here.recorder, here.thread, here.iframe, code, arguments[2]));
}

static PyObject *
on_unwind(PyObject *self, PyObject *const *arguments, size_t count, PyObject *names)
{
    (void)self;
    (void)count;
    (void)names;
    place here;
    xo_code *code;
    if (!locate(&here) || (code = recorded_code(&here, arguments[0])) == NULL) {
        return Py_NewRef(Py_None);
    }
    return answer(xo_on_unwind(here.recorder, here.thread, here.iframe, code));
}

/* Keeps the stores to items instrumented, which keeps them from being specialised past the slots we stand in. */
static PyObject *
on_instruction(PyObject *self, PyObject *const *arguments, size_t count, PyObject *names)
{
    (void)self;
    (void)count;
    (void)names;
    xo_recorder *recorder = xo_active;
    xo_code *code = recorder == NULL ? NULL : known_code(recorder, arguments[0]);
    if (code == NULL) {
        return Py_NewRef(Py_None);
    }
    int64_t unit = 0;
    (void)xo_small_int(arguments[1], &unit);
    unit /= 2;
    bool writes = code->item_writes[unit / 8] & (1 << (unit % 8));
    return Py_NewRef(writes ? Py_None : disable);
}

/* ---- start and end ---- */

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

static const struct {
    int event;
    vectorcallfunc call;
} callbacks[] = {
    {PY_START, on_start},   {PY_RESUME, on_resume}, {PY_THROW, on_resume},
    {PY_RETURN, on_return}, {PY_YIELD, on_yield},   {LINE, on_line},
    {RAISE, on_raise},      {PY_UNWIND, on_unwind}, {INSTRUCTION, on_instruction},
    {JUMPED, on_jump},
};

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
    for (size_t i = 0; i < sizeof callbacks / sizeof *callbacks; i++) {
        PyObject *function = on ? new_callback(callbacks[i].call) : Py_NewRef(Py_None);
        int result = function == NULL ? -1 : call("register_callback", "iiO", tool, callbacks[i].event, function);
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

int
xo_events_start(xo_recorder *recorder)
{
    (void)recorder;
    if (PyType_Ready(&callback_type) < 0) {
        return -1;
    }
    monitoring = Py_XNewRef(PySys_GetObject("monitoring"));
    disable = monitoring == NULL ? NULL : PyObject_GetAttrString(monitoring, "DISABLE");
    if (disable == NULL || choose_tool() < 0) {
        return -1;
    }
    return register_callbacks(true) < 0 || restart_events() < 0 || call("set_events", "ii", tool, EVERYWHERE, NULL) < 0
               ? -1
               : 0;
}

static void
clear_local_events(void)
{
    for (xo_code *code = xo_codes_first(); code != NULL;) {
        PyObject *python_code = Py_NewRef((PyObject *)code->code); /* keeps `code` too */
        if (code->instrumented != 0) {
            code->instrumented = 0;
            if (set_local_events(python_code, 0) < 0) {
                PyErr_Clear();
            }
        }
        code = code->next;
        Py_DECREF(python_code);
    }
}

void
xo_events_stop(xo_recorder *recorder)
{
    (void)recorder;
    if (tool >= 0) {
        bool ended = call("set_events", "ii", tool, 0, NULL) == 0 && register_callbacks(false) == 0;
        clear_local_events();
        PyObject *result = ended ? PyObject_CallMethod(monitoring, "free_tool_id", "i", tool) : NULL;
        Py_XDECREF(result);
        PyErr_Clear();
        tool = -1;
    }
    Py_CLEAR(disable);
    Py_CLEAR(monitoring);
}

#endif
