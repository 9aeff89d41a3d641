#include "chunk_index.h"

#include "buffer.h"

#include <stdlib.h>

bool
xo_marks_grow(void **items, size_t *capacity, size_t item_bytes)
{
    /* Marks refer to each other by 32-bit indexes. */
    if (*capacity >= UINT32_MAX / 2) {
        return false;
    }
    void *grown = *items;
    if (!xo_array_reserve(&grown, capacity, *capacity == 0 ? 64 : *capacity + 1, item_bytes)) {
        return false;
    }
    *items = grown;
    return true;
}

void
xo_chunk_index_free(xo_chunk_index *index)
{
    if (index == NULL) {
        return;
    }
    free(index->steps.items);
    free(index->nodes.items);
    free(index->frames.items);
    free(index->binds.items);
    free(index->objects.items);
    free(index->switches.items);
    free(index->results.items);
    free(index->outputs.items);
    xo_number_map_free(&index->frame_by_number);
    xo_number_map_free(&index->object_by_number);
    xo_number_map_free(&index->top_by_thread);
    free(index);
}

xo_status
xo_chunk_index_add_frame(xo_chunk_index *index, uint64_t number, uint32_t code, uint32_t *out)
{
    if (!xo_marks_room(&index->frames)
        || !xo_number_map_put(&index->frame_by_number, number, index->frames.count)) {
        return XO_NO_MEMORY;
    }
    *out = (uint32_t)index->frames.count;
    index->frames.items[index->frames.count++] =
        (xo_frame_mark){.number = number, .code = code, .newest_bind = XO_NONE_INDEX};
    return XO_OK;
}

xo_status
xo_chunk_index_push(xo_chunk_index *index, uint32_t frame, int64_t line)
{
    if (!xo_marks_room(&index->nodes)) {
        return XO_NO_MEMORY;
    }
    xo_node node = {.parent = index->top, .frame = frame, .thread = index->thread, .line = (int32_t)line};
    if (index->top != XO_NONE_INDEX) {
        const xo_node *parent = &index->nodes.items[index->top];
        node.depth = parent->depth + 1;
        node.parent_line = parent->line;
    }
    index->top = (uint32_t)index->nodes.count;
    index->nodes.items[index->nodes.count++] = node;
    return XO_OK;
}

static xo_status
leave_thread(xo_chunk_index *index)
{
    if (index->thread == 0) {
        return XO_OK;
    }
    if (!xo_marks_room(&index->switches)
        || !xo_number_map_put(&index->top_by_thread, index->thread, (uint64_t)index->top + 1)) {
        return XO_NO_MEMORY;
    }
    index->switches.items[index->switches.count++] = (xo_switch_mark){
        .steps = index->steps.count,
        .thread = index->thread,
        .node = index->top,
        .line = index->top == XO_NONE_INDEX ? 0 : index->nodes.items[index->top].line,
    };
    return XO_OK;
}

xo_status
xo_chunk_index_switch(xo_chunk_index *index, uint64_t thread)
{
    if (thread == 0 || thread > UINT32_MAX) {
        return XO_CORRUPT;
    }
    xo_status status = leave_thread(index);
    if (status != XO_OK) {
        return status;
    }
    const uint64_t *top = xo_number_map_get(&index->top_by_thread, thread);
    index->thread = (uint32_t)thread;
    index->top = top == NULL ? XO_NONE_INDEX : (uint32_t)(*top - 1);
    return XO_OK;
}

static xo_status
add_step(xo_chunk_index *index, const uint8_t *end, xo_step_kind kind)
{
    if (index->top == XO_NONE_INDEX) {
        return XO_CORRUPT;
    }
    if (!xo_marks_room(&index->steps)) {
        return XO_NO_MEMORY;
    }
    index->steps.items[index->steps.count++] = (xo_step_mark){
        .end_and_kind = (uint64_t)(end - index->log) << 3 | kind,
        .node = index->top,
        .line = index->nodes.items[index->top].line,
    };
    return XO_OK;
}

