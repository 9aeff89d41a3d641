/* Objects as they were at a place of the log: before offset `end` of the indexed chunk. */
#ifndef XO_OBJECT_READ_H
#define XO_OBJECT_READ_H

#include "reader_private.h"

/* The records of an object from its newest image on. */
typedef struct {
    uint64_t *positions; /* owned; newest first, the image last */
    size_t count, capacity;
} xo_record_chain;
xo_status xo_record_chain_read(xo_reader *reader, const xo_chunk_index *index, uint64_t end, uint64_t object,
                               xo_record_chain *out);
/* The same when its newest record is known to stand at `position`, and to end at `next` or before. */
xo_status xo_record_chain_from(xo_reader *reader, uint64_t position, uint64_t next, uint64_t object,
                               xo_record_chain *out);

/* reader_contents.c: as xo_object_read, when the object's newest record before `end` is known to stand at `position`,
 * and without what other objects hold for it: no attributes from a dict, and a view is unknown. */
xo_status xo_object_read_own(xo_reader *reader, const xo_chunk_index *index, uint64_t end, uint64_t object,
                             uint64_t position, xo_contents **out);

/* Reads the record at `position`: one of this object, which ends where the `next` one starts or before (so that a
 * chain of records takes no longer to read than they are long). */
xo_status xo_object_record_read(xo_reader *reader, uint64_t position, uint64_t next, uint64_t object,
                                xo_record *record, xo_log_cursor *cursor);

/* The head of an image: class and kind; the cursor stands at the contents then. */
xo_status xo_image_head(xo_log_cursor *cursor, uint64_t *class_object, xo_kind *kind);

/* *value is an object: when that is a cell, replaces it by what the cell holds. */
xo_status xo_cell_read(xo_reader *reader, const xo_chunk_index *index, uint64_t end, xo_value *value);

/* What a tuple or frozenset holds. */
typedef struct {
    xo_kind kind;
    xo_value *values; /* owned by the caller */
    size_t count;
} xo_elements;
/* XO_NOT_FOUND when the object is something else or isn't known. */
xo_status xo_elements_read(xo_reader *reader, const xo_chunk_index *index, uint64_t end, uint64_t object,
                           xo_elements *out);

#endif
