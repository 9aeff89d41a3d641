#include "walk.h"

#include "execorder/value.h"
#include "record_skip.h"

typedef struct {
    const uint8_t *at, *limit;
    xo_part_visit visit;
    void *context;
} pass;

static xo_status
tell(pass *walk, xo_part_role role, uint64_t slot, const uint8_t *end)
{
    xo_part part = {.role = role, .slot = slot, .at = walk->at, .end = end};
    walk->at = end;
    return walk->visit(walk->context, &part);
}

static xo_status
value(pass *walk, xo_part_role role, uint64_t slot)
{
    const uint8_t *end = walk->at;
    return xo_value_skip(&end, walk->limit) != XO_OK ? XO_CORRUPT : tell(walk, role, slot, end);
}

static xo_status
values(pass *walk, xo_part_role role, uint64_t count)
{
    xo_status status = XO_OK;
    for (uint64_t i = 0; i < count && status == XO_OK; i++) {
        status = value(walk, role, i);
    }
    return status;
}

static xo_status
number(pass *walk, xo_part_role role, uint64_t *out)
{
    const uint8_t *end = walk->at;
    return xo_varint_read(&end, walk->limit, out) != XO_OK ? XO_CORRUPT : tell(walk, role, 0, end);
}

static xo_status
numbers(pass *walk, xo_part_role role, uint64_t count)
{
    uint64_t ignored;
    xo_status status = XO_OK;
    for (uint64_t i = 0; i < count && status == XO_OK; i++) {
        status = number(walk, role, &ignored);
    }
    return status;
}

static xo_status
pairs(pass *walk, xo_part_role first)
{
    uint64_t count;
    xo_status status = number(walk, XO_PART_RAW, &count);
    for (uint64_t i = 0; i < count && status == XO_OK; i++) {
        if ((status = value(walk, first, i)) == XO_OK) {
            status = value(walk, XO_PART_MAPPED, i);
        }
    }
    return status;
}

static xo_status
items(pass *walk)
{
    uint64_t count;
    xo_status status = number(walk, XO_PART_RAW, &count);
    return status != XO_OK ? status : values(walk, XO_PART_VALUE, count);
}

/* Qualified name and module, for a class the bases; file and line. */
static xo_status
named(pass *walk, bool is_class)
{
    uint64_t count;
    xo_status status = values(walk, XO_PART_TITLE, 2);
    if (status == XO_OK && is_class && (status = number(walk, XO_PART_RAW, &count)) == XO_OK) {
        status = numbers(walk, XO_PART_OBJECT, count);
    }
    return status != XO_OK ? status : numbers(walk, XO_PART_RAW, 2);
}

static xo_status
memory(pass *walk)
{
    const uint8_t *end = walk->at;
    xo_slice bytes;
    return xo_slice_read(&end, walk->limit, &bytes) != XO_OK ? XO_CORRUPT : tell(walk, XO_PART_MEMORY, 0, end);
}

static xo_status
buffer(pass *walk)
{
    const uint8_t *end = walk->at;
    uint64_t flags, ignored;
    xo_status status = xo_buffer_head_skip(&end, walk->limit, &flags);
    if (status != XO_OK || (status = tell(walk, XO_PART_RAW, 0, end)) != XO_OK) {
        return status;
    }
    if (flags & XO_BUFFER_VIEW) {
        return number(walk, XO_PART_OBJECT, &ignored);
    }
    return flags & XO_BUFFER_VALUES ? items(walk) : memory(walk);
}

static xo_status
attributes(pass *walk)
{
    uint8_t form = *walk->at;
    uint64_t ignored;
    xo_status status = tell(walk, XO_PART_RAW, 0, walk->at + 1);
    if (status == XO_OK && (form & XO_ATTRS_INLINE)) {
        status = pairs(walk, XO_PART_NAME);
    }
    if (status == XO_OK && (form & XO_ATTRS_DICT)) {
        status = number(walk, XO_PART_OBJECT, &ignored);
    }
    return status;
}

