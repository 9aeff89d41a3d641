/* The changes of an object, newest first. */
#include "buffer.h"
#include "object_read.h"

#include <stdlib.h>

xo_status
xo_step_after(xo_reader *reader, uint64_t position, uint64_t *step)
{
    uint64_t chunk;
    xo_chunk_index *index;
    xo_status status = xo_chunk_of_position(reader, position, &chunk);
    if (status != XO_OK || (status = xo_reader_chunk_index(reader, chunk, &index)) != XO_OK) {
        return status;
    }
    uint64_t offset = position - index->position;
    size_t low = 0;
    size_t high = index->steps.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (xo_step_mark_end(&index->steps.items[middle]) <= offset) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    *step = index->first_step + low;
    return XO_OK;
}

static xo_value
number_value(uint64_t number)
{
    return (xo_value){.kind = XO_INT, .integer = (int64_t)number};
}

static xo_status
read_indexed(xo_reader *reader, xo_log_cursor *cursor, xo_change *out)
{
    uint64_t at;
    if (xo_varint_read(&cursor->at, cursor->limit, &at) != XO_OK) {
        return XO_CORRUPT;
    }
    out->key = number_value(at);
    return xo_value_read(reader, cursor, &out->value);
}

/* `key` is where, `value` the new item when there is exactly one. */
static xo_status
read_splice(xo_reader *reader, xo_log_cursor *cursor, xo_change *out)
{
    uint64_t start, removed, count;
    if (xo_varint_read(&cursor->at, cursor->limit, &start) != XO_OK
        || xo_varint_read(&cursor->at, cursor->limit, &removed) != XO_OK
        || xo_varint_read(&cursor->at, cursor->limit, &count) != XO_OK) {
        return XO_CORRUPT;
    }
    out->key = number_value(start);
    return count == 1 ? xo_value_read(reader, cursor, &out->value) : XO_OK;
}

/* `key` is the first byte, `value` the new bytes. */
static xo_status
read_bytes_splice(xo_log_cursor *cursor, xo_change *out)
{
    uint64_t start;
    xo_slice bytes;
    if (xo_varint_read(&cursor->at, cursor->limit, &start) != XO_OK
        || xo_varint_read(&cursor->at, cursor->limit, &out->removed) != XO_OK
        || xo_slice_read(&cursor->at, cursor->limit, &bytes) != XO_OK) {
        return XO_CORRUPT;
    }
    out->key = number_value(start);
    out->value = (xo_value){.kind = XO_BYTES, .bytes = bytes.bytes, .size_bytes = bytes.size};
    return XO_OK;
}

static xo_status
read_pair(xo_reader *reader, xo_log_cursor *cursor, xo_change *out)
{
    xo_status status = xo_value_read(reader, cursor, &out->key);
    return status != XO_OK ? status : xo_value_read(reader, cursor, &out->value);
}

static xo_status
read_object(xo_log_cursor *cursor, xo_change *out)
{
    uint64_t number;
    if (xo_varint_read(&cursor->at, cursor->limit, &number) != XO_OK) {
        return XO_CORRUPT;
    }
    out->value = number == 0 ? (xo_value){0} : (xo_value){.kind = XO_OBJECT, .object = number};
    return XO_OK;
}

static xo_status
read_change(xo_reader *reader, const xo_record *record, xo_log_cursor *cursor, xo_change *out)
{
    switch (record->op) {
    case XO_OP_LIST_SET: return read_indexed(reader, cursor, out);
    case XO_OP_LIST_SPLICE: return read_splice(reader, cursor, out);
    case XO_OP_BYTES_SPLICE: return read_bytes_splice(cursor, out);
    case XO_OP_DICT_SET:
    case XO_OP_ATTR_SET: return read_pair(reader, cursor, out);
    case XO_OP_DICT_DELETE:
    case XO_OP_ATTR_DELETE: return xo_value_read(reader, cursor, &out->key);
    case XO_OP_LIST_APPEND:
    case XO_OP_SET_ADD:
    case XO_OP_SET_DISCARD:
    case XO_OP_CELL_SET: return xo_value_read(reader, cursor, &out->value);
    case XO_OP_ATTR_DICT:
    case XO_OP_CLASS_SET: return read_object(cursor, out);
    default: return XO_OK;
    }
}

typedef struct {
    xo_change *items;
    size_t count, capacity;
} change_list;

static xo_status
append_change(change_list *list, const xo_change *change)
{
    void *items = list->items;
    if (!xo_array_reserve(&items, &list->capacity, list->count + 1, sizeof *list->items)) {
        return XO_NO_MEMORY;
    }
    list->items = items;
    list->items[list->count++] = *change;
    return XO_OK;
}

/* Adds the record at *position, unless it is an image that a generation begins with, and moves to the one before; 0 when
 * there is none. */
static xo_status
add_change(xo_reader *reader, uint64_t *position, uint64_t *next, uint64_t object, change_list *list)
{
    xo_record record;
    xo_log_cursor cursor;
    uint64_t older;
    xo_status status = xo_object_record_read(reader, *position, *next, object, &record, &cursor);
    if (status != XO_OK) {
        return status;
    }
    xo_change change = {.is_image = record.op == XO_OP_IMAGE, .op = record.op};
    if ((status = read_change(reader, &record, &cursor, &change)) != XO_OK
        || (status = xo_step_after(reader, *position, &change.step)) != XO_OK
        || (status = xo_older_record(reader, object, *position, record.distance, &older)) != XO_OK) {
        return status;
    }
    bool is_repeated = record.distance == 0 && (older != 0 || xo_is_from_before(reader, change.step));
    *next = *position;
    *position = older;
    return is_repeated ? XO_OK : append_change(list, &change);
}

xo_status
xo_reader_history(xo_reader *reader, uint64_t step, uint64_t object, size_t limit, xo_change **out, size_t *count)
{
    xo_located located;
    uint64_t position;
    uint64_t next = UINT64_MAX;
    change_list list = {0};
    *out = NULL;
    *count = 0;
    xo_question_begin(reader);
    xo_status status = xo_locate(reader, step, &located);
    if (status != XO_OK
        || (status = xo_find_record(reader, located.index, xo_step_mark_end(located.mark), object, &position))
               != XO_OK) {
        return status;
    }
    while (position != 0 && list.count < limit && status == XO_OK) {
        status = add_change(reader, &position, &next, object, &list);
    }
    if (status != XO_OK) {
        free(list.items);
        return status;
    }
    *out = list.items;
    *count = list.count;
    return XO_OK;
}
