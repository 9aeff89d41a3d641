/* Threads, variables and steps. */
#include "copier.h"

/* The writer keeps a mark for each line of a code: no other line may reach it. */
static bool
holds_line(const xo_code_entry *code, int64_t line)
{
    return line >= code->min_line && (uint64_t)(line - code->min_line) < code->place_count;
}

xo_status
xo_copy_line(xo_copier *copier, int64_t line)
{
    xo_frame *frame = xo_copy_top(copier);
    if (frame == NULL || !holds_line(xo_copy_code(copier, frame->code), line)) {
        return XO_CORRUPT;
    }
    xo_step_line(copier->writer, (int32_t)line);
    return XO_OK;
}

static xo_status
copy_step(xo_copier *copier, uint8_t op)
{
    if (xo_copy_top(copier) == NULL) {
        return XO_CORRUPT;
    }
    xo_step(copier->writer, (xo_op)op);
    return XO_OK;
}

static xo_status
copy_bind(xo_copier *copier, const xo_record *record)
{
    const xo_frame *top = xo_copy_top(copier);
    if (top == NULL || record->number > INT32_MAX) {
        return XO_CORRUPT;
    }
    copier->code = top->code;
    xo_put_bind(copier->writer, (uint32_t)record->number);
    return xo_record_walk(record, xo_copy_part, copier);
}

/* Several steps in one record become records of their own. */
static xo_status
copy_packed_line(xo_copier *copier, const xo_packed_line *line)
{
    const uint8_t *at = line->binds;
    const xo_frame *top = xo_copy_top(copier);
    if (top == NULL) {
        return XO_CORRUPT;
    }
    for (uint64_t i = 0; i < line->bind_count; i++) {
        xo_record bind = {.op = XO_OP_BIND_FAR};
        if (xo_varint_read(&at, line->end, &bind.number) != XO_OK) {
            return XO_CORRUPT;
        }
        bind.operands = at;
        if (xo_value_skip(&at, line->end) != XO_OK) {
            return XO_CORRUPT;
        }
        bind.end = at;
        xo_status status = copy_bind(copier, &bind);
        if (status != XO_OK) {
            return status;
        }
    }
    return xo_copy_line(copier, top->line + line->delta);
}

static xo_status
copy_packed_lines(xo_copier *copier, const xo_record *record)
{
    const uint8_t *at = record->operands;
    xo_status status = XO_OK;
    for (uint64_t i = 0; i < record->count && status == XO_OK; i++) {
        xo_packed_line line;
        if ((status = xo_packed_line_read(at, record->end, &line)) == XO_OK) {
            status = at >= copier->source.at ? copy_packed_line(copier, &line) : XO_OK;
            at = line.end;
        }
    }
    return status;
}

static xo_status
copy_thread(xo_copier *copier, const xo_record *record)
{
    xo_thread *thread = xo_copy_thread(copier, record->number);
    if (thread == NULL) {
        return XO_CORRUPT;
    }
    xo_writer_switch_thread(copier->writer, thread);
    return XO_OK;
}

static xo_status
copy_leave(xo_copier *copier)
{
    if (xo_copy_top(copier) == NULL) { /* a generation begins by leaving all frames */
        return xo_copy_is_at_base(copier) ? XO_OK : XO_CORRUPT;
    }
    xo_leave(copier->writer);
    return XO_OK;
}

xo_status
xo_copy_step_record(xo_copier *copier, const xo_record *record)
{
    switch (record->op) {
    case XO_OP_THREAD: return copy_thread(copier, record);
    case XO_OP_ENTER: return xo_copy_enter(copier, record);
    case XO_OP_FRAME: return xo_copy_frame(copier, record);
    case XO_OP_REENTER: return xo_copy_reenter(copier, record);
    case XO_OP_LEAVE: return copy_leave(copier);
    case XO_OP_BIND_FAR: return copy_bind(copier, record);
    case XO_OP_LINE_FAR:
        return xo_copy_top(copier) == NULL ? XO_CORRUPT : xo_copy_line(copier, xo_copy_top(copier)->line + record->line);
    case XO_OP_LINES: return copy_packed_lines(copier, record);
    case XO_OP_RESULT:
    case XO_OP_RAISED:
        xo_put_op(copier->writer, (xo_op)record->op);
        return xo_record_walk(record, xo_copy_part, copier);
    default: return copy_step(copier, record->op);
    }
}
