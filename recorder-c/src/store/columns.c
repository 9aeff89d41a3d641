#include "column_moves.h"

#include "record_skip.h"

#include "execorder/value.h"

static uint64_t
zigzag(uint64_t difference)
{
    return difference << 1 ^ (uint64_t)-(int64_t)(difference >> 63);
}

/* How many bytes of the records are behind us. */
static uint64_t
position(const xo_column_mover *mover)
{
    const xo_column_sink *out = &mover->sinks[XO_RECORDS];
    return (uint64_t)(mover->joining ? out->at - out->bytes : mover->sources[XO_RECORDS].at - mover->start);
}

/* A number that is in the column as what it is more than `expected`. */
static uint64_t
move_near(xo_column_mover *mover, xo_column column, uint64_t expected)
{
    uint64_t number = xo_column_take(mover, mover->from[column]);
    if (mover->joining) {
        number = expected + (uint64_t)xo_unzigzag(number);
        xo_column_put(mover, &mover->sinks[XO_RECORDS], number);
    } else {
        xo_column_put(mover, &mover->sinks[column], zigzag(number - expected));
    }
    return number;
}

static void
keep_newest(uint64_t *newest, uint64_t number)
{
    if ((int64_t)(number - *newest) > 0) {
        *newest = number;
    }
}

/* An object's number. It is the latest of the recent ones then. */
static void
move_object(xo_column_mover *mover, xo_column column)
{
    uint64_t number = 0;
    if (!mover->joining) {
        xo_column_source ahead = mover->sources[XO_RECORDS];
        number = xo_column_take(mover, &ahead);
    }
    unsigned index = xo_move_recent(mover, &mover->objects, column, &number);
    if (index == XO_RECENT) {
        number = move_near(mover, XO_COLUMN_OBJECTS, mover->newest_object);
        keep_newest(&mover->newest_object, number);
    } else if (mover->joining) {
        xo_column_put(mover, &mover->sinks[XO_RECORDS], number);
    } else {
        xo_column_take(mover, &mover->sources[XO_RECORDS]);
    }
    xo_recents_promote(&mover->objects, index, number);
}

static void
move_float(xo_column_mover *mover)
{
    xo_column_source *from = &mover->sources[XO_RECORDS];
    uint64_t bits = 0;
    if (!mover->joining) {
        if (from->end - from->at < 8) {
            mover->failed = true;
            return;
        }
        bits = xo_load_u64(from->at);
    }
    unsigned index = xo_move_recent(mover, &mover->floats, XO_COLUMN_SAME_FLOATS, &bits);
    if (index == XO_RECENT) {
        xo_move_bytes(mover, XO_COLUMN_FLOATS, 8);
        bits = mover->failed ? 0 : xo_load_u64(mover->joining ? mover->from[XO_COLUMN_FLOATS]->at - 8 : from->at - 8);
    } else if (mover->joining) {
        uint8_t *out = xo_column_take_room(mover, &mover->sinks[XO_RECORDS], 8);
        if (out != NULL) {
            xo_store_u64(out, bits);
        }
    } else {
        from->at += 8;
    }
    xo_recents_promote(&mover->floats, index, bits);
}

/* The distance to where a text stands, from the tag just before: which text that is, tells more. */
static void
move_text_distance(xo_column_mover *mover)
{
    uint64_t here = position(mover) - 1, place = 0;
    if (!mover->joining) {
        xo_column_source ahead = mover->sources[XO_RECORDS];
        place = here - xo_column_take(mover, &ahead);
    }
    unsigned index = xo_move_recent(mover, &mover->texts, XO_COLUMN_SAME_TEXTS, &place);
    if (index == XO_RECENT) {
        place = here - xo_move_varint(mover, XO_COLUMN_TEXT_DISTANCES);
    } else if (mover->joining) {
        xo_column_put(mover, &mover->sinks[XO_RECORDS], here - place);
    } else {
        xo_column_take(mover, &mover->sources[XO_RECORDS]);
    }
    xo_recents_promote(&mover->texts, index, place);
}

static void
move_slice(xo_column_mover *mover, xo_column column)
{
    xo_move_bytes(mover, column, xo_move_varint(mover, column));
}

