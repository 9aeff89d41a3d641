/* The program's threads, each with a shadow of its stack of recorded frames. */
#include "capture.h"

#include <stdio.h>
#include <stdlib.h>

static xo_thread_state *
add(xo_recorder *recorder, PyThreadState *python)
{
    xo_thread_state *thread = calloc(1, sizeof *thread);
    if (thread == NULL) {
        return NULL;
    }
    char name[32] = "MainThread";
    if (recorder->threads != NULL) {
        snprintf(name, sizeof name, "Thread-%llu", (unsigned long long)python->id);
    }
    thread->python = python;
    thread->id = python->id;
    thread->written = xo_writer_define_thread(recorder->writer, (uint64_t)python->thread_id, name);
    if (thread->written == NULL) {
        free(thread);
        return NULL;
    }
    thread->next = recorder->threads;
    recorder->threads = thread;
    return thread;
}

/* NULL only when memory has run out, with the writer's failure set. */
xo_thread_state *
xo_this_thread(xo_recorder *recorder)
{
    PyThreadState *python = PyThreadState_Get();
    xo_thread_state *thread = recorder->thread;
    if (thread != NULL && thread->python == python && thread->id == python->id) {
        return thread;
    }
    for (thread = recorder->threads; thread != NULL; thread = thread->next) {
        if (thread->python == python && thread->id == python->id) {
            break;
        }
    }
    if (thread == NULL && (thread = add(recorder, python)) == NULL) {
        recorder->writer->failure = XO_NO_MEMORY;
        return NULL;
    }
    recorder->thread = thread;
    return thread;
}

void
xo_threads_free(xo_recorder *recorder)
{
    while (recorder->threads != NULL) {
        xo_thread_state *thread = recorder->threads;
        recorder->threads = thread->next;
        free(thread->frames);
        free(thread);
    }
    recorder->thread = NULL;
}
