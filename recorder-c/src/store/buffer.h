/* A growing block of bytes, for what is built in memory before it goes to the file. */
#ifndef XO_BUFFER_H
#define XO_BUFFER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct {
    uint8_t *bytes; /* owned */
    size_t size;
    size_t capacity;
    bool failed; /* memory ran out: what was put since is lost */
} xo_buffer;

void xo_buffer_free(xo_buffer *buffer);
void xo_buffer_put(xo_buffer *buffer, const void *bytes, size_t size);
void xo_buffer_zeros(xo_buffer *buffer, size_t size);
void xo_buffer_u32(xo_buffer *buffer, uint32_t value);
void xo_buffer_varint(xo_buffer *buffer, uint64_t value);
void xo_buffer_zigzag(xo_buffer *buffer, int64_t value);

/* Makes room for `count` items of `item_bytes` in *items, whose capacity (in items) is *capacity; grows in powers of
 * two. False when memory runs out: nothing has changed then. */
bool xo_array_reserve(void **items, size_t *capacity, size_t count, size_t item_bytes);

#endif
