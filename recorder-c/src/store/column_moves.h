/* How fields go from records into columns and back: one description of the records serves both directions. */
#ifndef XO_COLUMN_MOVES_H
#define XO_COLUMN_MOVES_H

#include "columns.h"

#include "varint.h"

#include <stdlib.h>

/* So many objects, floats and texts are called recent, and named by a byte. */
#define XO_RECENT 16u

/* The keys seen last, the latest first, each with a number that belongs to it: 0 at first. */
typedef struct {
    struct {
        uint64_t key, mark;
    } items[XO_RECENT];
    unsigned count;
} xo_recents;

typedef struct {
    const uint8_t *at, *end; /* borrowed */
} xo_column_source;

typedef struct {
    uint8_t *bytes, *at, *end; /* splitting: owned; joining: borrowed */
} xo_column_sink;

/* Splitting reads the records and writes to the columns, joining the other way round: `from` and `to` say for each
 * column which of these that is. */
typedef struct {
    bool joining;
    bool failed; /* what is read makes no sense, or there is no room: what was moved since means nothing */
    bool no_memory;
    const uint8_t *start; /* splitting: of the records */
    xo_column_source *from[XO_COLUMNS], sources[XO_COLUMNS];
    xo_column_sink *to[XO_COLUMNS], sinks[XO_COLUMNS];
    xo_recents objects, floats, texts;
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

static inline void
xo_move_bytes(xo_column_mover *mover, xo_column column, uint64_t size)
{
    xo_column_source *from = mover->from[column];
    uint8_t *out;
    if ((uint64_t)(from->end - from->at) < size) {
        mover->failed = true;
    } else if (size > 0 && (out = xo_column_take_room(mover, mover->to[column], (size_t)size)) != NULL) {
        memcpy(out, from->at, (size_t)size);
        from->at += size;
    }
}

/* 0 when it fails. */
static inline uint8_t
xo_move_byte(xo_column_mover *mover, xo_column column)
{
    xo_column_source *from = mover->from[column];
    xo_column_sink *to = mover->to[column];
    if (from->at == from->end || (to->at == to->end && !xo_column_grow(mover, to, 1))) {
        mover->failed = true;
        return 0;
    }
    return *to->at++ = *from->at++;
}

/* The slow part of xo_move_varint. */
uint64_t xo_move_varint_long(xo_column_mover *mover, xo_column column);

/* 0 when it fails. */
static inline uint64_t
xo_move_varint(xo_column_mover *mover, xo_column column)
{
    const xo_column_source *from = mover->from[column];
    return from->at < from->end && *from->at < 0x80 ? xo_move_byte(mover, column) : xo_move_varint_long(mover, column);
}

/* What is written otherwise in columns than in records is taken from the one and put into the other. 0 when it fails, as it
 * does for a number that takes more bytes than it must: it would be put back shorter. */
static inline uint64_t
xo_column_take(xo_column_mover *mover, xo_column_source *from)
{
    const uint8_t *start = from->at;
    uint64_t number = 0;
    if (xo_varint_read(&from->at, from->end, &number) != XO_OK || (from->at[-1] == 0 && from->at - start > 1)) {
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
    for (; number >= 0x80; number >>= 7) {
        *to->at++ = (uint8_t)(number | 0x80);
    }
    *to->at++ = (uint8_t)number;
}

/* Moves `key`, which is known when splitting, as a byte in `column`: 0 for what isn't recent. Returns its index among the
 * recent ones, XO_RECENT for none. When joining, *key is set unless that is returned. */
unsigned xo_move_recent(xo_column_mover *mover, xo_recents *recents, xo_column column, uint64_t *key);
/* Makes `key` the latest; `index` is what xo_move_recent returned. */
void xo_recents_promote(xo_recents *recents, unsigned index, uint64_t key);

#endif
