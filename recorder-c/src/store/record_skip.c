/* Passing over values and the bodies of records. */
#include "record_skip.h"

#include "execorder/value.h"

static xo_status
skip_bytes(const uint8_t **at, const uint8_t *limit, uint64_t size)
{
    if ((uint64_t)(limit - *at) < size) {
        return XO_CORRUPT;
    }
    *at += size;
    return XO_OK;
}

xo_status
xo_slice_read(const uint8_t **at, const uint8_t *limit, xo_slice *out)
{
    if (xo_varint_read(at, limit, &out->size) != XO_OK || (uint64_t)(limit - *at) < out->size) {
        return XO_CORRUPT;
    }
    out->bytes = *at;
    *at += out->size;
    return XO_OK;
}

xo_status
xo_value_skip(const uint8_t **at, const uint8_t *limit)
{
    uint64_t number;
    xo_slice slice;
    if (*at == limit) {
        return XO_CORRUPT;
    }
    uint8_t tag = *(*at)++;
    if (tag >= 0x80 || tag <= XO_TAG_NOT_IMPLEMENTED) {
        return XO_OK;
    }
    if (tag >= XO_TAG_SHORT_STR && tag < XO_TAG_SHORT_STR + 32) {
        return skip_bytes(at, limit, tag - XO_TAG_SHORT_STR);
    }
    switch (tag) {
    case XO_TAG_INT:
    case XO_TAG_STR_REF:
    case XO_TAG_BYTES_REF:
    case XO_TAG_OBJECT: return xo_varint_read(at, limit, &number);
    case XO_TAG_BIGINT:
    case XO_TAG_STR:
    case XO_TAG_BYTES: return xo_slice_read(at, limit, &slice);
    case XO_TAG_FLOAT: return skip_bytes(at, limit, 8);
    case XO_TAG_COMPLEX: return skip_bytes(at, limit, 16);
    case XO_TAG_STR_GROWN:
        return xo_varint_read(at, limit, &number) != XO_OK ? XO_CORRUPT : xo_slice_read(at, limit, &slice);
    default: return XO_CORRUPT;
    }
}

xo_status
xo_values_skip(const uint8_t **at, const uint8_t *limit, uint64_t count)
{
    if (count > (uint64_t)(limit - *at)) {
        return XO_CORRUPT;
    }
    for (uint64_t i = 0; i < count; i++) {
        if (xo_value_skip(at, limit) != XO_OK) {
            return XO_CORRUPT;
        }
    }
    return XO_OK;
}

static xo_status
skip_varints(const uint8_t **at, const uint8_t *limit, uint64_t count)
{
    uint64_t number;
    if (count > (uint64_t)(limit - *at)) {
        return XO_CORRUPT;
    }
    for (uint64_t i = 0; i < count; i++) {
        if (xo_varint_read(at, limit, &number) != XO_OK) {
            return XO_CORRUPT;
        }
    }
    return XO_OK;
}

/* varint count, `each` values for every one */
static xo_status
skip_counted(const uint8_t **at, const uint8_t *limit, uint64_t each)
{
    uint64_t count;
    if (xo_varint_read(at, limit, &count) != XO_OK || count > (uint64_t)(limit - *at)) {
        return XO_CORRUPT;
    }
    return xo_values_skip(at, limit, count * each);
}

/* Qualified name and module, for a class the bases, file and line. */
static xo_status
skip_named(const uint8_t **at, const uint8_t *limit, bool is_class)
{
    uint64_t count = 0;
    if (xo_values_skip(at, limit, 2) != XO_OK) {
        return XO_CORRUPT;
    }
    if (is_class && xo_varint_read(at, limit, &count) != XO_OK) {
        return XO_CORRUPT;
    }
    if (count > (uint64_t)(limit - *at)) {
        return XO_CORRUPT;
    }
    return skip_varints(at, limit, count + 2);
}

xo_status
xo_buffer_head_skip(const uint8_t **at, const uint8_t *limit, uint64_t *flags)
{
    uint64_t dimensions;
    xo_slice format;
    if (xo_varint_read(at, limit, flags) != XO_OK || skip_varints(at, limit, 1) != XO_OK
        || xo_slice_read(at, limit, &format) != XO_OK || xo_varint_read(at, limit, &dimensions) != XO_OK
        || dimensions > XO_MAX_DIMENSIONS + 1) {
        return XO_CORRUPT;
    }
    return skip_varints(at, limit, dimensions == 0 ? 0 : 2 * (dimensions - 1) + 1);
}

static xo_status
skip_buffer(const uint8_t **at, const uint8_t *limit)
{
    uint64_t flags;
    xo_slice bytes;
    if (xo_buffer_head_skip(at, limit, &flags) != XO_OK) {
        return XO_CORRUPT;
    }
    if (flags & XO_BUFFER_VIEW) {
        return skip_varints(at, limit, 1);
    }
    return flags & XO_BUFFER_VALUES ? skip_counted(at, limit, 1) : xo_slice_read(at, limit, &bytes);
}

