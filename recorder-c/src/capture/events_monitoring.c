/* What happens in code, told by sys.monitoring (CPython 3.12 and later) to callbacks in C. */
#include "monitoring.h"

#if XO_HAS_MONITORING

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
    if (events == 0 || xo_monitoring_set_local((PyObject *)code->code, events) == 0) {
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
        return Py_NewRef(xo_monitoring_disable);
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
        return Py_NewRef(xo_monitoring_disable);
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
    return Py_NewRef(writes ? Py_None : xo_monitoring_disable);
}

const xo_monitoring_callback xo_monitoring_callbacks[] = {
    {PY_START, on_start},   {PY_RESUME, on_resume}, {PY_THROW, on_resume},
    {PY_RETURN, on_return}, {PY_YIELD, on_yield},   {LINE, on_line},
    {RAISE, on_raise},      {PY_UNWIND, on_unwind}, {INSTRUCTION, on_instruction},
    {JUMPED, on_jump},
    {0, NULL},
};

#endif
