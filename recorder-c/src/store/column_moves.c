#include "column_moves.h"

bool
xo_column_grow(xo_column_mover *mover, xo_column_sink *sink, size_t more)
{
    void *bytes = sink->bytes;
    size_t size = (size_t)(sink->at - sink->bytes), room = (size_t)(sink->end - sink->bytes);
    if (mover->joining || more > SIZE_MAX - size) {
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

uint64_t
xo_move_varint_long(xo_column_mover *mover, xo_column column)
{
    const xo_column_source *from = mover->from[column];
    const uint8_t *at = from->at;
    uint64_t number;
    if (xo_varint_read(&at, from->end, &number) != XO_OK) {
        mover->failed = true;
        return 0;
    }
    xo_move_bytes(mover, column, (uint64_t)(at - from->at));
    return number;
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

static unsigned
find_recent(const xo_recents *recents, uint64_t key)
{
    for (unsigned i = 0; i < recents->count; i++) {
        if (recents->items[i].key == key) {
            return i;
        }
    }
    return XO_RECENT;
}

unsigned
xo_move_recent(xo_column_mover *mover, xo_recents *recents, xo_column column, uint64_t *key)
{
    if (!mover->joining) {
        unsigned index = find_recent(recents, *key);
        xo_column_put(mover, mover->to[column], index == XO_RECENT ? 0 : index + 1);
        return index;
    }
    uint64_t name = xo_column_take(mover, mover->from[column]);
    if (name > recents->count) {
        mover->failed = true;
        return XO_RECENT;
    }
    if (name == 0) {
        return XO_RECENT;
    }
    *key = recents->items[name - 1].key;
    return (unsigned)name - 1;
}

void
xo_recents_promote(xo_recents *recents, unsigned index, uint64_t key)
{
    uint64_t mark = 0;
    if (index == XO_RECENT) {
        index = recents->count < XO_RECENT ? recents->count++ : XO_RECENT - 1;
    } else {
        mark = recents->items[index].mark;
    }
    for (; index > 0; index--) {
        recents->items[index] = recents->items[index - 1];
    }
    recents->items[0].key = key;
    recents->items[0].mark = mark;
}
