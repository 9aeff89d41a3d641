/* Reads IMAGE records. */
#include "object_read.h"
#include "object_state.h"

#include <stdlib.h>

static xo_status
read_count(xo_log_cursor *cursor, uint64_t *count)
{
    if (xo_varint_read(&cursor->at, cursor->limit, count) != XO_OK
        || *count > (uint64_t)(cursor->limit - cursor->at)) {
        return XO_CORRUPT;
    }
    return XO_OK;
}

static xo_status
load_items(xo_list_state *list, xo_reader *reader, xo_log_cursor *cursor, uint64_t count)
{
    xo_status status = xo_list_state_splice(list, 0, 0, count);
    for (size_t i = 0; i < count && status == XO_OK; i++) {
        status = xo_value_read(reader, cursor, xo_list_state_at(list, i));
    }
    return status;
}

static xo_status
load_pairs(xo_table_state *table, xo_reader *reader, xo_log_cursor *cursor)
{
    uint64_t count;
    xo_status status = read_count(cursor, &count);
    for (uint64_t i = 0; i < count && status == XO_OK; i++) {
        xo_value key, value;
        if ((status = xo_value_read(reader, cursor, &key)) == XO_OK
            && (status = xo_value_read(reader, cursor, &value)) == XO_OK) {
            status = xo_table_state_add(table, &key, &value);
        }
    }
    return status;
}

static xo_status
load_elements(xo_table_state *table, xo_reader *reader, xo_log_cursor *cursor)
{
    uint64_t count;
    xo_status status = read_count(cursor, &count);
    for (uint64_t i = 0; i < count && status == XO_OK; i++) {
        xo_value key;
        if ((status = xo_value_read(reader, cursor, &key)) == XO_OK) {
            status = xo_table_state_add(table, &key, &key);
        }
    }
    return status;
}

static xo_status
load_bases(xo_object_state *state, xo_log_cursor *cursor)
{
    uint64_t count;
    if (read_count(cursor, &count) != XO_OK) {
        return XO_CORRUPT;
    }
    state->bases = malloc(((size_t)count + 1) * sizeof *state->bases);
    if (state->bases == NULL) {
        return XO_NO_MEMORY;
    }
    for (uint64_t i = 0; i < count; i++) {
        if (xo_varint_read(&cursor->at, cursor->limit, &state->bases[i]) != XO_OK) {
            return XO_CORRUPT;
        }
        state->base_count++;
    }
    return XO_OK;
}

static xo_status
load_named(xo_object_state *state, xo_reader *reader, xo_log_cursor *cursor)
{
    int64_t line;
    xo_status status = xo_value_read(reader, cursor, &state->name);
    if (status == XO_OK) {
        status = xo_value_read(reader, cursor, &state->module);
    }
    if (status == XO_OK && state->kind == XO_KIND_CLASS) {
        status = load_bases(state, cursor);
    }
    if (status != XO_OK) {
        return status;
    }
    if (xo_varint_read_u32(&cursor->at, cursor->limit, &state->file) != XO_OK
        || xo_zigzag_read(&cursor->at, cursor->limit, &line) != XO_OK) {
        return XO_CORRUPT;
    }
    state->line = line < INT32_MIN || line > INT32_MAX ? 0 : (int32_t)line;
    return XO_OK;
}

static xo_status
load_buffer(xo_object_state *state, xo_reader *reader, xo_log_cursor *cursor)
{
    uint64_t count;
    xo_status status = xo_memory_head_read(&state->memory, cursor);
    if (status != XO_OK || (state->memory.flags & XO_BUFFER_VIEW)) {
        return status;
    }
    if (!(state->memory.flags & XO_BUFFER_VALUES)) {
        return xo_memory_bytes_read(&state->memory, cursor);
    }
    return read_count(cursor, &count) != XO_OK ? XO_CORRUPT : load_items(&state->list, reader, cursor, count);
}

static xo_status
load_contents(xo_object_state *state, xo_reader *reader, xo_log_cursor *cursor)
{
    uint64_t count;
    switch (state->kind) {
    case XO_KIND_LIST:
    case XO_KIND_TUPLE:
        return read_count(cursor, &count) != XO_OK ? XO_CORRUPT : load_items(&state->list, reader, cursor, count);
    case XO_KIND_SET:
    case XO_KIND_FROZENSET: return load_elements(&state->table, reader, cursor);
    case XO_KIND_DICT: return load_pairs(&state->table, reader, cursor);
    case XO_KIND_INSTANCE: return XO_OK;
    case XO_KIND_CELL: return load_items(&state->list, reader, cursor, 1);
    case XO_KIND_CLASS:
    case XO_KIND_OPAQUE: return load_named(state, reader, cursor);
    case XO_KIND_BUFFER: return load_buffer(state, reader, cursor);
    default: return XO_CORRUPT;
    }
}

static xo_status
load_attributes(xo_object_state *state, xo_reader *reader, xo_log_cursor *cursor)
{
    if (cursor->at >= cursor->limit) {
        return XO_CORRUPT;
    }
    uint8_t form = *cursor->at++;
    xo_status status = XO_OK;
    if (form & XO_ATTRS_INLINE) {
        status = load_pairs(&state->attributes, reader, cursor);
    }
    if (status == XO_OK && (form & XO_ATTRS_DICT)) {
        status = xo_varint_read(&cursor->at, cursor->limit, &state->attribute_dict);
    }
    return status;
}

xo_status
xo_object_state_load(xo_object_state *state, xo_reader *reader, xo_log_cursor *cursor)
{
    xo_object_state_free(state);
    xo_status status = xo_image_head(cursor, &state->class_object, &state->kind);
    if (status != XO_OK || (status = load_contents(state, reader, cursor)) != XO_OK) {
        return status;
    }
    return load_attributes(state, reader, cursor);
}
