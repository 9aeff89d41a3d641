/* The frames that are running when recording begins, in all threads: put on the recorded stacks, and watched from here on. */
#include "capture.h"
#include "monitoring.h"

#include <stdlib.h>

typedef struct {
    xo_iframe *iframe; /* borrowed */
    xo_code *code;
} running_frame;

static bool
is_recorded(xo_recorder *recorder, xo_iframe *iframe, xo_code **code)
{
    if (xo_iframe_is_idle(iframe)) {
        return false;
    }
    *code = xo_code_of(xo_iframe_code(iframe));
    const xo_code_use *use = *code == NULL ? NULL : xo_code_use_in(recorder, *code);
    if (use == NULL) { /* a failure of ours never reaches the program */
        PyErr_Clear();
        return false;
    }
    return use->recorded;
}

/* From 3.12 on, code that runs already has no events of its own yet. */
static bool
watch(xo_code *code)
{
#if XO_HAS_MONITORING
    return xo_instrument(code) == 0;
#else
    (void)code;
    return true;
#endif
}

static xo_iframe *
caller_of(const xo_iframe *iframe)
{
    return (xo_iframe *)xo_iframe_caller(iframe);
}

static size_t
count_frames(xo_iframe *iframe)
{
    size_t count = 0;
    for (; iframe != NULL; iframe = caller_of(iframe)) {
        count++;
    }
    return count;
}

/* Innermost first, as the interpreter links them. */
static size_t
collect(xo_recorder *recorder, xo_iframe *iframe, running_frame *into)
{
    size_t count = 0;
    for (; iframe != NULL; iframe = caller_of(iframe)) {
        xo_code *code;
        if (is_recorded(recorder, iframe, &code)) {
            into[count++] = (running_frame){iframe, code};
        }
    }
    return count;
}

static void
adopt_thread(xo_recorder *recorder, PyThreadState *python)
{
    xo_iframe *innermost = xo_current_iframe(python);
    running_frame *frames = calloc(count_frames(innermost) + 1, sizeof *frames);
    if (frames == NULL) {
        recorder->writer->failure = XO_NO_MEMORY;
        return;
    }
    size_t count = collect(recorder, innermost, frames);
    xo_strand *strand = count == 0 ? NULL : xo_find_strand(python);
    xo_thread_state *thread = strand == NULL ? NULL : xo_enter_strand(recorder, strand);
    bool good = thread != NULL;
    while (good && count > 0) {
        const running_frame *frame = &frames[--count];
        good = watch(frame->code) && !xo_has_ended(recorder)
               && xo_push_running(recorder, thread, frame->iframe, frame->code);
    }
    free(frames);
}

/* With greenlets, only this thread's current one can be told apart. */
void
xo_adopt_running(xo_recorder *recorder)
{
    PyThreadState *current = PyThreadState_Get();
    PyThreadState *each = PyInterpreterState_ThreadHead(current->interp);
    for (; each != NULL && !xo_has_ended(recorder); each = PyThreadState_Next(each)) {
        if (each == current || xo_current_greenlet == NULL) {
            adopt_thread(recorder, each);
        }
    }
    xo_strands_change();
}
