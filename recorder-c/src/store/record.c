#include "record.h"

#include "record_skip.h"

static xo_status
read_object_record(const uint8_t *at, const uint8_t *limit, xo_record *out)
{
    if (xo_varint_read(&at, limit, &out->number) != XO_OK || xo_varint_read(&at, limit, &out->distance) != XO_OK
        || out->number == 0) {
        return XO_CORRUPT;
    }
    out->operands = at;
    if (xo_change_skip(&at, limit, out->op) != XO_OK) {
        return XO_CORRUPT;
    }
    out->end = at;
    return XO_OK;
}

static xo_status
read_line(const uint8_t **at, const uint8_t *limit, int64_t *line)
{
    if (xo_zigzag_read(at, limit, line) != XO_OK || *line < INT32_MIN || *line > INT32_MAX) {
        return XO_CORRUPT;
    }
    return XO_OK;
}

/* All but the values. */
static xo_status
read_frame_head(const uint8_t *at, const uint8_t *limit, xo_record *out)
{
    if (xo_varint_read(&at, limit, &out->number) != XO_OK || xo_varint_read_u32(&at, limit, &out->code) != XO_OK
        || read_line(&at, limit, &out->line) != XO_OK || out->number == 0) {
        return XO_CORRUPT;
    }
    if (out->op != XO_OP_REENTER
        && (xo_varint_read(&at, limit, &out->globals) != XO_OK || xo_varint_read(&at, limit, &out->locals) != XO_OK
            || xo_varint_read(&at, limit, &out->count) != XO_OK)) {
        return XO_CORRUPT;
    }
    out->operands = at;
    return XO_OK;
}

static xo_status
read_frame_record(const uint8_t *at, const uint8_t *limit, xo_record *out)
{
    if (read_frame_head(at, limit, out) != XO_OK) {
        return XO_CORRUPT;
    }
    out->end = out->operands;
    return xo_values_skip(&out->end, limit, out->count);
}

xo_status
xo_frame_head_read(const uint8_t *at, const uint8_t *limit, xo_record *out)
{
    if (at == limit || (*at != XO_OP_ENTER && *at != XO_OP_FRAME)) {
        return XO_CORRUPT;
    }
    *out = (xo_record){.op = *at};
    return read_frame_head(at + 1, limit, out);
}

xo_status
xo_packed_line_read(const uint8_t *at, const uint8_t *limit, xo_packed_line *out)
{
    uint64_t slot;
    if (xo_zigzag_read(&at, limit, &out->delta) != XO_OK || xo_varint_read(&at, limit, &out->bind_count) != XO_OK
        || out->bind_count > (uint64_t)(limit - at)) {
        return XO_CORRUPT;
    }
    out->binds = at;
    for (uint64_t i = 0; i < out->bind_count; i++) {
        if (xo_varint_read(&at, limit, &slot) != XO_OK || slot > INT32_MAX || xo_value_skip(&at, limit) != XO_OK) {
            return XO_CORRUPT;
        }
    }
    out->end = at;
    return XO_OK;
}

static xo_status
read_packed_lines(const uint8_t *at, const uint8_t *limit, xo_record *out)
{
    xo_packed_line line;
    if (xo_varint_read(&at, limit, &out->count) != XO_OK || out->count > (uint64_t)(limit - at)) {
        return XO_CORRUPT;
    }
    out->operands = at;
    for (uint64_t i = 0; i < out->count; i++) {
        if (xo_packed_line_read(at, limit, &line) != XO_OK) {
            return XO_CORRUPT;
        }
        at = line.end;
    }
    out->end = at;
    return XO_OK;
}

static xo_status
read_chained_record(const uint8_t *at, const uint8_t *limit, xo_record *out)
{
    if (xo_varint_read(&at, limit, &out->distance) != XO_OK) {
        return XO_CORRUPT;
    }
    out->operands = at;
    if (xo_chained_skip(&at, limit, out->op) != XO_OK) {
        return XO_CORRUPT;
    }
    out->end = at;
    return XO_OK;
}

static xo_status
read_one_value(const uint8_t *at, const uint8_t *limit, xo_record *out)
{
    out->operands = at;
    if (xo_value_skip(&at, limit) != XO_OK) {
        return XO_CORRUPT;
    }
    out->end = at;
    return XO_OK;
}

/* THREAD and BIND_FAR start with a number, LINE_FAR with a difference. */
static xo_status
read_numbered(const uint8_t *at, const uint8_t *limit, xo_record *out)
{
    if (xo_varint_read(&at, limit, &out->number) != XO_OK || out->number > UINT64_MAX / 4) {
        return XO_CORRUPT;
    }
    if (out->op == XO_OP_BIND_FAR) {
        return out->number > INT32_MAX ? XO_CORRUPT : read_one_value(at, limit, out);
    }
    out->line = xo_unzigzag(out->number);
    out->operands = at;
    out->end = at;
    return XO_OK;
}

xo_status
xo_record_read(const uint8_t *at, const uint8_t *limit, xo_record *out)
{
    if (at == limit) {
        return XO_CORRUPT;
    }
    uint8_t op = *at++;
    *out = (xo_record){.op = op, .operands = at, .end = at};
    if (op >= 0x80) {
        out->op = XO_OP_LINE_FAR;
        out->line = (int64_t)op - 0x80 - 32;
        return XO_OK;
    }
    if (op >= XO_OP_BIND && op < XO_OP_BIND + 32) {
        out->op = XO_OP_BIND_FAR;
        out->number = op - XO_OP_BIND;
        return read_one_value(at, limit, out);
    }
    if (xo_op_is_object(op)) {
        return read_object_record(at, limit, out);
    }
    if (op == XO_OP_OUTPUT || xo_op_is_definition(op)) {
        return read_chained_record(at, limit, out);
    }
    switch (op) {
    case XO_OP_CALL:
    case XO_OP_RETURN:
    case XO_OP_YIELD:
    case XO_OP_RESUME:
    case XO_OP_EXCEPTION:
    case XO_OP_LEAVE: return XO_OK;
    case XO_OP_LINES: return read_packed_lines(at, limit, out);
    case XO_OP_LINE_FAR:
    case XO_OP_THREAD:
    case XO_OP_BIND_FAR: return read_numbered(at, limit, out);
    case XO_OP_ENTER:
    case XO_OP_FRAME:
    case XO_OP_REENTER: return read_frame_record(at, limit, out);
    case XO_OP_RESULT:
    case XO_OP_RAISED: return read_one_value(at, limit, out);
    default: return XO_CORRUPT;
    }
}
