#include "column_moves.h"

bool
xo_column_grow(xo_column_mover *mover, xo_column_sink *sink, size_t more)
{
    void *bytes = sink->bytes;
    size_t size = (size_t)(sink->at - sink->bytes), room = (size_t)(sink->end - sink->bytes);
    if (mover->room_is_fixed || more > SIZE_MAX - size) {
        mover->failed = true;
        return false;
    }
    if (!xo_array_reserve(&bytes, &room, size + more, 1)) {
        mover->failed = mover->no_memory = true;
        return false;
    }
    *sink = (xo_column_sink){bytes, (uint8_t *)bytes + size, (uint8_t *)bytes + room};
    return true;
}

void
xo_column_put_slowly(xo_column_mover *mover, xo_column_sink *to, uint64_t number)
{
    uint8_t bytes[10];
    size_t size = 0;
    for (; number >= 0x80; number >>= 7) {
        bytes[size++] = (uint8_t)(number | 0x80);
    }
    bytes[size++] = (uint8_t)number;
    uint8_t *out = xo_column_take_room(mover, to, size);
    if (out != NULL) {
        memcpy(out, bytes, size);
    }
}
