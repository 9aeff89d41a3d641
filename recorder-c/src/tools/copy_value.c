/* Values: scalars as they stand, texts by where they stand in the copy. */
#include "copier.h"

static bool
is_short_text(uint8_t tag)
{
    return tag >= XO_TAG_SHORT_STR && tag < XO_TAG_SHORT_STR + 32;
}

static bool
is_text(uint8_t tag)
{
    switch (tag) {
    case XO_TAG_STR:
    case XO_TAG_STR_REF:
    case XO_TAG_STR_GROWN:
    case XO_TAG_BYTES:
    case XO_TAG_BYTES_REF: return true;
    default: return is_short_text(tag);
    }
}

static xo_log_cursor
cursor_at(const xo_copier *copier, const uint8_t *at)
{
    xo_log_cursor cursor = copier->source;
    cursor.at = at;
    return cursor;
}

xo_status
xo_copy_filter_text(xo_copier *copier, xo_slice text, xo_slice *out)
{
    const xo_copy_filter *filter = copier->filter;
    *out = text;
    if (filter == NULL || copier->role == XO_PART_NAME || copier->role == XO_PART_TITLE) {
        return XO_OK; /* these are the program's own words */
    }
    return filter->text(filter->context, text, copier->role == XO_PART_KEY, out);
}

/* A text in full, as it may be shown. */
static xo_status
put_text(xo_copier *copier, const xo_value *value, xo_position *position)
{
    xo_slice text = {value->bytes, value->size_bytes};
    xo_status status = xo_copy_filter_text(copier, text, &text);
    if (status == XO_OK) {
        *position = value->kind == XO_STR ? xo_put_str(copier->writer, (const char *)text.bytes, (size_t)text.size)
                                          : xo_put_bytes(copier->writer, text.bytes, (size_t)text.size);
    }
    return status;
}

/* `old` and, where that is another, `target` are read from this place from now on. */
static xo_status
copy_in_full(xo_copier *copier, const uint8_t *at, uint64_t target)
{
    xo_log_cursor cursor = cursor_at(copier, at);
    uint64_t old = xo_log_here(&cursor);
    xo_position position;
    xo_value value;
    xo_status status = xo_value_read(copier->reader, &cursor, &value);
    if (status != XO_OK || (status = put_text(copier, &value, &position)) != XO_OK) {
        return status;
    }
    if (!xo_copy_text_moved(copier, old, position)
        || (target != old && !xo_number_map_put(&copier->texts, target, position))) {
        return XO_NO_MEMORY;
    }
    return XO_OK;
}

static xo_status
read_distance(const xo_copier *copier, const uint8_t *at, uint64_t *target)
{
    xo_log_cursor cursor = cursor_at(copier, at);
    uint64_t old = xo_log_here(&cursor);
    uint64_t distance;
    cursor.at++;
    if (xo_varint_read(&cursor.at, cursor.limit, &distance) != XO_OK || distance == 0 || distance >= old) {
        return XO_CORRUPT;
    }
    *target = old - distance;
    return XO_OK;
}

static xo_status
copy_reference(xo_copier *copier, const uint8_t *at)
{
    uint64_t target;
    if (read_distance(copier, at, &target) != XO_OK) {
        return XO_CORRUPT;
    }
    uint64_t position = xo_copy_text_position(copier, target);
    if (position == 0) {
        return copy_in_full(copier, at, target);
    }
    xo_put_text_ref(copier->writer, (xo_tag)*at, position);
    return XO_OK;
}

/* Whether the whole of a grown text needs no other treatment than its pieces do. */
static xo_status
is_sum_of_pieces(xo_copier *copier, const uint8_t *at, xo_slice piece, bool *sum)
{
    const xo_copy_filter *filter = copier->filter;
    xo_log_cursor cursor = cursor_at(copier, at);
    xo_value whole;
    *sum = true;
    if (filter == NULL) {
        return XO_OK;
    }
    xo_status status = xo_value_read(copier->reader, &cursor, &whole);
    if (status == XO_OK) {
        xo_slice text = {whole.bytes, whole.size_bytes};
        *sum = !filter->reaches_over(filter->context, text, text.size - piece.size);
    }
    return status;
}

static xo_status
copy_grown(xo_copier *copier, const uint8_t *at, const uint8_t *end)
{
    uint64_t target, distance;
    xo_slice piece;
    const uint8_t *after = at + 1;
    bool sum;
    if (read_distance(copier, at, &target) != XO_OK || xo_varint_read(&after, end, &distance) != XO_OK
        || xo_slice_read(&after, end, &piece) != XO_OK) {
        return XO_CORRUPT;
    }
    uint64_t base = xo_copy_text_position(copier, target);
    xo_status status = is_sum_of_pieces(copier, at, piece, &sum);
    if (status != XO_OK) {
        return status;
    }
    xo_log_cursor cursor = cursor_at(copier, at);
    uint64_t old = xo_log_here(&cursor);
    if (base == 0 || !sum) {
        return copy_in_full(copier, at, old);
    }
    if ((status = xo_copy_filter_text(copier, piece, &piece)) != XO_OK) {
        return status;
    }
    xo_position position = xo_put_str_grown(copier->writer, base, (const char *)piece.bytes, (size_t)piece.size);
    return xo_copy_text_moved(copier, old, position) ? XO_OK : XO_NO_MEMORY;
}

