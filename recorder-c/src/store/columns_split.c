/* From records to columns. */
#include "column_moves.h"

static inline xo_column_source *
source_of(xo_column_mover *mover, xo_column column)
{
    (void)column;
    return &mover->sources[XO_RECORDS];
}

static inline xo_column_sink *
sink_of(xo_column_mover *mover, xo_column column)
{
    return &mover->sinks[column];
}

/* How many bytes of the records are behind us. */
static inline uint64_t
position(const xo_column_mover *mover)
{
    return (uint64_t)(mover->sources[XO_RECORDS].at - mover->start);
}

static inline uint64_t
zigzag(uint64_t difference)
{
    return difference << 1 ^ (uint64_t)-(int64_t)(difference >> 63);
}

static inline uint64_t
take(xo_column_mover *mover)
{
    return xo_column_take(mover, &mover->sources[XO_RECORDS]);
}

/* A number that is in the column as what it is more than `expected`. */
static inline uint64_t
move_near(xo_column_mover *mover, xo_column column, uint64_t expected)
{
    uint64_t number = take(mover);
    xo_column_put(mover, &mover->sinks[column], zigzag(number - expected));
    return number;
}

/* A byte that names a recent one, or 0. */
static inline unsigned
put_recent(xo_column_mover *mover, const xo_recents *recents, xo_column column, uint64_t key)
{
    unsigned index = xo_recents_find(recents, key);
    xo_column_put(mover, &mover->sinks[column], index == XO_RECENT ? 0 : index + 1);
    return index;
}

/* An object's number. It is the latest of the recent ones then. */
static void
move_object(xo_column_mover *mover, xo_column column)
{
    uint64_t number = take(mover);
    unsigned index = put_recent(mover, &mover->objects, column, number);
    if (index == XO_RECENT) {
        xo_column_put(mover, &mover->sinks[XO_COLUMN_OBJECTS], zigzag(number - mover->newest_object));
    }
    xo_column_promote_object(mover, index, number);
}

static void
move_float(xo_column_mover *mover)
{
    xo_column_source *from = &mover->sources[XO_RECORDS];
    if (from->end - from->at < 8) {
        mover->failed = true;
        return;
    }
    uint64_t bits = xo_load_u64(from->at);
    unsigned index = put_recent(mover, &mover->floats, XO_COLUMN_SAME_FLOATS, bits);
    uint8_t *out = index == XO_RECENT ? xo_column_take_room(mover, &mover->sinks[XO_COLUMN_FLOATS], 8) : NULL;
    if (out != NULL) {
        xo_store_u64(out, bits);
    }
    from->at += 8;
    xo_recents_promote(&mover->floats, index, bits);
}

/* The distance to where a text stands, from the tag just before: which text that is, tells more. */
static void
move_text_distance(xo_column_mover *mover)
{
    uint64_t here = position(mover) - 1;
    uint64_t distance = take(mover);
    unsigned index = put_recent(mover, &mover->texts, XO_COLUMN_SAME_TEXTS, here - distance);
    if (index == XO_RECENT) {
        xo_column_put(mover, &mover->sinks[XO_COLUMN_TEXT_DISTANCES], distance);
    }
    xo_recents_promote(&mover->texts, index, here - distance);
}

#include "column_walk.h"

xo_status
xo_columns_split(const uint8_t *bytes, size_t size, size_t table_bytes, xo_buffer columns[XO_COLUMNS])
{
    xo_column_mover mover = {.start = bytes, .sources[XO_RECORDS] = {bytes, bytes + size}};
    for (int i = 0; i < XO_COLUMNS; i++) {
        uint8_t *room = columns[i].bytes;
        if (room != NULL) {
            mover.sinks[i] = (xo_column_sink){room, room, room + columns[i].capacity};
        }
    }
    move_bytes(&mover, XO_COLUMN_TABLE, table_bytes);
    move_records(&mover);
    for (int i = 0; i < XO_COLUMNS; i++) {
        const xo_column_sink *sink = &mover.sinks[i];
        columns[i] = (xo_buffer){sink->bytes, (size_t)(sink->at - sink->bytes), (size_t)(sink->end - sink->bytes), false};
    }
    return !mover.failed ? XO_OK : mover.no_memory ? XO_NO_MEMORY : XO_CORRUPT;
}
