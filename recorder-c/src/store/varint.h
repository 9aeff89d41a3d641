/* Reading varints from bytes that nobody vouches for. */
#ifndef XO_VARINT_H
#define XO_VARINT_H

#include "bytes.h"

/* The slow part of xo_varint_read. */
xo_status xo_varint_read_long(const uint8_t **cursor, const uint8_t *limit, uint64_t *value);

/* Reads one varint from [*cursor, limit) and moves *cursor past it.
 * On XO_CORRUPT neither *cursor nor *value is touched. */
static inline xo_status
xo_varint_read(const uint8_t **cursor, const uint8_t *limit, uint64_t *value)
{
    if (*cursor < limit && **cursor < 0x80) {
        *value = *(*cursor)++;
        return XO_OK;
    }
    return xo_varint_read_long(cursor, limit, value);
}

/* The same for a number that must fit 32 bits. */
static inline xo_status
xo_varint_read_u32(const uint8_t **cursor, const uint8_t *limit, uint32_t *value)
{
    uint64_t wide;
    const uint8_t *start = *cursor;
    if (xo_varint_read(cursor, limit, &wide) != XO_OK) {
        return XO_CORRUPT;
    }
    if (wide > UINT32_MAX) {
        *cursor = start;
        return XO_CORRUPT;
    }
    *value = (uint32_t)wide;
    return XO_OK;
}

static inline xo_status
xo_zigzag_read(const uint8_t **cursor, const uint8_t *limit, int64_t *value)
{
    uint64_t raw;
    if (xo_varint_read(cursor, limit, &raw) != XO_OK) {
        return XO_CORRUPT;
    }
    *value = xo_unzigzag(raw);
    return XO_OK;
}

#endif
