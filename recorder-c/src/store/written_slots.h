/* The slots that a chunk writes, of frames and objects that are older than it and, the objects, alive at its end. Those
 * that began in it are left out: a search for their writes ends there anyway. What counts as a write is what last_bind.c
 * and last_change.c may take for one; more may be listed, less never. */
#ifndef XO_WRITTEN_SLOTS_H
#define XO_WRITTEN_SLOTS_H

#include "buffer.h"
#include "reader_private.h"
#include "slot_hash.h"

typedef struct {
    uint64_t number; /* of the frame or object */
    uint64_t hash;
    bool is_local;
} xo_written_slot;

#define XO_RECENT_SLOTS 2048u
#define XO_KNOWN_TEXTS 512u

/* The text at a position of the log, and its part of a slot's hash. */
typedef struct {
    uint64_t position, part;
} xo_known_text;

typedef struct {
    XO_MARKS(xo_written_slot) slots;  /* owned */
    XO_MARKS(uint64_t) offsets;       /* owned: of the records of one object */
    uint64_t recent[XO_RECENT_SLOTS]; /* hashes that were added to the chunk's slots */
    xo_known_text texts[XO_KNOWN_TEXTS]; /* keys that were referred to */
    xo_number_map lengths;            /* of lists that grew, as far as they are known: from chunk to chunk */
} xo_written_slots;

void xo_written_slots_free(xo_written_slots *written);

/* Appends what `chunk` writes. Chunks are gone through in order, or the lengths be forgotten in between. */
xo_status xo_written_slots_gather(xo_reader *reader, uint64_t chunk, xo_written_slots *written);

/* written_tidy.c: sorts the slots from number `first` on and drops repeats. An object with more than `most` of them
 * gets XO_SPACE_ALL instead. */
void xo_written_slots_tidy(xo_written_slots *written, size_t first, size_t most);
/* Those of frames and objects that are older than a chunk with this header, from number `first` on, as a filter; nothing
 * when it would need more than `most_bytes`. */
void xo_written_slots_put(const xo_written_slots *written, size_t first, const xo_chunk_header *header, size_t most_bytes,
                          xo_buffer *buffer);

/* ---- written_lengths.c, between the files ---- */

xo_status xo_numbers_read(xo_log_cursor *cursor, uint64_t *numbers, size_t count);
/* Remembers how long a list is now. */
bool xo_length_set(xo_number_map *lengths, uint64_t object, uint64_t length);
/* Whether a record, whose operands follow, tells how long a list is after it whatever it was before: then *length is that. */
xo_status xo_length_told(uint8_t op, xo_log_cursor cursor, uint64_t *length, bool *told);
/* How long the list is before its record at `position`: when that isn't remembered, its records are gone through back to
 * one that tells. */
xo_status xo_length_before(xo_reader *reader, const xo_number_map *lengths, uint64_t object, uint64_t position,
                           uint64_t distance, uint64_t *length);

#endif
