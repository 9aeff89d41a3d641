/* What splitting into columns and joining them have in common: where they read and write, and what is recent. */
#ifndef XO_COLUMN_MOVES_H
#define XO_COLUMN_MOVES_H

#include "columns.h"

#include "varint.h"

#include <stdlib.h>

/* So many objects, floats and texts are called recent, and named by a byte. */
#define XO_RECENT 16u

/* The keys seen last, the latest first. */
typedef struct {
    uint64_t keys[XO_RECENT];
    unsigned count;
} xo_recents;

typedef struct {
    const uint8_t *at, *end; /* borrowed */
} xo_column_source;

typedef struct {
    uint8_t *bytes, *at, *end; /* splitting: owned; joining: borrowed */
} xo_column_sink;

/* Splitting has one source and joining one sink: XO_RECORDS. */
typedef struct {
    bool failed; /* what is read makes no sense, or there is no room: what was moved since means nothing */
    bool no_memory;
    bool room_is_fixed;   /* sinks can't grow */
    const uint8_t *start; /* of the records */
    xo_column_source sources[XO_COLUMNS];
    xo_column_sink sinks[XO_COLUMNS];
    xo_recents objects, floats, texts;
    uint64_t marks[XO_RECENT]; /* of the recent objects: 1 + where the newest record of each is, or 0 */
    uint64_t newest_object, newest_frame;
} xo_column_mover;

/* Makes room for `more` bytes in a sink that has none; false, and failed, if there can't be. */
bool xo_column_grow(xo_column_mover *mover, xo_column_sink *sink, size_t more);

/* NULL when it fails. The bytes count as written. */
static inline uint8_t *
xo_column_take_room(xo_column_mover *mover, xo_column_sink *sink, size_t size)
{
    if ((size_t)(sink->end - sink->at) < size && !xo_column_grow(mover, sink, size)) {
        return NULL;
    }
    sink->at += size;
    return sink->at - size;
}

/* What is written otherwise in columns than in records is taken from the one and put into the other. 0 when it fails, as it
 * does for a number that takes more bytes than it must: it would be put back shorter. */
static inline uint64_t
xo_column_take(xo_column_mover *mover, xo_column_source *from)
{
    const uint8_t *at = from->at;
    uint64_t number = 0;
    if (at < from->end && *at < 0x80) {
        from->at = at + 1;
        return *at;
    }
    if (xo_varint_read(&from->at, from->end, &number) != XO_OK || (from->at[-1] == 0 && from->at - at > 1)) {
        mover->failed = true;
        return 0;
    }
    return number;
}

/* xo_column_put where there may be no room. */
void xo_column_put_slowly(xo_column_mover *mover, xo_column_sink *to, uint64_t number);

static inline void
xo_column_put(xo_column_mover *mover, xo_column_sink *to, uint64_t number)
{
    if (to->end - to->at < 10) {
        xo_column_put_slowly(mover, to, number);
        return;
    }
    uint8_t *at = to->at;
    for (; number >= 0x80; number >>= 7) {
        *at++ = (uint8_t)(number | 0x80);
    }
    *at++ = (uint8_t)number;
    to->at = at;
}

static inline void
xo_keep_newest(uint64_t *newest, uint64_t number)
{
    if ((int64_t)(number - *newest) > 0) {
        *newest = number;
    }
}

/* The key's index, or XO_RECENT. */
static inline unsigned
xo_recents_find(const xo_recents *recents, uint64_t key)
{
    for (unsigned i = 0; i < recents->count; i++) {
        if (recents->keys[i] == key) {
            return i;
        }
    }
    return XO_RECENT;
}

static inline void
xo_bring_forward(uint64_t items[XO_RECENT], unsigned index, uint64_t item)
{
    for (; index > 0; index--) {
        items[index] = items[index - 1];
    }
    items[0] = item;
}

/* Makes `key` the latest; `index` is where it was, XO_RECENT for nowhere. Answers whose place it took. */
static inline unsigned
xo_recents_promote(xo_recents *recents, unsigned index, uint64_t key)
{
    if (index == XO_RECENT) {
        index = recents->count < XO_RECENT ? recents->count++ : XO_RECENT - 1;
    }
    xo_bring_forward(recents->keys, index, key);
    return index;
}

/* The same for an object, with its mark. */
static inline void
xo_column_promote_object(xo_column_mover *mover, unsigned index, uint64_t number)
{
    uint64_t mark = index == XO_RECENT ? 0 : mover->marks[index];
    xo_bring_forward(mover->marks, xo_recents_promote(&mover->objects, index, number), mark);
    if (index == XO_RECENT) {
        xo_keep_newest(&mover->newest_object, number);
    }
}

#endif
