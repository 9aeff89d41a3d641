/* What happens in code, told by sys.monitoring (CPython 3.12 and later) to callbacks in C. */
#include "dispatch.h"
#include "monitoring.h"

#if XO_HAS_MONITORING

static inline PyObject *
answer(int result)
{
    return result < 0 ? NULL : Py_NewRef(Py_None);
}

/* Where the event happened; NULL when nobody is to hear of it. */
static inline xo_strand *
locate(xo_iframe **iframe)
{
    xo_strand *strand = xo_recorders == NULL ? NULL : xo_this_strand();
    *iframe = strand == NULL ? NULL : xo_current_iframe(strand->python);
    return strand;
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

static bool
any_has_state(void)
{
    const xo_recorder *recorder = xo_recorders;
    while (recorder != NULL && !recorder->record_state) {
        recorder = recorder->next;
    }
    return recorder != NULL;
}

int
xo_instrument(xo_code *code)
{
    bool recorded = xo_code_is_recorded(code);
    int events = (recorded ? IN_RECORDED_CODE : 0) | (code->writes_items && any_has_state() ? INSTRUCTION : 0)
                 | (recorded && code->analysed && has_loops(code) ? JUMPED : 0);
    code->looked_at = xo_epoch;
    if ((events & ~code->events) == 0) {
        return 0;
    }
    code->events |= events;
    if (xo_monitoring_set_local((PyObject *)code->code, code->events) == 0) {
        return 0;
    }
    xo_fail_all();
    return -1;
}

/* ---- callbacks ---- */

static PyObject *
begin(PyObject *const *arguments, bool resumed)
{
    xo_iframe *iframe;
    xo_strand *strand = locate(&iframe);
    if (XO_UNLIKELY(strand == NULL)) {
        return Py_NewRef(Py_None);
    }
    xo_code *code = xo_code_of((PyCodeObject *)arguments[0]);
    if (XO_UNLIKELY(code == NULL)) {
        xo_fail_all();
        return Py_NewRef(Py_None);
    }
    if (XO_LIKELY(code->looked_at == xo_epoch && xo_is_plain_call(strand, iframe, code))) {
        xo_thread_state *thread = strand->inner;
        return answer(resumed ? xo_on_resume(thread->recorder, thread, iframe, code)
                              : xo_on_start(thread->recorder, thread, iframe, code));
    }
    int result = xo_dispatch_start(strand, iframe, code, resumed);
    if (result < 0 || xo_recorders == NULL) {
        return answer(result);
    }
    if (code->looked_at != xo_epoch && xo_instrument(code) < 0) {
        return Py_NewRef(Py_None);
    }
    return Py_NewRef(xo_code_is_recorded(code) ? Py_None : xo_monitoring_disable);
}

static PyObject *
on_start(PyObject *self, PyObject *const *arguments, size_t count, PyObject *names)
{
    (void)self;
    (void)count;
    (void)names;
    return begin(arguments, false);
}

static PyObject *
on_resume(PyObject *self, PyObject *const *arguments, size_t count, PyObject *names)
{
    (void)self;
    (void)count;
    (void)names;
    return begin(arguments, true);
}

/* PY_THROW can't be turned off at its place. */
static PyObject *
on_throw(PyObject *self, PyObject *const *arguments, size_t count, PyObject *names)
{
    (void)self;
    (void)count;
    (void)names;
    xo_iframe *iframe;
    PyObject *result = begin(arguments, locate(&iframe) != NULL && xo_iframe_has_started(iframe));
    if (result == NULL || result == Py_None) {
        return result;
    }
    Py_DECREF(result);
    return Py_NewRef(Py_None);
}

static inline bool
is_at_line(const xo_thread_state *thread, const xo_iframe *iframe, int64_t line)
{
    const xo_shadow *top = xo_top(thread);
    return top != NULL && top->iframe == iframe && top->on_line
           && thread->written->frames[thread->written->depth - 1].line == line;
}

/* A later part of the line that the frame is at already, or the beginning of a round that its jump back has told of. */
static inline bool
is_same_line(const xo_thread_state *thread, const xo_iframe *iframe, int64_t line)
{
    return is_at_line(thread, iframe, line) && xo_iframe_offset(iframe) >= xo_top(thread)->line_offset;
}

static PyObject *
on_line(PyObject *self, PyObject *const *arguments, size_t count, PyObject *names)
{
    (void)self;
    (void)count;
    (void)names;
    xo_iframe *iframe;
    xo_strand *strand = locate(&iframe);
    xo_thread_state *thread = strand == NULL ? NULL : strand->inner;
    int64_t line = 0;
    (void)xo_small_int(arguments[1], &line);
    for (; thread != NULL; thread = thread->outer) {
        xo_code *code = xo_hears(thread, iframe, (PyCodeObject *)arguments[0]);
        if (code != NULL && !is_same_line(thread, iframe, line)
            && xo_on_line(thread->recorder, thread, iframe, code, (int32_t)line) < 0) {
            return NULL;
        }
    }
    return Py_NewRef(Py_None);
}

/* Where the round begins. The frame is still at the jump, behind the line's other parts. */
static void
set_line_offset(xo_thread_state *thread, const xo_iframe *iframe, int64_t offset)
{
    xo_shadow *top = xo_top(thread);
    if (top != NULL && top->iframe == iframe) {
        top->line_offset = (int32_t)offset;
    }
}

/* One more round of a loop on the line that the frame is at. */
static int
begin_round(xo_thread_state *thread, xo_iframe *iframe, xo_code *code, int line, int64_t offset)
{
    if (xo_on_line(thread->recorder, thread, iframe, code, line) < 0) {
        return -1;
    }
    set_line_offset(thread, iframe, offset);
    return 0;
}

/* A loop that stands on one line has no line event but its first: each further round is told by its jump back. That has
 * no line of its own where branches of the line meet before it; it belongs to the line that the frame is at then. */
static PyObject *
on_jump(PyObject *self, PyObject *const *arguments, size_t count, PyObject *names)
{
    (void)self;
    (void)count;
    (void)names;
    int64_t from = 0, to = 0;
    (void)xo_small_int(arguments[1], &from);
    (void)xo_small_int(arguments[2], &to);
    int line = to > from ? -1 : PyCode_Addr2Line((PyCodeObject *)arguments[0], (int)to);
    int jump_line = line < 0 ? -1 : PyCode_Addr2Line((PyCodeObject *)arguments[0], (int)from);
    if (line < 0 || (jump_line >= 0 && jump_line != line)) {
        return Py_NewRef(xo_recorders == NULL ? Py_None : xo_monitoring_disable);
    }
    xo_iframe *iframe;
    xo_strand *strand = locate(&iframe);
    for (xo_thread_state *thread = strand == NULL ? NULL : strand->inner; thread != NULL; thread = thread->outer) {
        xo_code *code = xo_hears(thread, iframe, (PyCodeObject *)arguments[0]);
        bool stays = code != NULL && (jump_line == line || is_at_line(thread, iframe, line));
        if (stays && begin_round(thread, iframe, code, line, to) < 0) {
            return NULL;
        }
    }
    return Py_NewRef(Py_None);
}

static PyObject *
leave(PyObject *const *arguments, xo_op op)
{
    xo_iframe *iframe;
    xo_strand *strand = locate(&iframe);
    for (xo_thread_state *thread = strand == NULL ? NULL : strand->inner; thread != NULL; thread = thread->outer) {
        xo_code *code = xo_hears(thread, iframe, (PyCodeObject *)arguments[0]);
        if (code != NULL && xo_on_leave(thread->recorder, thread, iframe, code, op, arguments[2]) < 0) {
            return NULL;
        }
    }
    return Py_NewRef(Py_None);
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
    xo_iframe *iframe;
    xo_strand *strand = locate(&iframe);
    for (xo_thread_state *thread = strand == NULL ? NULL : strand->inner; thread != NULL; thread = thread->outer) {
        xo_code *code = xo_hears(thread, iframe, (PyCodeObject *)arguments[0]);
        if (code != NULL && xo_on_exception(thread->recorder, thread, iframe, code, arguments[2]) < 0) {
            return NULL;
        }
    }
    return Py_NewRef(Py_None);
}

static PyObject *
on_unwind(PyObject *self, PyObject *const *arguments, size_t count, PyObject *names)
{
    (void)self;
    (void)count;
    (void)names;
    xo_iframe *iframe;
    xo_strand *strand = locate(&iframe);
    for (xo_thread_state *thread = strand == NULL ? NULL : strand->inner; thread != NULL; thread = thread->outer) {
        xo_code *code = xo_hears(thread, iframe, (PyCodeObject *)arguments[0]);
        if (code != NULL && xo_on_unwind(thread->recorder, thread, iframe, code) < 0) {
            return NULL;
        }
    }
    return Py_NewRef(Py_None);
}

/* Keeps the stores to items instrumented, which keeps them from being specialised past the slots we stand in. */
static PyObject *
on_instruction(PyObject *self, PyObject *const *arguments, size_t count, PyObject *names)
{
    (void)self;
    (void)count;
    (void)names;
    xo_code *code = xo_recorders == NULL ? NULL : xo_code_of((PyCodeObject *)arguments[0]);
    if (code == NULL) {
        PyErr_Clear();
        return Py_NewRef(Py_None);
    }
    int64_t unit = 0;
    (void)xo_small_int(arguments[1], &unit);
    unit /= 2;
    bool writes = code->item_writes[unit / 8] & (1 << (unit % 8));
    return Py_NewRef(writes ? Py_None : xo_monitoring_disable);
}

const xo_monitoring_callback xo_monitoring_callbacks[] = {
    {PY_START, on_start},   {PY_RESUME, on_resume}, {PY_THROW, on_throw},
    {PY_RETURN, on_return}, {PY_YIELD, on_yield},   {LINE, on_line},
    {RAISE, on_raise},      {PY_UNWIND, on_unwind}, {INSTRUCTION, on_instruction},
    {JUMPED, on_jump},
    {0, NULL},
};

#endif
