/* Writes what the line that a frame has just run may have bound. */
#include "capture.h"
#include "changes.h"
#include "redaction.h"

/* The line's changes of cells and names may have turned the chunk. `once`: the line has one store to the slot. */
static inline void
put_bind(xo_recorder *recorder, xo_shadow *shadow, xo_frame *frame, uint32_t slot, bool once)
{
    xo_put_frame_once(recorder, shadow, frame);
    xo_put_bind(recorder->writer, slot);
    PyObject *value = xo_iframe_slots(shadow->iframe)[slot];
    if (!XO_UNLIKELY(xo_put_if_held(recorder, value, (xo_variable){frame->number, slot}, once))) {
        xo_put_variable(recorder, shadow->code, slot, value);
    }
}

static void
flush_cell(xo_recorder *recorder, xo_shadow *shadow, xo_frame *frame, uint32_t slot, bool once)
{
    PyObject *cell = xo_iframe_slots(shadow->iframe)[slot];
    if (cell == NULL || !PyCell_Check(cell)) {
        return;
    }
    if (xo_find_in(recorder, cell) == NULL) {
        put_bind(recorder, shadow, frame, slot, false);
    }
    XO_EACH_PRECISE(entity, cell) {
        xo_position start = xo_record_begin(xo_owner(entity)->writer, XO_OP_CELL_SET, entity);
        if (!xo_put_if_held_in(entity, PyCell_GET(cell), 0, once)) {
            xo_put_value(xo_owner(entity), PyCell_GET(cell));
        }
        xo_change_end(cell, entity, start);
    }
}

XO_APART static void
flush_shared_store(xo_recorder *recorder, xo_shadow *shadow, xo_frame *frame, const xo_store *store, bool once)
{
    switch ((xo_store_kind)store->kind) {
    case XO_STORE_FAST:
        break;
    case XO_STORE_CELL:
        flush_cell(recorder, shadow, frame, store->index, once);
        break;
    case XO_STORE_NAME:
    case XO_STORE_SUM:
    case XO_STORE_GLOBAL:
        xo_flush_name(shadow, store, once);
        break;
    case XO_STORE_NAMES:
        xo_touch(shadow->iframe->f_locals);
        break;
    case XO_DELETE_NAME:
    case XO_DELETE_GLOBAL:
        xo_flush_deletion(shadow, store);
        break;
    }
}

/* The loop's line was visited once more, and nothing was left to bind. */
static bool
has_ended(const xo_code *code, const xo_store *store, int32_t now)
{
    const xo_loop *loop = store->loop == 0 ? NULL : &code->loops[store->loop - 1];
    return loop != NULL && (now <= loop->from || now >= loop->to);
}

/* A name that an `except` binds is deleted behind its block, as if on the same line. */
static bool
is_still_to_come(const xo_shadow *shadow, const xo_store *store, int32_t now)
{
    return xo_is_deletion(store) && now > shadow->line_offset && now < store->offset;
}

void
xo_flush_stores(xo_recorder *recorder, xo_shadow *shadow, xo_frame *frame, const xo_line *line, bool midway)
{
    recorder->settling = true;
    if (XO_UNLIKELY(recorder->watched_frame_count > 0) && xo_watchpoint_on_frame(recorder, frame->number)) {
        xo_watchpoint_notice(recorder);
    }
    bool loops = line->flags & XO_LINE_LOOPS;
    int32_t now = loops ? INT32_MAX : xo_iframe_offset(shadow->iframe);
    bool once = !(line->flags & XO_LINE_REPEATS);
    int32_t limit = midway ? now : INT32_MAX;
    const xo_store *end = &shadow->code->stores[line->first] + line->count;
    for (const xo_store *store = end - line->count; store < end; store++) {
        bool has_run = loops || !(has_ended(shadow->code, store, now) || is_still_to_come(shadow, store, now));
        if (store->offset > limit || !has_run) {
            continue;
        }
        if (XO_LIKELY(store->kind == XO_STORE_FAST)) {
            put_bind(recorder, shadow, frame, store->index, once); /* also right behind all variables: it tells who wrote */
        } else {
            flush_shared_store(recorder, shadow, frame, store, once);
        }
    }
}

/* Of the current thread's top frame, which an exception leaves: its own variables end with it, those that others share
 * don't. A `finally` may have bound them in its last line, which no event follows. */
void
xo_flush_shared(xo_recorder *recorder, xo_thread_state *thread)
{
    xo_shadow *shadow = &thread->frames[thread->written->depth - 1];
    if (!recorder->record_state || !shadow->on_line) {
        return;
    }
    xo_frame *frame = &thread->written->frames[thread->written->depth - 1];
    const xo_line *line = xo_line_of(shadow, frame);
    for (uint16_t i = 0; i < line->count; i++) {
        flush_shared_store(recorder, shadow, frame, &shadow->code->stores[line->first + i], false);
    }
}
