/* From columns back to records. */
#include "column_moves.h"

static inline xo_column_source *
source_of(xo_column_mover *mover, xo_column column)
{
    return &mover->sources[column];
}

static inline xo_column_sink *
sink_of(xo_column_mover *mover, xo_column column)
{
    (void)column;
    return &mover->sinks[XO_RECORDS];
}

/* How many bytes of the records are behind us. */
static inline uint64_t
position(const xo_column_mover *mover)
{
    return (uint64_t)(mover->sinks[XO_RECORDS].at - mover->start);
}

static inline uint64_t
take(xo_column_mover *mover, xo_column column)
{
    return xo_column_take(mover, &mover->sources[column]);
}

static inline void
put(xo_column_mover *mover, uint64_t number)
{
    xo_column_put(mover, &mover->sinks[XO_RECORDS], number);
}

/* A number that is in the column as what it is more than `expected`. */
static inline uint64_t
move_near(xo_column_mover *mover, xo_column column, uint64_t expected)
{
    uint64_t number = expected + (uint64_t)xo_unzigzag(take(mover, column));
    put(mover, number);
    return number;
}

/* Answers XO_RECENT, and leaves *key, where none is named. */
static inline unsigned
take_recent(xo_column_mover *mover, const xo_recents *recents, xo_column column, uint64_t *key)
{
    uint64_t name = take(mover, column);
    if (name > recents->count) {
        mover->failed = true;
        return XO_RECENT;
    }
    if (name == 0) {
        return XO_RECENT;
    }
    *key = recents->keys[name - 1];
    return (unsigned)name - 1;
}

/* An object's number. It is the latest of the recent ones then. */
static void
move_object(xo_column_mover *mover, xo_column column)
{
    uint64_t number = 0;
    unsigned index = take_recent(mover, &mover->objects, column, &number);
    if (index == XO_RECENT) {
        number = mover->newest_object + (uint64_t)xo_unzigzag(take(mover, XO_COLUMN_OBJECTS));
    }
    put(mover, number);
    xo_column_promote_object(mover, index, number);
}

static void
move_float(xo_column_mover *mover)
{
    uint64_t bits = 0;
    unsigned index = take_recent(mover, &mover->floats, XO_COLUMN_SAME_FLOATS, &bits);
    xo_column_source *from = &mover->sources[XO_COLUMN_FLOATS];
    if (index == XO_RECENT) {
        if (from->end - from->at < 8) {
            mover->failed = true;
            return;
        }
        bits = xo_load_u64(from->at);
        from->at += 8;
    }
    uint8_t *out = xo_column_take_room(mover, &mover->sinks[XO_RECORDS], 8);
    if (out != NULL) {
        xo_store_u64(out, bits);
    }
    xo_recents_promote(&mover->floats, index, bits);
}

/* The distance to where a text stands, from the tag just before: which text that is, tells more. */
static void
move_text_distance(xo_column_mover *mover)
{
    uint64_t here = position(mover) - 1, place = 0;
    unsigned index = take_recent(mover, &mover->texts, XO_COLUMN_SAME_TEXTS, &place);
    if (index == XO_RECENT) {
        place = here - take(mover, XO_COLUMN_TEXT_DISTANCES);
    }
    put(mover, here - place);
    xo_recents_promote(&mover->texts, index, place);
}

#include "column_walk.h"

xo_status
xo_columns_join(const xo_slice columns[XO_COLUMNS], uint8_t *out, size_t size)
{
    xo_column_mover mover = {.room_is_fixed = true, .start = out, .sinks[XO_RECORDS] = {out, out, out + size}};
    for (int i = XO_RECORDS + 1; i < XO_COLUMNS; i++) {
        if (columns[i].size > 0) {
            mover.sources[i] = (xo_column_source){columns[i].bytes, columns[i].bytes + columns[i].size};
        }
    }
    move_bytes(&mover, XO_COLUMN_TABLE, columns[XO_COLUMN_TABLE].size);
    move_records(&mover);
    for (int i = XO_RECORDS + 1; i < XO_COLUMNS; i++) {
        mover.failed = mover.failed || mover.sources[i].at < mover.sources[i].end;
    }
    return mover.failed || mover.sinks[XO_RECORDS].at < out + size ? XO_CORRUPT : XO_OK;
}
