/* Who wrote a slot last. */
#include "reader_private.h"

/* The frame that ran when something was recorded before `step`: that of the step before, or its caller when that step
 * ended a frame. 0: none. */
static xo_status
frame_that_ran(xo_reader *reader, uint64_t previous, uint64_t *frame, bool *itself)
{
    xo_located located;
    xo_status status = xo_locate(reader, previous, &located);
    if (status != XO_OK) {
        return status;
    }
    const xo_chunk_index *index = located.index;
    const xo_node *node = &index->nodes.items[located.mark->node];
    xo_step_kind kind = xo_step_mark_kind(located.mark);
    *itself = kind != XO_STEP_RETURN && kind != XO_STEP_YIELD;
    if (!*itself && node->parent != XO_NONE_INDEX) {
        node = &index->nodes.items[node->parent];
    }
    *frame = index->frames.items[node->frame].number;
    return XO_OK;
}

/* The newest step before `step` of the frame that ran then. */
static xo_status
find_writer(xo_reader *reader, uint64_t step, uint64_t frame, int64_t *writer)
{
    bool itself = false;
    *writer = -1;
    if (step == 0) {
        return XO_OK;
    }
    if (frame == 0) {
        xo_status status = frame_that_ran(reader, step - 1, &frame, &itself);
        if (status != XO_OK) {
            return status;
        }
    }
    if (itself) {
        *writer = (int64_t)step - 1;
        return XO_OK;
    }
    xo_filter filter = {.frame = frame, .max_depth = UINT32_MAX};
    uint64_t found;
    xo_status status = xo_reader_find(reader, (int64_t)step, false, &filter, NULL, &found);
    if (status == XO_OK) {
        *writer = (int64_t)found;
    }
    return status == XO_NOT_FOUND ? XO_OK : status;
}

xo_status
xo_reader_last_write(xo_reader *reader, uint64_t step, const xo_slot *slot, xo_write *out)
{
    xo_located located;
    *out = (xo_write){.writer = -1};
    xo_question_begin(reader);
    xo_status status = xo_locate(reader, step, &located);
    if (status != XO_OK) {
        return status;
    }
    bool is_variable = slot->kind == XO_SLOT_VARIABLE;
    status = is_variable ? xo_last_bind(reader, &located, slot, out) : xo_last_change(reader, &located, slot, out);
    if (status != XO_OK) {
        return status;
    }
    return find_writer(reader, out->step, out->op == XO_OP_BIND ? slot->owner : 0, &out->writer);
}