static xo_status
contents(pass *walk, uint8_t kind)
{
    switch (kind) {
    case XO_KIND_LIST:
    case XO_KIND_TUPLE:
    case XO_KIND_SET:
    case XO_KIND_FROZENSET: return items(walk);
    case XO_KIND_DICT: return pairs(walk, XO_PART_KEY);
    case XO_KIND_CELL: return value(walk, XO_PART_VALUE, 0);
    case XO_KIND_CLASS: return named(walk, true);
    case XO_KIND_OPAQUE: return named(walk, false);
    case XO_KIND_BUFFER: return buffer(walk);
    default: return XO_OK;
    }
}

static bool
is_known_kind(uint8_t kind)
{
    return kind >= XO_KIND_LIST && kind <= XO_KIND_BUFFER;
}

static xo_status
image(pass *walk)
{
    uint64_t class_number;
    xo_status status = number(walk, XO_PART_OBJECT, &class_number);
    if (status != XO_OK) {
        return status;
    }
    uint8_t kind = *walk->at & (uint8_t)~XO_IMAGE_NO_NEWS;
    if (!is_known_kind(kind)) {
        return tell(walk, XO_PART_RAW, 0, walk->limit);
    }
    if ((status = tell(walk, XO_PART_RAW, 0, walk->at + 1)) != XO_OK
        || (status = contents(walk, kind)) != XO_OK) {
        return status;
    }
    return attributes(walk);
}

static xo_status
pair(pass *walk, xo_part_role first)
{
    xo_status status = value(walk, first, 0);
    return status != XO_OK ? status : value(walk, XO_PART_MAPPED, 0);
}

static xo_status
splice(pass *walk)
{
    xo_status status = numbers(walk, XO_PART_RAW, 2);
    return status != XO_OK ? status : items(walk);
}

static xo_status
bytes_splice(pass *walk)
{
    xo_status status = numbers(walk, XO_PART_RAW, 2);
    return status != XO_OK ? status : memory(walk);
}

static xo_status
numbered_value(pass *walk)
{
    xo_status status = numbers(walk, XO_PART_RAW, 1);
    return status != XO_OK ? status : value(walk, XO_PART_VALUE, 0);
}

static xo_status
change(pass *walk, uint8_t op)
{
    switch (op) {
    case XO_OP_IMAGE: return image(walk);
    case XO_OP_LIST_SET: return numbered_value(walk);
    case XO_OP_LIST_SPLICE: return splice(walk);
    case XO_OP_BYTES_SPLICE: return bytes_splice(walk);
    case XO_OP_DICT_SET: return pair(walk, XO_PART_KEY);
    case XO_OP_ATTR_SET: return pair(walk, XO_PART_NAME);
    case XO_OP_DICT_DELETE: return value(walk, XO_PART_KEY, 0);
    case XO_OP_ATTR_DELETE: return value(walk, XO_PART_NAME, 0);
    case XO_OP_LIST_APPEND:
    case XO_OP_SET_ADD:
    case XO_OP_SET_DISCARD:
    case XO_OP_CELL_SET: return value(walk, XO_PART_VALUE, 0);
    case XO_OP_ATTR_DICT:
    case XO_OP_CLASS_SET: return numbers(walk, XO_PART_OBJECT, 1);
    default: return walk->at == walk->limit ? XO_OK : tell(walk, XO_PART_RAW, 0, walk->limit);
    }
}

xo_status
xo_record_walk(const xo_record *record, xo_part_visit visit, void *context)
{
    pass walk = {record->operands, record->end, visit, context};
    if (xo_op_is_object(record->op)) {
        return change(&walk, record->op);
    }
    switch (record->op) {
    case XO_OP_ENTER:
    case XO_OP_FRAME: return values(&walk, XO_PART_SLOT, record->count);
    case XO_OP_BIND_FAR: return value(&walk, XO_PART_SLOT, record->number);
    case XO_OP_RESULT:
    case XO_OP_RAISED: return value(&walk, XO_PART_VALUE, 0);
    default: return XO_OK;
    }
}
