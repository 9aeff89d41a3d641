#include "varint.h"

/* Of a varint that ends within eight bytes, all at once: moves the seven bits of each of its bytes together. */
static uint64_t
read_eight(const uint8_t **cursor, uint64_t word, uint64_t ends)
{
    uint64_t own = ends ^ (ends - 1); /* the bits up to the end of its last byte */
    *cursor += (own & 0x0101010101010101u) * 0x0101010101010101u >> 56;
    word &= own & 0x7f7f7f7f7f7f7f7fu;
    word = (word & 0x007f007f007f007fu) | (word & 0x7f007f007f007f00u) >> 1;
    word = (word & 0x00003fff00003fffu) | (word & 0x3fff00003fff0000u) >> 2;
    return (word & 0x000000000fffffffu) | (word & 0x0fffffff00000000u) >> 4;
}

xo_status
xo_varint_read_long(const uint8_t **cursor, const uint8_t *limit, uint64_t *value)
{
    const uint8_t *at = *cursor;
    uint64_t result = 0;
    if (limit - at >= 8) {
        uint64_t word = xo_load_u64(at), ends = ~word & 0x8080808080808080u;
        if (ends != 0) {
            *value = read_eight(cursor, word, ends);
            return XO_OK;
        }
    }
    for (unsigned shift = 0; shift < 70; shift += 7) {
        if (at == limit) {
            return XO_CORRUPT;
        }
        uint8_t byte = *at++;
        if (shift == 63 && byte > 1) {
            return XO_CORRUPT;
        }
        result |= (uint64_t)(byte & 0x7f) << shift;
        if (byte < 0x80) {
            *cursor = at;
            *value = result;
            return XO_OK;
        }
    }
    return XO_CORRUPT;
}
