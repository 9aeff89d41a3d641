/* What the records of a chunk are made of, and in which column each of their fields is: one description for both directions.
 *
 * columns_split.c and columns_join.c include it, each behind what differs between them: where fields come from and where
 * they go, and how those are moved that are written otherwise in columns than in records. So each direction is a program of
 * its own, which never asks which one it is. */
#include "column_moves.h"

#include "record_skip.h"

#include "execorder/value.h"

static inline void
move_bytes(xo_column_mover *mover, xo_column column, uint64_t size)
{
    xo_column_source *from = source_of(mover, column);
    uint8_t *out;
    if ((uint64_t)(from->end - from->at) < size) {
        mover->failed = true;
    } else if (size > 0 && (out = xo_column_take_room(mover, sink_of(mover, column), (size_t)size)) != NULL) {
        memcpy(out, from->at, (size_t)size);
        from->at += size;
    }
}

/* 0 when it fails. */
static inline uint8_t
move_byte(xo_column_mover *mover, xo_column column)
{
    xo_column_source *from = source_of(mover, column);
    xo_column_sink *to = sink_of(mover, column);
    if (from->at == from->end || (to->at == to->end && !xo_column_grow(mover, to, 1))) {
        mover->failed = true;
        return 0;
    }
    uint8_t byte = *from->at++;
    *to->at++ = byte;
    return byte;
}

static uint64_t
move_varint_long(xo_column_mover *mover, xo_column column)
{
    xo_column_source *from = source_of(mover, column);
    const uint8_t *at = from->at;
    uint64_t number;
    if (from->end - at >= 2 && at[1] < 0x80) {
        number = (uint64_t)(at[0] & 0x7f) | (uint64_t)at[1] << 7;
        at += 2;
    } else if (xo_varint_read(&at, from->end, &number) != XO_OK) {
        mover->failed = true;
        return 0;
    }
    move_bytes(mover, column, (uint64_t)(at - from->at));
    return number;
}

/* 0 when it fails. */
static inline uint64_t
move_varint(xo_column_mover *mover, xo_column column)
{
    const xo_column_source *from = source_of(mover, column);
    return from->at < from->end && *from->at < 0x80 ? move_byte(mover, column) : move_varint_long(mover, column);
}

static void
move_slice(xo_column_mover *mover, xo_column column)
{
    move_bytes(mover, column, move_varint(mover, column));
}

static void
move_value(xo_column_mover *mover)
{
    uint8_t tag = move_byte(mover, XO_COLUMN_TAGS);
    if (tag >= 0x80 || tag <= XO_TAG_NOT_IMPLEMENTED) {
        return;
    }
    if (tag == XO_TAG_OBJECT) {
        move_object(mover, XO_COLUMN_HELD);
        return;
    }
    if (tag >= XO_TAG_SHORT_STR && tag < XO_TAG_SHORT_STR + 32) {
        move_bytes(mover, XO_COLUMN_TEXTS, tag - XO_TAG_SHORT_STR);
        return;
    }
    switch (tag) {
    case XO_TAG_INT: move_varint(mover, XO_COLUMN_INTEGERS); break;
    case XO_TAG_FLOAT: move_float(mover); break;
    case XO_TAG_STR_REF:
    case XO_TAG_BYTES_REF: move_text_distance(mover); break;
    case XO_TAG_STR:
    case XO_TAG_BYTES:
    case XO_TAG_BIGINT: move_slice(mover, XO_COLUMN_TEXTS); break;
    case XO_TAG_COMPLEX: move_bytes(mover, XO_COLUMN_FLOATS, 16); break;
    case XO_TAG_STR_GROWN:
        move_text_distance(mover);
        move_slice(mover, XO_COLUMN_TEXTS);
        break;
    default: mover->failed = true;
    }
}

/* Each takes a byte at least, so that a count that lies ends where the bytes do. */
static void
move_values(xo_column_mover *mover, uint64_t count)
{
    for (; count > 0 && !mover->failed; count--) {
        move_value(mover);
    }
}

static void
move_pairs(xo_column_mover *mover, uint64_t count)
{
    for (; count > 0 && !mover->failed; count--) {
        move_values(mover, 2);
    }
}

static void
move_frame(xo_column_mover *mover, uint8_t op)
{
    uint64_t count = 0;
    xo_keep_newest(&mover->newest_frame, move_near(mover, XO_COLUMN_FRAMES, mover->newest_frame + 1));
    for (int fields = op == XO_OP_REENTER ? 2 : 5; fields > 0; fields--) {
        count = move_varint(mover, XO_COLUMN_HEADS);
    }
    move_values(mover, op == XO_OP_REENTER ? 0 : count);
}

static void
move_lines(xo_column_mover *mover)
{
    for (uint64_t lines = move_varint(mover, XO_COLUMN_LINES); lines > 0 && !mover->failed; lines--) {
        move_varint(mover, XO_COLUMN_LINES);
        for (uint64_t binds = move_varint(mover, XO_COLUMN_LINES); binds > 0 && !mover->failed; binds--) {
            move_varint(mover, XO_COLUMN_SLOTS);
            move_value(mover);
        }
    }
}

