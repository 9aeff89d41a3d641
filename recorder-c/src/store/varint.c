#include "varint.h"

xo_status
xo_varint_read_long(const uint8_t **cursor, const uint8_t *limit, uint64_t *value)
{
    const uint8_t *at = *cursor;
    uint64_t result = 0;
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