xo_status
xo_copy_value(xo_copier *copier, const uint8_t *at, const uint8_t *end)
{
    xo_log_cursor cursor = cursor_at(copier, at);
    switch (*at) {
    case XO_TAG_STR_REF:
    case XO_TAG_BYTES_REF: return copy_reference(copier, at);
    case XO_TAG_STR_GROWN: return copy_grown(copier, at, end);
    default: break;
    }
    if (is_text(*at)) {
        return copy_in_full(copier, at, xo_log_here(&cursor));
    }
    xo_put_verbatim(copier->writer, at, (size_t)(end - at));
    return XO_OK;
}

xo_status
xo_copy_value_at(xo_copier *copier, uint64_t position)
{
    xo_log_cursor before = copier->source;
    bool aside = copier->aside;
    copier->aside = true;
    xo_status status = xo_log_seek(copier->reader, position, &copier->source);
    if (status == XO_OK) {
        const uint8_t *at = copier->source.at;
        const uint8_t *end = at;
        status = xo_value_skip(&end, copier->source.limit);
        if (status == XO_OK) {
            status = xo_copy_value(copier, at, end);
        }
    }
    copier->source = before;
    copier->aside = aside;
    return status;
}

/* References to a text that is hidden find the stand-in in its place. */
xo_status
xo_copy_hidden(xo_copier *copier, const uint8_t *at, const uint8_t *end)
{
    static const char stand_in[] = XO_REDACTED;
    xo_log_cursor cursor = cursor_at(copier, at);
    uint64_t old = xo_log_here(&cursor);
    xo_position position;
    if (*at == XO_TAG_UNBOUND) {
        xo_put_verbatim(copier->writer, at, (size_t)(end - at));
        return XO_OK;
    }
    bool is_bytes = *at == XO_TAG_BYTES || *at == XO_TAG_BYTES_REF;
    position = is_bytes ? xo_put_bytes(copier->writer, (const uint8_t *)stand_in, sizeof stand_in - 1)
                        : xo_put_str(copier->writer, stand_in, sizeof stand_in - 1);
    return !is_text(*at) || xo_copy_text_moved(copier, old, position) ? XO_OK : XO_NO_MEMORY;
}

static bool
is_hidden(xo_copier *copier, const xo_part *part)
{
    const xo_copy_filter *filter = copier->filter;
    if (filter == NULL) {
        return false;
    }
    return part->role == XO_PART_SLOT ? filter->hides_slot(filter->context, copier->code, part->slot)
                                      : part->role == XO_PART_MAPPED && copier->hides_next;
}

static xo_status
look_at_name(xo_copier *copier, const xo_part *part)
{
    xo_log_cursor cursor = cursor_at(copier, part->at);
    xo_value name;
    copier->hides_next = false;
    if (copier->filter == NULL || !is_text(*part->at)) {
        return XO_OK;
    }
    xo_status status = xo_value_read(copier->reader, &cursor, &name);
    if (status == XO_OK && name.kind == XO_STR) {
        xo_slice text = {name.bytes, name.size_bytes};
        copier->hides_next = copier->filter->hides_name(copier->filter->context, text);
    }
    return status;
}

/* Memory keeps its size. */
static xo_status
copy_memory(xo_copier *copier, const xo_part *part)
{
    const xo_copy_filter *filter = copier->filter;
    const uint8_t *at = part->at;
    xo_slice memory;
    if (xo_slice_read(&at, part->end, &memory) != XO_OK) {
        return XO_CORRUPT;
    }
    xo_status status = filter == NULL ? XO_OK : filter->memory(filter->context, memory, &memory);
    if (status == XO_OK) {
        xo_put_varint(copier->writer, memory.size);
        xo_put_verbatim(copier->writer, memory.bytes, (size_t)memory.size);
    }
    return status;
}

xo_status
xo_copy_part(void *context, const xo_part *part)
{
    xo_copier *copier = context;
    xo_status status = XO_OK;
    if (part->role == XO_PART_KEY || part->role == XO_PART_NAME) {
        status = look_at_name(copier, part);
    }
    if (status != XO_OK) {
        return status;
    }
    if (part->role == XO_PART_MEMORY) {
        return copy_memory(copier, part);
    }
    if (!xo_part_is_value(part)) {
        xo_put_verbatim(copier->writer, part->at, (size_t)(part->end - part->at));
        return XO_OK;
    }
    copier->role = part->role;
    status = is_hidden(copier, part) ? xo_copy_hidden(copier, part->at, part->end)
                                     : xo_copy_value(copier, part->at, part->end);
    copier->role = XO_PART_VALUE;
    return status;
}
