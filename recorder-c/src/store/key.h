/* Values as keys of dicts and elements of sets: equal when Python's would be. */
#ifndef XO_KEY_H
#define XO_KEY_H

#include "reader_private.h"

/* Where the contents of tuples and frozensets are looked up: at the place asked about, and, when they are gone there, at the
 * record that names them. */
typedef struct {
    xo_reader *reader;
    const xo_chunk_index *index;
    uint64_t end;
    uint64_t position; /* of that record; 0: none */
    uint64_t budget; /* values that may still be looked at */
} xo_key_context;

/* Equal keys have equal hashes, which differ from reader to reader: nobody can make a recording whose keys all
 * collide. Two objects with equal hashes are equal: the hash of a tuple or frozenset comes from
 * its contents, that of others from their number. XO_CORRUPT when the budget is used up. */
xo_status xo_key_hash(xo_key_context *context, const xo_value *value, uint64_t *hash);
/* Of two keys with the same hash. */
bool xo_key_equal(const xo_value *left, const xo_value *right);

#endif
