/* The pass over a chunk's records that fills its index. */
#include "chunk_index.h"

static xo_status
add_step(xo_chunk_index *index, const uint8_t *end, xo_step_kind kind)
{
    if (index->top == XO_NONE_INDEX) {
        return XO_CORRUPT;
    }
    if (!xo_marks_room(&index->steps)) {
        return XO_NO_MEMORY;
    }
    index->pending_result = 0;
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
    index->binds.items[index->binds.count] = (xo_bind_mark){
        .offset = (uint64_t)(at - index->log), .slot = slot, .frame = frame, .previous = mark->newest_bind};
    mark->newest_bind = (uint32_t)index->binds.count++;
    if (slot == XO_ALL_SLOTS) {
        mark->newest_all = mark->newest_bind;
    } else {
        mark->bound |= XO_SLOT_BIT(slot);
    }
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
    case XO_OP_CALL: return add_resulting(index, record, XO_STEP_CALL);
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
