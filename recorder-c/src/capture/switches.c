/* The next step is another thread's: what the line that was cut off there has bound so far is written before. */
#include "capture.h"

static xo_thread_state *
thread_of(const xo_recorder *recorder, const xo_thread *written)
{
    xo_thread_state *thread = recorder->threads;
    while (thread != NULL && thread->written != written) {
        thread = thread->next;
    }
    return thread;
}

bool
xo_is_running(const xo_strand *strand, const xo_shadow *shadow)
{
    const xo_iframe *iframe = xo_is_alive(strand) ? xo_current_iframe(strand->python) : NULL;
    while (iframe != NULL && iframe != shadow->iframe) {
        iframe = xo_iframe_caller(iframe);
    }
    return iframe != NULL && xo_iframe_code(iframe) == shadow->code->code;
}

void
xo_switch_from_another(xo_recorder *recorder, const xo_thread_state *thread)
{
    xo_writer *writer = recorder->writer;
    xo_thread_state *cut = writer->thread == NULL ? NULL : thread_of(recorder, writer->thread);
    if (cut != NULL && cut->written->depth > 0 && xo_is_running(cut->strand, xo_top(cut))) {
        bool hit = recorder->watch_hit;
        xo_flush_line(recorder, cut, true);
        recorder->watch_hit = hit; /* the thread itself stops at what it changed, when it goes on */
    }
    xo_writer_switch_thread(writer, thread->written);
}
