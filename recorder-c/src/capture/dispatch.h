/* Which recordings hear of what happens in a frame. */
#ifndef EXECORDER_DISPATCH_H
#define EXECORDER_DISPATCH_H

#include "capture.h"

/* The frame's code when this recording hears of the frame, which may be new to it; else NULL. */
XO_APART xo_code *xo_hears_below(xo_thread_state *thread, const xo_iframe *iframe, PyCodeObject *python_code);

static inline xo_code *
xo_hears(xo_thread_state *thread, const xo_iframe *iframe, PyCodeObject *python_code)
{
    const xo_shadow *top = xo_top(thread);
    if (XO_UNLIKELY(thread->suspended > 0)) {
        return NULL;
    }
    bool is_top = top != NULL && top->iframe == iframe && top->code->code == python_code;
    return XO_LIKELY(is_top) ? top->code : xo_hears_below(thread, iframe, python_code);
}

/* A frame starts, or is resumed. -1 with an exception set when the program must stop here. */
XO_APART int xo_dispatch_start(xo_strand *strand, xo_iframe *iframe, xo_code *code, bool resumed);

/* Whether the only recording there is hears of this frame, which a recorded one has called. */
static inline bool
xo_is_plain_call(const xo_strand *strand, const xo_iframe *iframe, const xo_code *code)
{
    const xo_thread_state *thread = strand->inner;
    const xo_code_use *use = code->uses;
    if (xo_recorders->next != NULL || thread == NULL || thread->suspended > 0 || use == NULL || use->number == 0
        || !use->recorded) {
        return false;
    }
    const xo_shadow *top = xo_top(thread);
    return top != NULL && xo_iframe_caller(iframe) == top->iframe && !thread->is_guest;
}

/* Whether any recording follows this code step by step. */
static inline bool
xo_code_is_recorded(const xo_code *code)
{
    const xo_code_use *use = code->uses;
    while (use != NULL && !use->recorded) {
        use = use->next;
    }
    return use != NULL;
}

/* A failure of ours ends all recordings and never reaches the program. */
XO_RARE void xo_fail_all(void);

#endif
