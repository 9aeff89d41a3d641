/* Decides which recordings hear of a frame that starts: each of the whole process that records its code, and of the
 * exec()s around it the innermost that does. Where none of these does, for instance in a thread that the code of an
 * exec() has started, those hear of it to which the code was given. */
#include "dispatch.h"

void
xo_fail_all(void)
{
    PyErr_Clear();
    while (xo_recorders != NULL && !xo_recorders->ending) {
        xo_recorder_fail(xo_recorders);
    }
}

static xo_code_use *
use_in(xo_recorder *recorder, xo_code *code)
{
    xo_code_use *use = xo_code_use_in(recorder, code);
    if (use == NULL) {
        PyErr_Clear();
        xo_recorder_fail(recorder);
    }
    return use;
}

static bool
is_on_stack(const xo_thread_state *thread, const xo_iframe *iframe, const xo_code *code)
{
    for (uint32_t depth = thread->written->depth; depth > 0; depth--) {
        if (thread->frames[depth - 1].iframe == iframe && thread->frames[depth - 1].code == code) {
            return true;
        }
    }
    return false;
}

/* A recording of the whole process hears of frames that were running when it began, too. */
xo_code *
xo_hears_below(xo_thread_state *thread, const xo_iframe *iframe, PyCodeObject *python_code)
{
    xo_recorder *recorder = thread->recorder;
    if (xo_has_ended(recorder)) {
        return NULL;
    }
    xo_code *code = xo_code_of(python_code);
    if (code == NULL) {
        xo_fail_all();
        return NULL;
    }
    const xo_code_use *use = recorder->scoped ? xo_code_find_use(recorder, code) : use_in(recorder, code);
    bool hears = use != NULL && use->recorded && (!recorder->scoped || is_on_stack(thread, iframe, code));
    return hears ? code : NULL;
}

/* ---- frames that start ---- */

typedef struct {
    xo_strand *strand;
    xo_iframe *iframe;
    xo_code *code;
    bool resumed;
} start;

/* Code given to exec() or eval() by recorded code is the program's own, whatever its file name says. */
static bool
is_executed_by_recorded(const start *at, const xo_thread_state *thread)
{
    PyCodeObject *code = at->code->code;
    if (PyUnicode_GET_LENGTH(code->co_filename) == 0 || PyUnicode_READ_CHAR(code->co_filename, 0) != '<'
        || PyUnicode_CompareWithASCIIString(code->co_name, "<module>") != 0) {
        return false;
    }
    const xo_shadow *top = xo_top(thread);
    return top != NULL && top->iframe == xo_iframe_caller(at->iframe);
}

static bool
records(const start *at, xo_thread_state *thread)
{
    if (xo_has_ended(thread->recorder)) {
        return false;
    }
    const xo_code_use *use = use_in(thread->recorder, at->code);
    if (use != NULL && !use->recorded && is_executed_by_recorded(at, thread)) {
        use = xo_code_give(thread->recorder, at->code->code, NULL) < 0 ? NULL : use_in(thread->recorder, at->code);
        PyErr_Clear();
    }
    return use != NULL && use->recorded;
}

/* Recorded code runs on behalf of a callback: what it binds will not be written. */
static void
note_unseen(const start *at, xo_recorder *recorder)
{
    xo_suspended *known = at->resumed ? xo_map_get(&recorder->suspended, at->iframe) : NULL;
    if (known != NULL) {
        known->variables_chunk = 0; /* all of them are written when it is resumed again */
    }
    if (recorder->record_state) {
        recorder->unseen = true;
        xo_touch_globals(at->iframe->f_globals);
    }
}

static int
deliver(const start *at, xo_thread_state *thread)
{
    if (thread->suspended > 0) {
        note_unseen(at, thread->recorder);
        return 0;
    }
    return at->resumed ? xo_on_resume(thread->recorder, thread, at->iframe, at->code)
                       : xo_on_start(thread->recorder, thread, at->iframe, at->code);
}

/* ---- code that runs outside of the exec() it was given to ---- */

static bool
may_visit(const start *at, const xo_code_use *use)
{
    if (!use->given || !use->recorder->scoped) {
        return false;
    }
    const xo_thread_state *thread = at->strand->inner;
    while (thread != NULL && thread->recorder != use->recorder) {
        thread = thread->outer;
    }
    return thread == NULL || thread->is_guest;
}

/* Lets those recordings into the strand that hear of the frame; when several were given the code, those that run it
 * with the frame's globals. */
static void
invite(const start *at)
{
    bool by_globals = false;
    for (const xo_code_use *use = at->code->uses; use != NULL; use = use->next) {
        by_globals = by_globals || (may_visit(at, use) && use->recorder->globals == at->iframe->f_globals);
    }
    for (xo_thread_state *thread = at->strand->inner; thread != NULL; thread = thread->outer) {
        thread->is_invited = false;
    }
    for (const xo_code_use *use = at->code->uses; use != NULL; use = use->next) {
        if (may_visit(at, use) && (!by_globals || use->recorder->globals == at->iframe->f_globals)) {
            xo_thread_state *thread = xo_enter_strand(use->recorder, at->strand);
            if (thread != NULL) {
                thread->is_guest = thread->is_invited = true;
            }
        }
    }
}

static int
start_in_guests(const start *at)
{
    invite(at);
    for (xo_thread_state *thread = at->strand->inner; thread != NULL; thread = thread->outer) {
        if (thread->is_invited && records(at, thread) && deliver(at, thread) < 0) {
            return -1;
        }
    }
    return 0;
}

/* ---- */

/* The exec() whose frame it is that is resumed, when several may be asked. */
static const xo_recorder *
owner_of(const start *at)
{
    if (!at->resumed || xo_recorders->next == NULL) {
        return NULL;
    }
    for (const xo_code_use *use = at->code->uses; use != NULL; use = use->next) {
        if (use->recorder->scoped && xo_map_get(&use->recorder->suspended, at->iframe) != NULL) {
            return use->recorder;
        }
    }
    return NULL;
}

/* A frame that stands on nothing though its thread has frames may be the first one of a greenlet. */
static xo_strand *
strand_again(xo_strand *strand, const xo_iframe *iframe)
{
    if (xo_current_greenlet != NULL || strand->inner == NULL || strand->inner->written->depth == 0
        || xo_iframe_caller(iframe) != NULL) {
        return strand;
    }
    xo_greenlets_find();
    xo_strand *found = xo_this_strand();
    return found == NULL ? strand : found;
}

int
xo_dispatch_start(xo_strand *strand, xo_iframe *iframe, xo_code *code, bool resumed)
{
    strand = strand_again(strand, iframe);
    start at = {strand, iframe, code, resumed};
    const xo_recorder *owner = owner_of(&at);
    bool is_taken = false;
    for (xo_thread_state *thread = strand->inner; thread != NULL; thread = thread->outer) {
        bool scoped = thread->recorder->scoped;
        if (thread->is_guest || (scoped && (is_taken || (owner != NULL && owner != thread->recorder)))
            || !records(&at, thread)) {
            continue;
        }
        is_taken = is_taken || scoped;
        if (deliver(&at, thread) < 0) {
            return -1;
        }
    }
    return is_taken || code->uses == NULL ? 0 : start_in_guests(&at);
}