static xo_status
add_line_step(xo_chunk_index *index, const uint8_t *end, int64_t delta)
{
    if (index->top == XO_NONE_INDEX || delta > (int64_t)UINT32_MAX || delta < -(int64_t)UINT32_MAX) {
        return XO_CORRUPT;
    }
    xo_node *node = &index->nodes.items[index->top];
    int64_t line = node->line + delta;
    if (line > INT32_MAX || line < INT32_MIN) {
        return XO_CORRUPT;
    }
    node->line = (int32_t)line;
    return add_step(index, end, XO_STEP_LINE);
}

static xo_status
add_bind_of(xo_chunk_index *index, uint32_t frame, uint32_t slot, const uint8_t *at)
{
    if (!xo_marks_room(&index->binds)) {
        return XO_NO_MEMORY;
    }
    xo_frame_mark *mark = &index->frames.items[frame];
    index->binds.items[index->binds.count] =
        (xo_bind_mark){.offset = (uint64_t)(at - index->log), .slot = slot, .previous = mark->newest_bind};
    mark->newest_bind = (uint32_t)index->binds.count++;
    return XO_OK;
}

static xo_status
add_bind(xo_chunk_index *index, uint32_t slot, const uint8_t *at)
{
    if (index->top == XO_NONE_INDEX) {
        return XO_CORRUPT;
    }
    return add_bind_of(index, index->nodes.items[index->top].frame, slot, at);
}

static xo_status
add_packed_line(xo_chunk_index *index, const xo_packed_line *line)
{
    const uint8_t *at = line->binds;
    for (uint64_t i = 0; i < line->bind_count; i++) {
        uint64_t slot;
        (void)xo_varint_read(&at, line->end, &slot);
        xo_status status = add_bind(index, (uint32_t)slot, at);
        if (status != XO_OK) {
            return status;
        }
        (void)xo_value_skip(&at, line->end);
    }
    return add_line_step(index, line->end, line->delta);
}

static xo_status
add_packed_lines(xo_chunk_index *index, const xo_record *record)
{
    const uint8_t *at = record->operands;
    for (uint64_t i = 0; i < record->count; i++) {
        xo_packed_line line;
        xo_status status = xo_packed_line_read(at, record->end, &line);
        if (status != XO_OK || (status = add_packed_line(index, &line)) != XO_OK) {
            return status;
        }
        at = line.end;
    }
    return XO_OK;
}

/* The frame's variables stand in the record at `at`. */
static xo_status
write_frame(xo_chunk_index *index, uint32_t frame, const xo_record *record, const uint8_t *at)
{
    xo_frame_mark *mark = &index->frames.items[frame];
    mark->written = true;
    mark->globals = record->globals;
    mark->locals = record->locals;
    return add_bind_of(index, frame, XO_ALL_SLOTS, at);
}

static xo_status
enter(xo_chunk_index *index, const xo_record *record, const uint8_t *at)
{
    uint32_t frame;
    if (index->thread == 0) {
        return XO_CORRUPT;
    }
    xo_status status = xo_chunk_index_add_frame(index, record->number, record->code, &frame);
    if (status != XO_OK || (status = write_frame(index, frame, record, at)) != XO_OK) {
        return status;
    }
    if (record->number > index->last_frame) {
        index->last_frame = record->number;
    }
    return xo_chunk_index_push(index, frame, record->line);
}

static xo_status
rewrite(xo_chunk_index *index, const xo_record *record, const uint8_t *at)
{
    if (index->top == XO_NONE_INDEX) {
        return XO_CORRUPT;
    }
    xo_node *node = &index->nodes.items[index->top];
    if (index->frames.items[node->frame].number != record->number) {
        return XO_CORRUPT;
    }
    node->line = (int32_t)record->line;
    return write_frame(index, node->frame, record, at);
}

static xo_status
reenter(xo_chunk_index *index, const xo_record *record)
{
    const uint64_t *frame = xo_number_map_get(&index->frame_by_number, record->number);
    if (frame == NULL || index->thread == 0) {
        return XO_CORRUPT;
    }
    return xo_chunk_index_push(index, (uint32_t)*frame, record->line);
}

