/* Values as the log holds them. */
#include "reader_private.h"

static xo_status
read_sized(xo_log_cursor *cursor, xo_value_kind kind, xo_value *out)
{
    xo_slice slice;
    if (xo_slice_read(&cursor->at, cursor->limit, &slice) != XO_OK) {
        return XO_CORRUPT;
    }
    *out = (xo_value){.kind = kind, .bytes = slice.bytes, .size_bytes = slice.size};
    return XO_OK;
}

static xo_status
read_short(xo_log_cursor *cursor, uint64_t size, xo_value *out)
{
    if ((uint64_t)(cursor->limit - cursor->at) < size) {
        return XO_CORRUPT;
    }
    *out = (xo_value){.kind = XO_STR, .bytes = cursor->at, .size_bytes = size};
    cursor->at += size;
    return XO_OK;
}

/* What a reference points at; it is no reference itself. */
static xo_status
read_target(xo_reader *reader, uint64_t position, xo_value_kind kind, xo_value *out)
{
    xo_log_cursor target;
    xo_status status = xo_log_seek(reader, position, &target);
    if (status != XO_OK) {
        return status;
    }
    uint8_t tag = *target.at++;
    if (kind == XO_BYTES) {
        return tag == XO_TAG_BYTES ? read_sized(&target, XO_BYTES, out) : XO_CORRUPT;
    }
    if (tag >= XO_TAG_SHORT_STR && tag < XO_TAG_SHORT_STR + 32) {
        return read_short(&target, tag - XO_TAG_SHORT_STR, out);
    }
    if (tag == XO_TAG_STR_GROWN) {
        return xo_grown_text_read(reader, position, out);
    }
    return tag == XO_TAG_STR ? read_sized(&target, XO_STR, out) : XO_CORRUPT;
}

static xo_status
read_reference(xo_reader *reader, xo_log_cursor *cursor, xo_value_kind kind, xo_value *out)
{
    uint64_t here = xo_log_here(cursor) - 1;
    uint64_t distance;
    if (xo_varint_read(&cursor->at, cursor->limit, &distance) != XO_OK || distance == 0 || distance >= here) {
        return XO_CORRUPT;
    }
    return read_target(reader, here - distance, kind, out);
}

static xo_status
read_grown(xo_reader *reader, xo_log_cursor *cursor, xo_value *out)
{
    uint64_t here = xo_log_here(cursor) - 1;
    uint64_t distance;
    xo_slice piece;
    if (xo_varint_read(&cursor->at, cursor->limit, &distance) != XO_OK
        || xo_slice_read(&cursor->at, cursor->limit, &piece) != XO_OK) {
        return XO_CORRUPT;
    }
    return xo_grown_text_read(reader, here, out);
}

static xo_status
read_doubles(xo_log_cursor *cursor, xo_value_kind kind, xo_value *out)
{
    ptrdiff_t size = kind == XO_COMPLEX ? 16 : 8;
    if (cursor->limit - cursor->at < size) {
        return XO_CORRUPT;
    }
    *out = (xo_value){.kind = kind};
    out->real = xo_load_double(cursor->at);
    out->imaginary = kind == XO_COMPLEX ? xo_load_double(cursor->at + 8) : 0;
    cursor->at += size;
    return XO_OK;
}

static xo_status
read_integer(xo_log_cursor *cursor, xo_value *out)
{
    *out = (xo_value){.kind = XO_INT};
    return xo_zigzag_read(&cursor->at, cursor->limit, &out->integer);
}

static xo_status
read_object(xo_log_cursor *cursor, xo_value *out)
{
    *out = (xo_value){.kind = XO_OBJECT};
    if (xo_varint_read(&cursor->at, cursor->limit, &out->object) != XO_OK) {
        return XO_CORRUPT;
    }
    return out->object == 0 ? XO_CORRUPT : XO_OK;
}

xo_status
xo_value_read(xo_reader *reader, xo_log_cursor *cursor, xo_value *out)
{
    if (cursor->at >= cursor->limit) {
        return XO_CORRUPT;
    }
    uint8_t tag = *cursor->at++;
    if (tag >= 0x80) {
        *out = (xo_value){.kind = XO_INT, .integer = (int64_t)tag - XO_TAG_SMALL_INT};
        return XO_OK;
    }
    if (tag >= XO_TAG_SHORT_STR && tag < XO_TAG_SHORT_STR + 32) {
        return read_short(cursor, tag - XO_TAG_SHORT_STR, out);
    }
    switch (tag) {
    case XO_TAG_UNBOUND: *out = (xo_value){.kind = XO_UNBOUND}; return XO_OK;
    case XO_TAG_NONE: *out = (xo_value){.kind = XO_NONE}; return XO_OK;
    case XO_TAG_FALSE: *out = (xo_value){.kind = XO_FALSE}; return XO_OK;
    case XO_TAG_TRUE: *out = (xo_value){.kind = XO_TRUE}; return XO_OK;
    case XO_TAG_ELLIPSIS: *out = (xo_value){.kind = XO_ELLIPSIS}; return XO_OK;
    case XO_TAG_NOT_IMPLEMENTED: *out = (xo_value){.kind = XO_NOT_IMPLEMENTED}; return XO_OK;
    case XO_TAG_INT: return read_integer(cursor, out);
    case XO_TAG_BIGINT: return read_sized(cursor, XO_BIGINT, out);
    case XO_TAG_FLOAT: return read_doubles(cursor, XO_FLOAT, out);
    case XO_TAG_COMPLEX: return read_doubles(cursor, XO_COMPLEX, out);
    case XO_TAG_STR: return read_sized(cursor, XO_STR, out);
    case XO_TAG_BYTES: return read_sized(cursor, XO_BYTES, out);
    case XO_TAG_STR_REF: return read_reference(reader, cursor, XO_STR, out);
    case XO_TAG_BYTES_REF: return read_reference(reader, cursor, XO_BYTES, out);
    case XO_TAG_OBJECT: return read_object(cursor, out);
    case XO_TAG_STR_GROWN: return read_grown(reader, cursor, out);
    default: return XO_CORRUPT;
    }
}

xo_status
xo_value_read_at(xo_reader *reader, const xo_chunk_index *index, uint64_t offset, xo_value *out)
{
    xo_log_cursor cursor = {
        .at = index->log + offset,
        .limit = index->log + index->decoded,
        .log = index->log,
        .position = index->position,
    };
    return xo_value_read(reader, &cursor, out);
}
