/* Objects and frames whose changes a debugger wants to hear of: it is told at the next line step, and looks in the
 * recording itself whether that was the change that it waits for. */
#include "capture.h"

/* A watched object or frame has changed. */
void
xo_watchpoint_notice(xo_recorder *recorder)
{
    recorder->watch_hit = true;
    recorder->check_at = 0;
}

bool
xo_watchpoint_on_frame(const xo_recorder *recorder, uint64_t number)
{
    for (size_t i = 0; i < recorder->watched_frame_count; i++) {
        if (recorder->watched_frames[i] == number) {
            return true;
        }
    }
    return false;
}

static bool
has_number(const uint64_t *numbers, size_t count, uint64_t wanted)
{
    for (size_t i = 0; i < count; i++) {
        if (numbers[i] == wanted) {
            return true;
        }
    }
    return false;
}

static void
mark_objects(xo_recorder *recorder, const uint64_t *numbers, size_t count)
{
    for (size_t i = 0; xo_entities.pairs != NULL && i <= xo_entities.mask; i++) {
        PyObject *object = (PyObject *)xo_entities.pairs[i].key;
        xo_entity *entity = object == NULL ? NULL : xo_find_in(recorder, object);
        if (entity != NULL) {
            entity->user &= ~(uint32_t)XO_WATCHED;
            entity->user |= has_number(numbers, count, entity->number) ? XO_WATCHED : 0;
        }
    }
}

/* What is in a cell changes without the frame's doing. */
static void
mark_cells(const xo_recorder *recorder, const xo_thread_state *thread, uint32_t level)
{
    const xo_shadow *shadow = &thread->frames[level];
    PyObject **slots = xo_iframe_slots(shadow->iframe);
    for (int i = 0; i < shadow->code->slot_count; i++) {
        xo_entity *entity = slots[i] != NULL && PyCell_Check(slots[i]) ? xo_find_in(recorder, slots[i]) : NULL;
        if (entity != NULL) {
            entity->user |= XO_WATCHED;
        }
    }
}

static void
mark_frames(xo_recorder *recorder)
{
    for (xo_thread_state *thread = recorder->threads; thread != NULL; thread = thread->next) {
        for (uint32_t level = 0; level < thread->written->depth; level++) {
            if (xo_watchpoint_on_frame(recorder, thread->written->frames[level].number)) {
                mark_cells(recorder, thread, level);
            }
        }
    }
}

/* Replaces what is watched; takes over `frames`. */
void
xo_watchpoints_set(xo_recorder *recorder, const uint64_t *objects, size_t object_count, uint64_t *frames,
               size_t frame_count)
{
    PyMem_RawFree(recorder->watched_frames);
    recorder->watched_frames = frames;
    recorder->watched_frame_count = frame_count;
    recorder->watch_hit = false;
    mark_objects(recorder, objects, object_count);
    mark_frames(recorder);
}
