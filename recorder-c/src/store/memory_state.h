/* The memory of a buffer, and how its elements lie in it, while its records are replayed. */
#ifndef XO_MEMORY_STATE_H
#define XO_MEMORY_STATE_H

#include "byte_state.h"
#include "reader_private.h"

typedef struct {
    uint32_t flags;
    uint64_t item_bytes;
    xo_slice format; /* borrowed from the log */
    bool flat;       /* one dimension over all of the memory */
    uint32_t dimensions;
    uint64_t shape[XO_MAX_DIMENSIONS];
    int64_t strides[XO_MAX_DIMENSIONS];
    int64_t offset;
    uint64_t storage;
    xo_byte_state bytes;
} xo_memory_state;

void xo_memory_state_free(xo_memory_state *memory);
/* All of the image but the bytes or values. */
xo_status xo_memory_head_read(xo_memory_state *memory, xo_log_cursor *cursor);
xo_status xo_memory_bytes_read(xo_memory_state *memory, xo_log_cursor *cursor);
/* Gives the memory of `owner` as `view` sees it; owner's bytes move to *out. */
xo_status xo_memory_give(const xo_memory_state *view, xo_memory_state *owner, xo_contents *out);
/* buffer_element.c: the byte of the memory at which an element starts. */
uint64_t xo_memory_place(const xo_buffer_contents *buffer, uint64_t index);
/* The element that the memory itself has at these bytes; unbound when it has none there. What can't stand in a value
 * without the contents (texts, bytes, large integers) is XO_NOT_IMPLEMENTED. */
xo_status xo_memory_element(xo_contents *contents, uint64_t first_byte, uint64_t byte_count, xo_value *out);
void xo_buffer_contents_free(xo_buffer_contents *buffer);

#endif
