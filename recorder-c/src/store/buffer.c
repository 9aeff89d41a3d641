#include "buffer.h"

#include "bytes.h"

#include <stdlib.h>

bool
xo_array_reserve(void **items, size_t *capacity, size_t count, size_t item_bytes)
{
    if (count <= *capacity) {
        return true;
    }
    size_t wanted = *capacity < 16 ? 16 : *capacity;
    while (wanted < count) {
        if (wanted > SIZE_MAX / 2) {
            return false;
        }
        wanted *= 2;
    }
    if (wanted > SIZE_MAX / item_bytes) {
        return false;
    }
    void *grown = realloc(*items, wanted * item_bytes);
    if (grown == NULL) {
        return false;
    }
    *items = grown;
    *capacity = wanted;
    return true;
}

void
xo_buffer_free(xo_buffer *buffer)
{
    free(buffer->bytes);
    *buffer = (xo_buffer){0};
}

static bool
reserve(xo_buffer *buffer, size_t size)
{
    void *bytes = buffer->bytes;
    if (size > SIZE_MAX - buffer->size
        || !xo_array_reserve(&bytes, &buffer->capacity, buffer->size + size, 1)) {
        buffer->failed = true;
        return false;
    }
    buffer->bytes = bytes;
    return true;
}

void
xo_buffer_put(xo_buffer *buffer, const void *bytes, size_t size)
{
    if (size > 0 && reserve(buffer, size)) {
        memcpy(buffer->bytes + buffer->size, bytes, size);
        buffer->size += size;
    }
}

void
xo_buffer_zeros(xo_buffer *buffer, size_t size)
{
    if (size > 0 && reserve(buffer, size)) {
        memset(buffer->bytes + buffer->size, 0, size);
        buffer->size += size;
    }
}

void
xo_buffer_u32(xo_buffer *buffer, uint32_t value)
{
    uint8_t bytes[4];
    xo_store_u32(bytes, value);
    xo_buffer_put(buffer, bytes, sizeof bytes);
}

void
xo_buffer_varint(xo_buffer *buffer, uint64_t value)
{
    if (!reserve(buffer, 10)) {
        return;
    }
    while (value >= 0x80) {
        buffer->bytes[buffer->size++] = (uint8_t)(value | 0x80);
        value >>= 7;
    }
    buffer->bytes[buffer->size++] = (uint8_t)value;
}

void
xo_buffer_zigzag(xo_buffer *buffer, int64_t value)
{
    xo_buffer_varint(buffer, ((uint64_t)value << 1) ^ (uint64_t)(value >> 63));
}