static xo_status
leave(xo_chunk_index *index)
{
    if (index->top == XO_NONE_INDEX) {
        return XO_CORRUPT;
    }
    index->top = index->nodes.items[index->top].parent;
    return XO_OK;
}

static xo_status
add_object(xo_chunk_index *index, const xo_record *record, const uint8_t *at)
{
    const uint64_t *previous = xo_number_map_get(&index->object_by_number, record->number);
    uint32_t before = previous == NULL ? XO_NONE_INDEX : (uint32_t)*previous;
    if (!xo_marks_room(&index->objects)
        || !xo_number_map_put(&index->object_by_number, record->number, index->objects.count)) {
        return XO_NO_MEMORY;
    }
    index->objects.items[index->objects.count++] =
        (xo_object_mark){.number = record->number, .offset = (uint64_t)(at - index->log), .previous = before};
    if (record->number > index->last_object) {
        index->last_object = record->number;
    }
    return XO_OK;
}

static xo_status
add_output(xo_chunk_index *index, const uint8_t *at)
{
    if (!xo_marks_room(&index->outputs)) {
        return XO_NO_MEMORY;
    }
    index->outputs.items[index->outputs.count++] = (xo_place_mark){index->steps.count, (uint64_t)(at - index->log)};
    return XO_OK;
}

/* A step that may have a result. */
static xo_status
add_resulting(xo_chunk_index *index, const xo_record *record, xo_step_kind kind)
{
    if (index->pending_result != 0) {
        if (!xo_marks_room(&index->results)) {
            return XO_NO_MEMORY;
        }
        index->results.items[index->results.count++] =
            (xo_place_mark){index->steps.count, index->pending_result - 1};
        index->pending_result = 0;
    }
    return add_step(index, record->end, kind);
}

static xo_status
apply(xo_chunk_index *index, const xo_record *record, const uint8_t *at)
{
    if (xo_op_is_object(record->op)) {
        return add_object(index, record, at);
    }
    if (xo_op_is_definition(record->op)) {
        index->last_definition = index->position + (uint64_t)(at - index->log);
        return XO_OK;
    }
    switch (record->op) {
    case XO_OP_LINE_FAR: return add_line_step(index, record->end, record->line);
    case XO_OP_CALL: return add_step(index, record->end, XO_STEP_CALL);
    case XO_OP_RETURN: return add_resulting(index, record, XO_STEP_RETURN);
    case XO_OP_YIELD: return add_resulting(index, record, XO_STEP_YIELD);
    case XO_OP_RESUME: return add_step(index, record->end, XO_STEP_RESUME);
    case XO_OP_EXCEPTION: return add_resulting(index, record, XO_STEP_EXCEPTION);
    case XO_OP_LINES: return add_packed_lines(index, record);
    case XO_OP_THREAD: return xo_chunk_index_switch(index, record->number);
    case XO_OP_ENTER: return enter(index, record, at);
    case XO_OP_FRAME: return rewrite(index, record, at);
    case XO_OP_REENTER: return reenter(index, record);
    case XO_OP_LEAVE: return leave(index);
    case XO_OP_RESULT:
    case XO_OP_RAISED:
        index->pending_result = (uint64_t)(record->operands - index->log) + 1;
        return XO_OK;
    case XO_OP_BIND_FAR: return add_bind(index, (uint32_t)record->number, record->operands);
    case XO_OP_OUTPUT: return add_output(index, at);
    default: return XO_CORRUPT;
    }
}

xo_status
xo_chunk_index_extend(xo_chunk_index *index, const uint8_t *log, uint64_t log_bytes)
{
    const uint8_t *limit = log + log_bytes;
    index->log = log;
    while (index->stopped == XO_OK && index->decoded < log_bytes) {
        const uint8_t *at = log + index->decoded;
        xo_record record;
        xo_status status = xo_record_read(at, limit, &record);
        if (status != XO_OK || (status = apply(index, &record, at)) != XO_OK) {
            index->stopped = status;
            break;
        }
        index->decoded = (uint64_t)(record.end - log);
    }
    return index->stopped;
}
