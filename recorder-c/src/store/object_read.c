#include "object_read.h"

#include "buffer.h"

#include <stdlib.h>

xo_status
xo_object_record_read(xo_reader *reader, uint64_t position, uint64_t next, uint64_t object, xo_record *record,
                      xo_log_cursor *cursor)
{
    xo_status status = xo_log_record(reader, position, record, cursor);
    if (status != XO_OK) {
        return status;
    }
    uint64_t end = cursor->position + (uint64_t)(record->end - cursor->log);
    bool fits = xo_op_is_object(record->op) && record->number == object && record->distance < position && end <= next;
    return fits ? XO_OK : XO_CORRUPT;
}

xo_status
xo_record_chain_from(xo_reader *reader, uint64_t position, uint64_t next, uint64_t object, xo_record_chain *out)
{
    xo_record record = {0};
    xo_status status = XO_OK;
    *out = (xo_record_chain){0};
    while (status == XO_OK) {
        xo_log_cursor cursor;
        void *positions = out->positions;
        if ((status = xo_object_record_read(reader, position, next, object, &record, &cursor)) != XO_OK) {
            break;
        }
        if (!xo_array_reserve(&positions, &out->capacity, out->count + 1, sizeof *out->positions)) {
            status = XO_NO_MEMORY;
            break;
        }
        out->positions = positions;
        out->positions[out->count++] = position;
        if (record.op == XO_OP_IMAGE) {
            return XO_OK;
        }
        next = position;
        position -= record.distance;
        status = record.distance == 0 ? XO_CORRUPT : XO_OK;
    }
    free(out->positions);
    *out = (xo_record_chain){0};
    return status;
}

xo_status
xo_record_chain_read(xo_reader *reader, const xo_chunk_index *index, uint64_t end, uint64_t object,
                     xo_record_chain *out)
{
    uint64_t position;
    xo_status status = xo_find_record(reader, index, end, object, &position);
    *out = (xo_record_chain){0};
    return status != XO_OK ? status : xo_record_chain_from(reader, position, index->position + end, object, out);
}

xo_status
xo_image_head(xo_log_cursor *cursor, uint64_t *class_object, xo_kind *kind)
{
    if (xo_varint_read(&cursor->at, cursor->limit, class_object) != XO_OK || cursor->at >= cursor->limit) {
        return XO_CORRUPT;
    }
    *kind = (xo_kind)(*cursor->at++ & ~XO_IMAGE_NO_NEWS);
    return XO_OK;
}

/* The newest record that tells a cell's content: CELL_SET or the image. */
static xo_status
find_cell_record(xo_reader *reader, uint64_t position, uint64_t object, xo_record *record, xo_log_cursor *cursor)
{
    for (uint64_t next = UINT64_MAX;; next = position, position -= record->distance) {
        xo_status status = xo_object_record_read(reader, position, next, object, record, cursor);
        if (status != XO_OK || record->op == XO_OP_CELL_SET || record->op == XO_OP_IMAGE) {
            return status;
        }
        if (record->distance == 0) {
            return XO_CORRUPT;
        }
    }
}

xo_status
xo_cell_read(xo_reader *reader, const xo_chunk_index *index, uint64_t end, xo_value *value)
{
    uint64_t position, class_object;
    xo_record record;
    xo_log_cursor cursor;
    xo_kind kind;
    xo_status status = xo_find_record(reader, index, end, value->object, &position);
    if (status != XO_OK
        || (status = find_cell_record(reader, position, value->object, &record, &cursor)) != XO_OK) {
        return status;
    }
    if (record.op == XO_OP_CELL_SET) {
        return xo_value_read(reader, &cursor, value);
    }
    if ((status = xo_image_head(&cursor, &class_object, &kind)) != XO_OK || kind != XO_KIND_CELL) {
        return status;
    }
    return xo_value_read(reader, &cursor, value);
}

static xo_status
read_values(xo_reader *reader, xo_log_cursor *cursor, xo_elements *out)
{
    uint64_t count;
    if (xo_varint_read(&cursor->at, cursor->limit, &count) != XO_OK
        || count > (uint64_t)(cursor->limit - cursor->at)) {
        return XO_CORRUPT;
    }
    out->values = malloc(((size_t)count + 1) * sizeof *out->values);
    if (out->values == NULL) {
        return XO_NO_MEMORY;
    }
    out->count = (size_t)count;
    for (uint64_t i = 0; i < count; i++) {
        xo_status status = xo_value_read(reader, cursor, &out->values[i]);
        if (status != XO_OK) {
            free(out->values);
            return status;
        }
    }
    return XO_OK;
}

xo_status
xo_elements_read(xo_reader *reader, const xo_chunk_index *index, uint64_t end, uint64_t object, xo_elements *out)
{
    xo_record_chain chain;
    xo_record record;
    xo_log_cursor cursor;
    uint64_t class_object;
    *out = (xo_elements){0};
    xo_status status = xo_record_chain_read(reader, index, end, object, &chain);
    if (status != XO_OK) {
        return status;
    }
    uint64_t image = chain.positions[chain.count - 1];
    free(chain.positions);
    if ((status = xo_object_record_read(reader, image, UINT64_MAX, object, &record, &cursor)) != XO_OK
        || (status = xo_image_head(&cursor, &class_object, &out->kind)) != XO_OK) {
        return status;
    }
    if (out->kind != XO_KIND_TUPLE && out->kind != XO_KIND_FROZENSET) {
        return XO_NOT_FOUND;
    }
    return read_values(reader, &cursor, out);
}
