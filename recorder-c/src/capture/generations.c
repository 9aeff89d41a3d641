/* In a recording of bounded size, from time to time, everything is written anew that the steps to come need: then all
 * that was recorded before can be given up. */
#include "capture.h"

#include <stdlib.h>
#include <string.h>

static void
forget_texts(xo_recorder *recorder)
{
    memset(recorder->texts, 0, XO_TEXT_ENTRIES * sizeof *recorder->texts);
    xo_growing_free(recorder);
    memset(recorder->growing, 0, sizeof recorder->growing);
}

static void
write_all_objects(xo_recorder *recorder)
{
    const xo_pointer_map *map = &xo_entities;
    for (size_t i = 0; map->pairs != NULL && i <= map->mask; i++) {
        PyObject *object = (PyObject *)map->pairs[i].key;
        xo_entity *entity = object == NULL ? NULL : xo_find_in(recorder, object);
        if (entity != NULL && !(entity->user & XO_FRESH)) {
            xo_mark_dirty(object, entity);
        }
    }
    xo_write_all_dirty(recorder);
}

/* How many of the thread's frames, outermost first, still run: others were left without telling us. */
static uint32_t
count_running(const xo_thread_state *thread)
{
    uint32_t depth = thread->written->depth;
    const xo_iframe *iframe = xo_is_alive(thread->strand) ? xo_current_iframe(thread->strand->python) : NULL;
    uint32_t left = depth; /* all below are still to be met */
    uint32_t running = 0;
    for (; iframe != NULL && left > 0; iframe = xo_iframe_caller(iframe)) {
        for (uint32_t at = left; at > 0; at--) {
            if (thread->frames[at - 1].iframe == iframe) {
                running = running == 0 ? at : running;
                left = at - 1;
                break;
            }
        }
    }
    return left == 0 ? running : 0;
}

/* Takes all frames off the stack and enters those that run again, with all their variables. */
static void
reenter(xo_recorder *recorder, xo_thread_state *thread)
{
    uint32_t depth = thread->written->depth;
    uint32_t running = count_running(thread);
    xo_frame *frames = malloc((depth + 1) * sizeof *frames);
    if (frames == NULL) {
        recorder->writer->failure = XO_NO_MEMORY;
        return;
    }
    memcpy(frames, thread->written->frames, depth * sizeof *frames);
    xo_writer_switch_thread(recorder->writer, thread->written);
    for (uint32_t i = 0; i < depth; i++) {
        xo_leave(recorder->writer);
    }
    for (uint32_t i = 0; i < running; i++) {
        xo_put_entered(recorder, &thread->frames[i], &frames[i]);
    }
    free(frames);
}

void
xo_generation_begin(xo_recorder *recorder)
{
    xo_writer *writer = recorder->writer;
    xo_thread *current = writer->thread;
    xo_writer_generation_begin(writer);
    forget_texts(recorder);
    for (xo_thread_state *thread = recorder->threads; thread != NULL && writer->failure == XO_OK; thread = thread->next) {
        if (thread->written->depth > 0) {
            reenter(recorder, thread);
        }
    }
    xo_writer_switch_thread(writer, current);
    write_all_objects(recorder);
    xo_writer_generation_end(writer);
}
