#include "memory_state.h"

#include <stdlib.h>
#include <string.h>

void
xo_memory_state_free(xo_memory_state *memory)
{
    xo_byte_state_free(&memory->bytes);
}

static xo_status
read_layout(xo_memory_state *memory, xo_log_cursor *cursor, uint64_t dimensions)
{
    if (dimensions > XO_MAX_DIMENSIONS) {
        return XO_CORRUPT;
    }
    memory->dimensions = (uint32_t)dimensions;
    for (uint64_t i = 0; i < dimensions; i++) {
        if (xo_varint_read(&cursor->at, cursor->limit, &memory->shape[i]) != XO_OK) {
            return XO_CORRUPT;
        }
    }
    for (uint64_t i = 0; i < dimensions; i++) {
        if (xo_zigzag_read(&cursor->at, cursor->limit, &memory->strides[i]) != XO_OK) {
            return XO_CORRUPT;
        }
    }
    return xo_zigzag_read(&cursor->at, cursor->limit, &memory->offset);
}

xo_status
xo_memory_head_read(xo_memory_state *memory, xo_log_cursor *cursor)
{
    uint64_t dimensions;
    if (xo_varint_read_u32(&cursor->at, cursor->limit, &memory->flags) != XO_OK
        || xo_varint_read(&cursor->at, cursor->limit, &memory->item_bytes) != XO_OK
        || xo_slice_read(&cursor->at, cursor->limit, &memory->format) != XO_OK
        || xo_varint_read(&cursor->at, cursor->limit, &dimensions) != XO_OK) {
        return XO_CORRUPT;
    }
    memory->flat = dimensions == 0;
    if (!memory->flat && read_layout(memory, cursor, dimensions - 1) != XO_OK) {
        return XO_CORRUPT;
    }
    if (memory->flags & XO_BUFFER_VIEW) {
        return xo_varint_read(&cursor->at, cursor->limit, &memory->storage);
    }
    return XO_OK;
}

xo_status
xo_memory_bytes_read(xo_memory_state *memory, xo_log_cursor *cursor)
{
    xo_slice bytes;
    if (xo_slice_read(&cursor->at, cursor->limit, &bytes) != XO_OK) {
        return XO_CORRUPT;
    }
    xo_byte_state_clear(&memory->bytes);
    return xo_byte_state_splice(&memory->bytes, 0, 0, bytes);
}

/* ---- giving ---- */

void
xo_buffer_contents_free(xo_buffer_contents *buffer)
{
    free(buffer->shape);
    free(buffer->strides);
    free(buffer->bytes);
    free(buffer->values);
    free(buffer->scratch);
    *buffer = (xo_buffer_contents){0};
}

static xo_status
give_layout(const xo_memory_state *view, uint64_t memory_bytes, xo_buffer_contents *out)
{
    out->flat = view->flat;
    out->dimensions = view->flat ? 1 : view->dimensions;
    out->shape = calloc(out->dimensions + 1, sizeof *out->shape);
    out->strides = calloc(out->dimensions + 1, sizeof *out->strides);
    if (out->shape == NULL || out->strides == NULL) {
        return XO_NO_MEMORY;
    }
    if (view->flat) {
        out->shape[0] = view->item_bytes == 0 ? 0 : memory_bytes / view->item_bytes;
        out->strides[0] = (int64_t)view->item_bytes;
        return XO_OK;
    }
    out->offset = view->offset;
    memcpy(out->shape, view->shape, view->dimensions * sizeof *view->shape);
    memcpy(out->strides, view->strides, view->dimensions * sizeof *view->strides);
    return XO_OK;
}

/* The number of elements; false when there are more than can be counted. */
static bool
count_elements(const xo_buffer_contents *buffer, uint64_t *count)
{
    *count = 1;
    for (size_t i = 0; i < buffer->dimensions; i++) {
        if (buffer->shape[i] == 0) {
            *count = 0;
            return true;
        }
    }
    for (size_t i = 0; i < buffer->dimensions; i++) {
        if (*count > (uint64_t)INT64_MAX / buffer->shape[i]) {
            return false;
        }
        *count *= buffer->shape[i];
    }
    return true;
}

/* Whether all elements lie in the memory. Their number is not 0. */
static bool
lies_inside(const xo_buffer_contents *buffer, uint64_t memory_bytes)
{
    const int64_t far = INT64_MAX / 256;
    int64_t low = buffer->offset;
    int64_t high = buffer->offset;
    if (low < 0 || low > far || buffer->item_bytes > (uint64_t)far || memory_bytes > (uint64_t)far) {
        return false;
    }
    for (size_t i = 0; i < buffer->dimensions; i++) {
        int64_t stride = buffer->strides[i];
        uint64_t steps = buffer->shape[i] - 1;
        uint64_t size = stride < 0 ? (uint64_t)0 - (uint64_t)stride : (uint64_t)stride;
        if (size != 0 && steps > (uint64_t)far / size) {
            return false;
        }
        *(stride < 0 ? &low : &high) += (int64_t)(steps * size) * (stride < 0 ? -1 : 1);
    }
    return low >= 0 && (uint64_t)high + buffer->item_bytes <= memory_bytes;
}

xo_status
xo_memory_give(const xo_memory_state *view, xo_memory_state *owner, xo_contents *contents)
{
    xo_buffer_contents *out = &contents->buffer;
    uint64_t count;
    out->flags = view->flags | (owner->flags & XO_BUFFER_VALUES);
    out->storage = view->storage;
    out->format = (xo_value){.kind = XO_STR, .bytes = view->format.bytes, .size_bytes = view->format.size};
    out->item_bytes = view->item_bytes;
    bool has_values = (out->flags & XO_BUFFER_VALUES) != 0;
    if (has_values && (view->item_bytes == 0 || out->value_count > UINT64_MAX / view->item_bytes)) {
        return XO_CORRUPT;
    }
    uint64_t memory_bytes = has_values ? out->value_count * view->item_bytes : owner->bytes.size;
    xo_status status = give_layout(view, memory_bytes, out);
    if (status != XO_OK) {
        return status;
    }
    if (!count_elements(out, &count) || count > SIZE_MAX) {
        return XO_CORRUPT;
    }
    contents->unknown = contents->unknown || (count > 0 && !lies_inside(out, memory_bytes));
    contents->item_count = contents->unknown ? 0 : (size_t)count;
    if (!has_values) { /* the bytes start the block: it can be freed */
        xo_byte_state *bytes = &owner->bytes;
        if (bytes->start > 0 && bytes->size > 0) {
            memmove(bytes->memory, bytes->memory + bytes->start, bytes->size);
        }
        out->bytes = bytes->memory;
        out->size_bytes = bytes->size;
        *bytes = (xo_byte_state){0};
    }
    return XO_OK;
}
