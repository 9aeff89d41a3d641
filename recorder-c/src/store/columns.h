/* The start table and the records of a chunk, field by field in columns. What is alike stands together there, and
 * what follows from what was before is left out: compressed, they take about half the room. */
#ifndef XO_COLUMNS_H
#define XO_COLUMNS_H

#include "buffer.h"
#include "record.h"

/* FORMAT.md says which field is in which. */
typedef enum {
    XO_RECORDS, /* no column: the bytes that are split */
    XO_COLUMN_TABLE,
    XO_COLUMN_OPS,
    XO_COLUMN_HEADS,
    XO_COLUMN_FRAMES,
    XO_COLUMN_LINES,
    XO_COLUMN_SLOTS,
    XO_COLUMN_CHANGED,
    XO_COLUMN_HELD,
    XO_COLUMN_OBJECTS,
    XO_COLUMN_DISTANCES,
    XO_COLUMN_SHAPES,
    XO_COLUMN_INDEXES,
    XO_COLUMN_TAGS,
    XO_COLUMN_INTEGERS,
    XO_COLUMN_SAME_FLOATS,
    XO_COLUMN_FLOATS,
    XO_COLUMN_TEXTS,
    XO_COLUMN_SAME_TEXTS,
    XO_COLUMN_TEXT_DISTANCES,
    XO_COLUMN_BODIES,
    XO_COLUMNS
} xo_column;

/* Splits `size` bytes, the first `table_bytes` of which are the start table, into columns[XO_COLUMN_TABLE] and those
 * behind it, whose memory is used again. XO_CORRUPT when the records make no sense. The caller frees the columns,
 * whatever is returned. */
xo_status xo_columns_split(const uint8_t *bytes, size_t size, size_t table_bytes, xo_buffer columns[XO_COLUMNS]);

/* The opposite; XO_CORRUPT unless all of the columns make exactly `size` bytes. */
xo_status xo_columns_join(const xo_slice columns[XO_COLUMNS], uint8_t *out, size_t size);

#endif