xo_status
xo_image_contents_skip(const uint8_t **at, const uint8_t *limit, uint8_t kind)
{
    switch (kind) {
    case XO_KIND_LIST:
    case XO_KIND_TUPLE:
    case XO_KIND_SET:
    case XO_KIND_FROZENSET: return skip_counted(at, limit, 1);
    case XO_KIND_DICT: return skip_counted(at, limit, 2);
    case XO_KIND_INSTANCE: return XO_OK;
    case XO_KIND_CELL: return xo_value_skip(at, limit);
    case XO_KIND_CLASS: return skip_named(at, limit, true);
    case XO_KIND_OPAQUE: return skip_named(at, limit, false);
    case XO_KIND_BUFFER: return skip_buffer(at, limit);
    default: return XO_CORRUPT;
    }
}

static xo_status
skip_attributes(const uint8_t **at, const uint8_t *limit)
{
    uint64_t number;
    if (*at == limit) {
        return XO_CORRUPT;
    }
    uint8_t form = *(*at)++;
    if (form > XO_ATTRS_BOTH) {
        return XO_CORRUPT;
    }
    if ((form & XO_ATTRS_INLINE) && skip_counted(at, limit, 2) != XO_OK) {
        return XO_CORRUPT;
    }
    return form & XO_ATTRS_DICT ? xo_varint_read(at, limit, &number) : XO_OK;
}

static xo_status
skip_image(const uint8_t **at, const uint8_t *limit)
{
    uint64_t class_number;
    if (xo_varint_read(at, limit, &class_number) != XO_OK || *at == limit) {
        return XO_CORRUPT;
    }
    uint8_t kind = *(*at)++ & (uint8_t)~XO_IMAGE_NO_NEWS;
    if (xo_image_contents_skip(at, limit, kind) != XO_OK) {
        return XO_CORRUPT;
    }
    return skip_attributes(at, limit);
}

xo_status
xo_change_skip(const uint8_t **at, const uint8_t *limit, uint8_t op)
{
    uint64_t number;
    xo_slice bytes;
    switch (op) {
    case XO_OP_IMAGE: return skip_image(at, limit);
    case XO_OP_LIST_SET: return xo_varint_read(at, limit, &number) != XO_OK ? XO_CORRUPT : xo_value_skip(at, limit);
    case XO_OP_LIST_SPLICE:
        return skip_varints(at, limit, 2) != XO_OK ? XO_CORRUPT : skip_counted(at, limit, 1);
    case XO_OP_BYTES_SPLICE:
        return skip_varints(at, limit, 2) != XO_OK ? XO_CORRUPT : xo_slice_read(at, limit, &bytes);
    case XO_OP_LIST_REVERSE:
    case XO_OP_CLEAR:
    case XO_OP_UNKNOWN: return XO_OK;
    case XO_OP_DICT_SET:
    case XO_OP_ATTR_SET: return xo_values_skip(at, limit, 2);
    case XO_OP_ATTR_DICT:
    case XO_OP_CLASS_SET: return xo_varint_read(at, limit, &number);
    default: return xo_value_skip(at, limit);
    }
}

static xo_status
skip_code_definition(const uint8_t **at, const uint8_t *limit)
{
    uint64_t count;
    xo_slice text;
    if (skip_varints(at, limit, 2) != XO_OK || xo_slice_read(at, limit, &text) != XO_OK
        || xo_slice_read(at, limit, &text) != XO_OK || skip_varints(at, limit, 4) != XO_OK
        || xo_varint_read(at, limit, &count) != XO_OK || skip_varints(at, limit, count) != XO_OK
        || xo_varint_read(at, limit, &count) != XO_OK || count > (uint64_t)(limit - *at)) {
        return XO_CORRUPT;
    }
    for (uint64_t i = 0; i < count; i++) {
        if (xo_slice_read(at, limit, &text) != XO_OK || skip_varints(at, limit, 1) != XO_OK) {
            return XO_CORRUPT;
        }
    }
    return XO_OK;
}

xo_status
xo_chained_skip(const uint8_t **at, const uint8_t *limit, uint8_t op)
{
    xo_slice text;
    switch (op) {
    case XO_OP_OUTPUT:
        return skip_bytes(at, limit, 1) != XO_OK ? XO_CORRUPT : xo_slice_read(at, limit, &text);
    case XO_OP_DEFINE_FILE:
        if (skip_varints(at, limit, 1) != XO_OK || xo_slice_read(at, limit, &text) != XO_OK
            || skip_varints(at, limit, 1) != XO_OK) {
            return XO_CORRUPT;
        }
        return xo_slice_read(at, limit, &text);
    case XO_OP_DEFINE_CODE: return skip_code_definition(at, limit);
    case XO_OP_DEFINE_THREAD:
        return skip_varints(at, limit, 2) != XO_OK ? XO_CORRUPT : xo_slice_read(at, limit, &text);
    default:
        return xo_slice_read(at, limit, &text) != XO_OK ? XO_CORRUPT : xo_slice_read(at, limit, &text);
    }
}
