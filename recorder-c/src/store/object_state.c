#include "object_state.h"

#include <stdlib.h>

void
xo_object_state_free(xo_object_state *state)
{
    xo_list_state_free(&state->list);
    xo_table_state_free(&state->table);
    xo_table_state_free(&state->attributes);
    xo_memory_state_free(&state->memory);
    free(state->bases);
    *state = (xo_object_state){0};
}

static xo_status
list_set(xo_object_state *state, xo_reader *reader, xo_log_cursor *cursor)
{
    uint64_t at;
    if (xo_varint_read(&cursor->at, cursor->limit, &at) != XO_OK || at >= state->list.count) {
        return XO_CORRUPT;
    }
    return xo_value_read(reader, cursor, xo_list_state_at(&state->list, (size_t)at));
}

static xo_status
list_splice(xo_object_state *state, xo_reader *reader, xo_log_cursor *cursor)
{
    uint64_t start, removed, count;
    if (xo_varint_read(&cursor->at, cursor->limit, &start) != XO_OK
        || xo_varint_read(&cursor->at, cursor->limit, &removed) != XO_OK
        || xo_varint_read(&cursor->at, cursor->limit, &count) != XO_OK
        || count > (uint64_t)(cursor->limit - cursor->at)) {
        return XO_CORRUPT;
    }
    xo_status status = xo_list_state_splice(&state->list, start, removed, count);
    for (uint64_t i = 0; i < count && status == XO_OK; i++) {
        status = xo_value_read(reader, cursor, xo_list_state_at(&state->list, (size_t)(start + i)));
    }
    return status;
}

static xo_status
list_append(xo_object_state *state, xo_reader *reader, xo_log_cursor *cursor)
{
    size_t at = state->list.count;
    xo_status status = xo_list_state_splice(&state->list, at, 0, 1);
    return status != XO_OK ? status : xo_value_read(reader, cursor, xo_list_state_at(&state->list, at));
}

static xo_status
cell_set(xo_object_state *state, xo_reader *reader, xo_log_cursor *cursor)
{
    if (state->list.count != 1) {
        return XO_CORRUPT;
    }
    return xo_value_read(reader, cursor, xo_list_state_at(&state->list, 0));
}

static xo_status
table_set(xo_table_state *table, xo_key_context *context, xo_log_cursor *cursor, bool has_value)
{
    xo_value key, value;
    xo_status status = xo_value_read(context->reader, cursor, &key);
    if (status != XO_OK) {
        return status;
    }
    value = key;
    if (has_value && (status = xo_value_read(context->reader, cursor, &value)) != XO_OK) {
        return status;
    }
    return xo_table_state_set(table, context, &key, &value);
}

static xo_status
table_remove(xo_table_state *table, xo_key_context *context, xo_log_cursor *cursor)
{
    xo_value key;
    xo_status status = xo_value_read(context->reader, cursor, &key);
    return status != XO_OK ? status : xo_table_state_remove(table, context, &key);
}

static xo_status
attribute_dict(xo_object_state *state, xo_log_cursor *cursor)
{
    xo_table_state_clear(&state->attributes);
    return xo_varint_read(&cursor->at, cursor->limit, &state->attribute_dict);
}

static void
clear(xo_object_state *state)
{
    xo_list_state_clear(&state->list);
    xo_table_state_clear(&state->table);
    xo_byte_state_clear(&state->memory.bytes);
}

static void
become_unknown(xo_object_state *state)
{
    clear(state);
    xo_table_state_clear(&state->attributes);
    state->unknown = true;
}

static xo_status
bytes_splice(xo_object_state *state, xo_log_cursor *cursor)
{
    uint64_t start, removed;
    xo_slice bytes;
    if (xo_varint_read(&cursor->at, cursor->limit, &start) != XO_OK
        || xo_varint_read(&cursor->at, cursor->limit, &removed) != XO_OK
        || xo_slice_read(&cursor->at, cursor->limit, &bytes) != XO_OK) {
        return XO_CORRUPT;
    }
    return xo_byte_state_splice(&state->memory.bytes, start, removed, bytes);
}

/* Which operations an object of a kind can have. */
static bool
fits(const xo_object_state *state, uint8_t op)
{
    switch (op) {
    case XO_OP_LIST_SET: return state->kind == XO_KIND_LIST || state->kind == XO_KIND_BUFFER;
    case XO_OP_BYTES_SPLICE: return state->kind == XO_KIND_BUFFER;
    case XO_OP_LIST_APPEND:
    case XO_OP_LIST_SPLICE:
    case XO_OP_LIST_REVERSE: return state->kind == XO_KIND_LIST;
    case XO_OP_DICT_SET:
    case XO_OP_DICT_DELETE: return state->kind == XO_KIND_DICT;
    case XO_OP_SET_ADD:
    case XO_OP_SET_DISCARD: return state->kind == XO_KIND_SET;
    case XO_OP_CLEAR:
        return state->kind == XO_KIND_LIST || state->kind == XO_KIND_DICT || state->kind == XO_KIND_SET;
    case XO_OP_CELL_SET: return state->kind == XO_KIND_CELL;
    default: return true;
    }
}

static xo_status
change(xo_object_state *state, xo_key_context *context, uint8_t op, xo_log_cursor *cursor)
{
    xo_reader *reader = context->reader;
    switch (op) {
    case XO_OP_LIST_SET: return list_set(state, reader, cursor);
    case XO_OP_LIST_APPEND: return list_append(state, reader, cursor);
    case XO_OP_LIST_SPLICE: return list_splice(state, reader, cursor);
    case XO_OP_LIST_REVERSE: state->list.reversed = !state->list.reversed; return XO_OK;
    case XO_OP_BYTES_SPLICE: return bytes_splice(state, cursor);
    case XO_OP_CLEAR: clear(state); return XO_OK;
    case XO_OP_DICT_SET: return table_set(&state->table, context, cursor, true);
    case XO_OP_DICT_DELETE: return table_remove(&state->table, context, cursor);
    case XO_OP_SET_ADD: return table_set(&state->table, context, cursor, false);
    case XO_OP_SET_DISCARD: return table_remove(&state->table, context, cursor);
    case XO_OP_ATTR_SET: return table_set(&state->attributes, context, cursor, true);
    case XO_OP_ATTR_DELETE: return table_remove(&state->attributes, context, cursor);
    case XO_OP_CELL_SET: return cell_set(state, reader, cursor);
    case XO_OP_ATTR_DICT: return attribute_dict(state, cursor);
    case XO_OP_UNKNOWN: become_unknown(state); return XO_OK;
    default: return XO_CORRUPT;
    }
}

xo_status
xo_object_state_apply(xo_object_state *state, xo_key_context *context, const xo_record *record,
                      xo_log_cursor *cursor)
{
    if (record->op == XO_OP_IMAGE) {
        return xo_object_state_load(state, context->reader, cursor);
    }
    if (record->op == XO_OP_CLASS_SET) {
        return xo_varint_read(&cursor->at, cursor->limit, &state->class_object);
    }
    if (state->unknown) {
        return XO_OK;
    }
    return fits(state, record->op) ? change(state, context, record->op, cursor) : XO_CORRUPT;
}
