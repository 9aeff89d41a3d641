/* Texts that were recorded as "that one, with this appended". Each is put together once; the longer one shares the
 * memory of the shorter one where it can. */
#include "buffer.h"
#include "reader_private.h"

#include <stdlib.h>

typedef struct {
    uint64_t position; /* of the tag */
    xo_slice piece;
} link;

typedef struct {
    link *items; /* newest first */
    size_t count, capacity;
    uint64_t piece_bytes; /* of all of them */
    xo_value base;        /* what they are appended to */
    uint32_t base_buffer; /* XO_NONE_INDEX: it lies in the file */
} chain;

void
xo_grown_texts_free(xo_reader *reader)
{
    for (size_t i = 0; i < reader->grown_buffers.count; i++) {
        free(reader->grown_buffers.items[i].bytes);
    }
    free(reader->grown_buffers.items);
    free(reader->grown_texts.items);
    xo_number_map_free(&reader->grown_by_position);
}

static const xo_grown_text *
find_known(const xo_reader *reader, uint64_t position)
{
    const uint64_t *index = xo_number_map_get(&reader->grown_by_position, position);
    return index == NULL ? NULL : &reader->grown_texts.items[*index];
}

static xo_value
text_value(const uint8_t *bytes, uint64_t size)
{
    return (xo_value){.kind = XO_STR, .bytes = bytes, .size_bytes = size};
}

/* A file can make us put many texts together: what that takes stays in proportion to it. */
static bool
is_too_much(const xo_reader *reader, uint64_t bytes)
{
    return bytes > SIZE_MAX / 4 || reader->grown_bytes + bytes > (UINT64_C(256) << 20) + 8 * reader->log_end;
}

static xo_status
add_link(xo_reader *reader, chain *links, uint64_t *position)
{
    xo_log_cursor cursor;
    link next = {.position = *position};
    uint64_t distance;
    xo_status status = xo_log_seek(reader, *position, &cursor);
    if (status != XO_OK) {
        return status;
    }
    cursor.at++;
    if (xo_varint_read(&cursor.at, cursor.limit, &distance) != XO_OK
        || xo_slice_read(&cursor.at, cursor.limit, &next.piece) != XO_OK || distance == 0 || distance >= *position) {
        return XO_CORRUPT;
    }
    void *items = links->items;
    if (!xo_array_reserve(&items, &links->capacity, links->count + 1, sizeof *links->items)) {
        return XO_NO_MEMORY;
    }
    links->items = items;
    links->items[links->count++] = next;
    links->piece_bytes += next.piece.size;
    if (is_too_much(reader, links->piece_bytes)) {
        return XO_NO_MEMORY;
    }
    *position -= distance;
    return XO_OK;
}

/* A text in the file ends the chain. */
static xo_status
read_base(xo_reader *reader, uint64_t position, bool *grown, xo_value *base)
{
    xo_log_cursor cursor;
    xo_status status = xo_log_seek(reader, position, &cursor);
    if (status != XO_OK) {
        return status;
    }
    uint8_t tag = *cursor.at;
    *grown = tag == XO_TAG_STR_GROWN;
    if (*grown) {
        return XO_OK;
    }
    if (tag != XO_TAG_STR && !(tag >= XO_TAG_SHORT_STR && tag < XO_TAG_SHORT_STR + 32)) {
        return XO_CORRUPT;
    }
    return xo_value_read(reader, &cursor, base);
}

static xo_status
walk_back(xo_reader *reader, uint64_t position, chain *links)
{
    bool grown = true;
    while (grown) {
        xo_status status = add_link(reader, links, &position);
        if (status != XO_OK) {
            return status;
        }
        const xo_grown_text *known = find_known(reader, position);
        if (known != NULL) {
            links->base = text_value(known->bytes, known->size);
            links->base_buffer = known->buffer;
            return XO_OK;
        }
        if ((status = read_base(reader, position, &grown, &links->base)) != XO_OK) {
            return status;
        }
    }
    return XO_OK;
}

static xo_status
new_buffer(xo_reader *reader, const chain *links, uint32_t *out)
{
    uint64_t size = links->base.size_bytes + links->piece_bytes;
    uint64_t capacity = size + size / 2 + 64;
    if (is_too_much(reader, capacity) || !xo_marks_room(&reader->grown_buffers)) {
        return XO_NO_MEMORY;
    }
    xo_grown_buffer buffer = {.bytes = malloc((size_t)capacity), .capacity = capacity};
    if (buffer.bytes == NULL) {
        return XO_NO_MEMORY;
    }
    memcpy(buffer.bytes, links->base.bytes, (size_t)links->base.size_bytes);
    buffer.used = links->base.size_bytes;
    reader->grown_bytes += capacity;
    *out = (uint32_t)reader->grown_buffers.count;
    reader->grown_buffers.items[reader->grown_buffers.count++] = buffer;
    return XO_OK;
}

/* The base's own buffer when the base ends it and there is room behind. */
static xo_status
choose_buffer(xo_reader *reader, const chain *links, uint32_t *out)
{
    if (links->base_buffer != XO_NONE_INDEX) {
        const xo_grown_buffer *buffer = &reader->grown_buffers.items[links->base_buffer];
        bool at_end = links->base.bytes == buffer->bytes && links->base.size_bytes == buffer->used;
        if (at_end && buffer->capacity - buffer->used >= links->piece_bytes) {
            *out = links->base_buffer;
            return XO_OK;
        }
    }
    return new_buffer(reader, links, out);
}

static xo_status
append_pieces(xo_reader *reader, const chain *links, uint32_t number)
{
    xo_grown_buffer *buffer = &reader->grown_buffers.items[number];
    for (size_t i = links->count; i-- > 0;) {
        const link *next = &links->items[i];
        if (next->piece.size > 0) {
            memcpy(buffer->bytes + buffer->used, next->piece.bytes, (size_t)next->piece.size);
        }
        buffer->used += next->piece.size;
        if (!xo_marks_room(&reader->grown_texts)
            || !xo_number_map_put(&reader->grown_by_position, next->position, reader->grown_texts.count)) {
            return XO_NO_MEMORY;
        }
        reader->grown_texts.items[reader->grown_texts.count++] =
            (xo_grown_text){.bytes = buffer->bytes, .size = buffer->used, .buffer = number};
    }
    return XO_OK;
}

xo_status
xo_grown_text_read(xo_reader *reader, uint64_t position, xo_value *out)
{
    const xo_grown_text *known = find_known(reader, position);
    chain links = {.base_buffer = XO_NONE_INDEX};
    uint32_t buffer;
    xo_status status = XO_OK;
    if (known == NULL) {
        if ((status = walk_back(reader, position, &links)) != XO_OK
            || (status = choose_buffer(reader, &links, &buffer)) != XO_OK
            || (status = append_pieces(reader, &links, buffer)) != XO_OK) {
            goto done;
        }
        known = find_known(reader, position);
    }
    *out = text_value(known->bytes, known->size);

done:
    free(links.items);
    return status;
}