/* What is rare is moved as it is. */
static void
move_body(xo_column_mover *mover, uint8_t op, xo_status (*skip)(const uint8_t **, const uint8_t *, uint8_t))
{
    const xo_column_source *from = source_of(mover, XO_COLUMN_BODIES);
    const uint8_t *at = from->at;
    if (skip(&at, from->end, op) != XO_OK) {
        mover->failed = true;
        return;
    }
    move_bytes(mover, XO_COLUMN_BODIES, (uint64_t)(at - from->at));
}

static void
move_attributes(xo_column_mover *mover)
{
    uint8_t form = move_byte(mover, XO_COLUMN_SHAPES);
    if (form > XO_ATTRS_BOTH) {
        mover->failed = true;
        return;
    }
    if (form & XO_ATTRS_INLINE) {
        move_pairs(mover, move_varint(mover, XO_COLUMN_SHAPES));
    }
    if (form & XO_ATTRS_DICT) {
        move_object(mover, XO_COLUMN_HELD);
    }
}

static void
move_image(xo_column_mover *mover)
{
    move_varint(mover, XO_COLUMN_SHAPES);
    uint8_t kind = move_byte(mover, XO_COLUMN_SHAPES) & (uint8_t)~XO_IMAGE_NO_NEWS;
    switch (kind) {
    case XO_KIND_LIST:
    case XO_KIND_TUPLE:
    case XO_KIND_SET:
    case XO_KIND_FROZENSET: move_values(mover, move_varint(mover, XO_COLUMN_SHAPES)); break;
    case XO_KIND_DICT: move_pairs(mover, move_varint(mover, XO_COLUMN_SHAPES)); break;
    case XO_KIND_INSTANCE: break;
    case XO_KIND_CELL: move_value(mover); break;
    default: move_body(mover, kind, xo_image_contents_skip);
    }
    move_attributes(mover);
}

static void
move_operands(xo_column_mover *mover, uint8_t op)
{
    switch (op) {
    case XO_OP_IMAGE: move_image(mover); break;
    case XO_OP_LIST_SET:
        move_varint(mover, XO_COLUMN_INDEXES);
        move_value(mover);
        break;
    case XO_OP_LIST_SPLICE:
        move_varint(mover, XO_COLUMN_INDEXES);
        move_varint(mover, XO_COLUMN_INDEXES);
        move_values(mover, move_varint(mover, XO_COLUMN_INDEXES));
        break;
    case XO_OP_LIST_REVERSE:
    case XO_OP_CLEAR:
    case XO_OP_UNKNOWN: break;
    case XO_OP_DICT_SET:
    case XO_OP_ATTR_SET: move_values(mover, 2); break;
    case XO_OP_ATTR_DICT:
    case XO_OP_CLASS_SET:
    case XO_OP_BYTES_SPLICE: move_body(mover, op, xo_change_skip); break;
    default: move_value(mover);
    }
}

/* The distance to an object's record before this one is known when that object is recent. */
static void
move_change(xo_column_mover *mover, uint8_t op)
{
    uint64_t here = position(mover) - 1;
    move_object(mover, XO_COLUMN_CHANGED);
    uint64_t before = mover->marks[0];
    move_near(mover, XO_COLUMN_DISTANCES, before == 0 ? 0 : here - (before - 1));
    mover->marks[0] = here + 1;
    move_operands(mover, op);
}

static inline bool
is_alone(uint8_t op)
{
    return op >= 0x80 || (op >= XO_OP_CALL && op <= XO_OP_EXCEPTION) || op == XO_OP_LEAVE;
}

/* The records that are one byte, as most are, up to the next of another kind. */
static void
move_bytes_alone(xo_column_mover *mover)
{
    xo_column_source *from = source_of(mover, XO_COLUMN_OPS);
    xo_column_sink *to = sink_of(mover, XO_COLUMN_OPS);
    const uint8_t *at = from->at, *end = from->end;
    uint8_t *out = to->at, *limit = to->end;
    while (at < end && is_alone(*at) && out < limit) {
        *out++ = *at++;
    }
    from->at = at;
    to->at = out;
}

static void
move_record(xo_column_mover *mover)
{
    uint8_t op = move_byte(mover, XO_COLUMN_OPS);
    if (is_alone(op)) {
        return;
    }
    if (xo_op_is_object(op)) {
        move_change(mover, op);
    } else if (op == XO_OP_OUTPUT || xo_op_is_definition(op)) {
        move_varint(mover, XO_COLUMN_BODIES);
        move_body(mover, op, xo_chained_skip);
    } else if (op >= XO_OP_BIND && op < XO_OP_BIND + 32) {
        move_value(mover);
    } else {
        switch (op) {
        case XO_OP_LINE_FAR: move_varint(mover, XO_COLUMN_LINES); break;
        case XO_OP_LINES: move_lines(mover); break;
        case XO_OP_THREAD: move_varint(mover, XO_COLUMN_BODIES); break;
        case XO_OP_ENTER:
        case XO_OP_FRAME:
        case XO_OP_REENTER: move_frame(mover, op); break;
        case XO_OP_BIND_FAR: move_varint(mover, XO_COLUMN_SLOTS); /* fall through */
        case XO_OP_RESULT:
        case XO_OP_RAISED: move_value(mover); break;
        default: mover->failed = true;
        }
    }
}

static void
move_records(xo_column_mover *mover)
{
    const xo_column_source *ops = source_of(mover, XO_COLUMN_OPS);
    while (ops->at < ops->end && !mover->failed) {
        move_bytes_alone(mover);
        if (ops->at < ops->end) {
            move_record(mover);
        }
    }
}