static void
move_value(xo_column_mover *mover)
{
    uint8_t tag = xo_move_byte(mover, XO_COLUMN_TAGS);
    if (tag >= 0x80 || tag <= XO_TAG_NOT_IMPLEMENTED) {
        return;
    }
    if (tag >= XO_TAG_SHORT_STR && tag < XO_TAG_SHORT_STR + 32) {
        xo_move_bytes(mover, XO_COLUMN_TEXTS, tag - XO_TAG_SHORT_STR);
        return;
    }
    switch (tag) {
    case XO_TAG_INT: xo_move_varint(mover, XO_COLUMN_INTEGERS); break;
    case XO_TAG_OBJECT: move_object(mover, XO_COLUMN_HELD); break;
    case XO_TAG_FLOAT: move_float(mover); break;
    case XO_TAG_STR_REF:
    case XO_TAG_BYTES_REF: move_text_distance(mover); break;
    case XO_TAG_STR:
    case XO_TAG_BYTES:
    case XO_TAG_BIGINT: move_slice(mover, XO_COLUMN_TEXTS); break;
    case XO_TAG_COMPLEX: xo_move_bytes(mover, XO_COLUMN_FLOATS, 16); break;
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
    keep_newest(&mover->newest_frame, move_near(mover, XO_COLUMN_FRAMES, mover->newest_frame + 1));
    for (int fields = op == XO_OP_REENTER ? 2 : 5; fields > 0; fields--) {
        count = xo_move_varint(mover, XO_COLUMN_HEADS);
    }
    move_values(mover, op == XO_OP_REENTER ? 0 : count);
}

static void
move_lines(xo_column_mover *mover)
{
    for (uint64_t lines = xo_move_varint(mover, XO_COLUMN_LINES); lines > 0 && !mover->failed; lines--) {
        xo_move_varint(mover, XO_COLUMN_LINES);
        for (uint64_t binds = xo_move_varint(mover, XO_COLUMN_LINES); binds > 0 && !mover->failed; binds--) {
            xo_move_varint(mover, XO_COLUMN_SLOTS);
            move_value(mover);
        }
    }
}

/* What is rare is moved as it is. */
static void
move_body(xo_column_mover *mover, uint8_t op, xo_status (*skip)(const uint8_t **, const uint8_t *, uint8_t))
{
    const xo_column_source *from = mover->from[XO_COLUMN_BODIES];
    const uint8_t *at = from->at;
    if (skip(&at, from->end, op) != XO_OK) {
        mover->failed = true;
        return;
    }
    xo_move_bytes(mover, XO_COLUMN_BODIES, (uint64_t)(at - from->at));
}

static void
move_attributes(xo_column_mover *mover)
{
    uint8_t form = xo_move_byte(mover, XO_COLUMN_SHAPES);
    if (form > XO_ATTRS_BOTH) {
        mover->failed = true;
        return;
    }
    if (form & XO_ATTRS_INLINE) {
        move_pairs(mover, xo_move_varint(mover, XO_COLUMN_SHAPES));
    }
    if (form & XO_ATTRS_DICT) {
        move_object(mover, XO_COLUMN_HELD);
    }
}

static void
move_image(xo_column_mover *mover)
{
    xo_move_varint(mover, XO_COLUMN_SHAPES);
    uint8_t kind = xo_move_byte(mover, XO_COLUMN_SHAPES) & (uint8_t)~XO_IMAGE_NO_NEWS;
    switch (kind) {
    case XO_KIND_LIST:
    case XO_KIND_TUPLE:
    case XO_KIND_SET:
    case XO_KIND_FROZENSET: move_values(mover, xo_move_varint(mover, XO_COLUMN_SHAPES)); break;
    case XO_KIND_DICT: move_pairs(mover, xo_move_varint(mover, XO_COLUMN_SHAPES)); break;
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
        xo_move_varint(mover, XO_COLUMN_INDEXES);
        move_value(mover);
        break;
    case XO_OP_LIST_SPLICE:
        xo_move_varint(mover, XO_COLUMN_INDEXES);
        xo_move_varint(mover, XO_COLUMN_INDEXES);
        move_values(mover, xo_move_varint(mover, XO_COLUMN_INDEXES));
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
    uint64_t before = mover->objects.items[0].mark;
    move_near(mover, XO_COLUMN_DISTANCES, before == 0 ? 0 : here - (before - 1));
    mover->objects.items[0].mark = here + 1;
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
    xo_column_source *from = mover->from[XO_COLUMN_OPS];
    xo_column_sink *to = mover->to[XO_COLUMN_OPS];
    while (from->at < from->end && is_alone(*from->at) && to->at < to->end) {
        *to->at++ = *from->at++;
    }
}

static void
move_record(xo_column_mover *mover)
{
    uint8_t op = xo_move_byte(mover, XO_COLUMN_OPS);
    if (is_alone(op)) {
        return;
    }
    if (xo_op_is_object(op)) {
        move_change(mover, op);
    } else if (op == XO_OP_OUTPUT || xo_op_is_definition(op)) {
        xo_move_varint(mover, XO_COLUMN_BODIES);
        move_body(mover, op, xo_chained_skip);
    } else if (op >= XO_OP_BIND && op < XO_OP_BIND + 32) {
        move_value(mover);
    } else {
        switch (op) {
        case XO_OP_LINE_FAR: xo_move_varint(mover, XO_COLUMN_LINES); break;
        case XO_OP_LINES: move_lines(mover); break;
        case XO_OP_THREAD: xo_move_varint(mover, XO_COLUMN_BODIES); break;
        case XO_OP_ENTER:
        case XO_OP_FRAME:
        case XO_OP_REENTER: move_frame(mover, op); break;
        case XO_OP_BIND_FAR: xo_move_varint(mover, XO_COLUMN_SLOTS); /* fall through */
        case XO_OP_RESULT:
        case XO_OP_RAISED: move_value(mover); break;
        default: mover->failed = true;
        }
    }
}

static void
move_records(xo_column_mover *mover)
{
    const xo_column_source *ops = mover->from[XO_COLUMN_OPS];
    while (ops->at < ops->end && !mover->failed) {
        move_bytes_alone(mover);
        if (ops->at < ops->end) {
            move_record(mover);
        }
    }
}

xo_status
xo_columns_split(const uint8_t *bytes, size_t size, size_t table_bytes, xo_buffer columns[XO_COLUMNS])
{
    xo_column_mover mover = {.start = bytes};
    xo_column_source *from = &mover.sources[XO_RECORDS];
    *from = (xo_column_source){bytes, bytes + size};
    for (int i = 0; i < XO_COLUMNS; i++) {
        uint8_t *room = columns[i].bytes;
        if (room != NULL) {
            mover.sinks[i] = (xo_column_sink){room, room, room + columns[i].capacity};
        }
        mover.from[i] = from;
        mover.to[i] = &mover.sinks[i];
    }
    xo_move_bytes(&mover, XO_COLUMN_TABLE, table_bytes);
    move_records(&mover);
    for (int i = 0; i < XO_COLUMNS; i++) {
        const xo_column_sink *sink = &mover.sinks[i];
        columns[i] = (xo_buffer){sink->bytes, (size_t)(sink->at - sink->bytes), (size_t)(sink->end - sink->bytes), false};
    }
    return !mover.failed ? XO_OK : mover.no_memory ? XO_NO_MEMORY : XO_CORRUPT;
}

xo_status
xo_columns_join(const xo_slice columns[XO_COLUMNS], uint8_t *out, size_t size)
{
    xo_column_mover mover = {.joining = true, .sinks[XO_RECORDS] = {out, out, out + size}};
    for (int i = 1; i < XO_COLUMNS; i++) {
        if (columns[i].size > 0) {
            mover.sources[i] = (xo_column_source){columns[i].bytes, columns[i].bytes + columns[i].size};
        }
        mover.from[i] = &mover.sources[i];
        mover.to[i] = &mover.sinks[XO_RECORDS];
    }
    xo_move_bytes(&mover, XO_COLUMN_TABLE, columns[XO_COLUMN_TABLE].size);
    move_records(&mover);
    for (int i = 1; i < XO_COLUMNS; i++) {
        mover.failed = mover.failed || mover.sources[i].at < mover.sources[i].end;
    }
    return mover.failed || mover.sinks[XO_RECORDS].at < out + size ? XO_CORRUPT : XO_OK;
}
