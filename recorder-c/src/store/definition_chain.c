/* The chain of definitions in the log, and the copy of it that the footer of a packed recording has: they may stand in a
 * thousand chunks, which nobody should have to unpack before the first question. */
#include "definitions.h"

#include "chunk_codec.h"

#include <stdlib.h>

static xo_status
add_definition(xo_definition_list *list, uint64_t position, const xo_record *record)
{
    void *items = list->items;
    xo_definition one = {.position = position, .op = record->op, .size = (size_t)(record->end - record->operands)};
    if (!xo_array_reserve(&items, &list->capacity, list->count + 1, sizeof *list->items)) {
        return XO_NO_MEMORY;
    }
    list->items = items;
    if ((one.operands = malloc(one.size + 1)) == NULL) {
        return XO_NO_MEMORY;
    }
    memcpy(one.operands, record->operands, one.size);
    list->items[list->count++] = one;
    return XO_OK;
}

xo_status
xo_definition_chain_read(xo_reader *reader, uint64_t newest, uint64_t known, xo_definition_list *list)
{
    size_t unpacked = reader->unpacked.count;
    uint64_t position = newest;
    uint64_t next = UINT64_MAX;
    while (position > known) {
        xo_record record;
        xo_log_cursor cursor;
        xo_status status = xo_log_record(reader, position, &record, &cursor);
        if (status != XO_OK) {
            return status;
        }
        if (!xo_op_is_definition(record.op) || record.distance > position
            || cursor.position + (uint64_t)(record.end - cursor.log) > next) {
            return XO_CORRUPT;
        }
        if ((status = add_definition(list, position, &record)) != XO_OK) {
            return status;
        }
        next = position;
        position = record.distance == 0 ? 0 : position - record.distance;
        xo_unpacked_trim(reader, unpacked);
    }
    return position == known || position == 0 ? XO_OK : XO_CORRUPT; /* 0: all were written anew */
}

void
xo_definition_list_free(xo_definition_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        free(list->items[i].operands);
    }
    free(list->items);
}

void
xo_definition_put(xo_buffer *buffer, uint8_t op, const uint8_t *operands, size_t size)
{
    xo_buffer_varint(buffer, op);
    xo_buffer_varint(buffer, size);
    xo_buffer_put(buffer, operands, size);
}

xo_status
xo_definition_take(const uint8_t **at, const uint8_t *limit, uint8_t *op, xo_slice *operands)
{
    uint64_t number;
    if (xo_varint_read(at, limit, &number) != XO_OK || number > UINT8_MAX || xo_slice_read(at, limit, operands) != XO_OK) {
        return XO_CORRUPT;
    }
    *op = (uint8_t)number;
    return XO_OK;
}

/* All of them, the oldest first. */
static xo_status
gather(xo_reader *reader, xo_buffer *out)
{
    xo_definition_list list = {0};
    xo_status status = xo_definition_chain_read(reader, reader->definition, 0, &list);
    for (size_t i = list.count; i-- > 0 && status == XO_OK;) {
        xo_definition_put(out, list.items[i].op, list.items[i].operands, list.items[i].size);
    }
    xo_definition_list_free(&list);
    return status == XO_OK && out->failed ? XO_NO_MEMORY : status;
}

xo_status
xo_definition_copies_put(xo_reader *reader, xo_packer *packer, xo_buffer *out)
{
    xo_buffer plain = {0};
    xo_status status = gather(reader, &plain);
    if (status == XO_OK) {
        const uint8_t *stored = plain.bytes;
        size_t size = plain.size;
        bool is_packed = packer != NULL && xo_pack(packer, plain.bytes, plain.size, &stored, &size) == XO_OK;
        xo_buffer_varint(out, is_packed ? XO_CODEC_ZSTD : XO_CODEC_NONE);
        xo_buffer_varint(out, plain.size);
        xo_buffer_put(out, stored, size);
        status = out->failed ? XO_NO_MEMORY : XO_OK;
    }
    xo_buffer_free(&plain);
    return status;
}

xo_status
xo_definition_copies_read(xo_reader *reader, uint8_t **out, size_t *size)
{
    uint64_t codec, plain_size;
    const uint8_t *at = reader->definition_copies.bytes;
    const uint8_t *limit = at + reader->definition_copies.size;
    *out = NULL;
    if (xo_varint_read(&at, limit, &codec) != XO_OK || xo_varint_read(&at, limit, &plain_size) != XO_OK
        || codec > XO_CODEC_ZSTD || plain_size > XO_LARGEST_PACKED
        || (codec == XO_CODEC_NONE && plain_size != (uint64_t)(limit - at))) {
        return XO_CORRUPT;
    }
    *size = (size_t)plain_size;
    uint8_t *plain = malloc(*size + 1);
    if (plain == NULL) {
        return XO_NO_MEMORY;
    }
    xo_status status = XO_OK;
    if (codec == XO_CODEC_NONE) {
        memcpy(plain, at, *size);
    } else {
        status = xo_chunk_unpack_bytes(&reader->unpacker, XO_CODEC_ZSTD, at, (size_t)(limit - at), plain, *size);
    }
    if (status != XO_OK) {
        free(plain);
        return status;
    }
    *out = plain;
    return XO_OK;
}
