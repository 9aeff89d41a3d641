/* Texts that must not be seen: as a whole, and inside of others when they are long enough to mean something there. */
#ifndef XO_SECRETS_H
#define XO_SECRETS_H

#include "buffer.h"
#include "chunk_index.h"
#include "number_map.h"

/* Shorter ones are not looked for inside of other texts. */
#define XO_SECRET_INSIDE 4u

typedef struct {
    uint8_t *bytes; /* owned */
    uint64_t size;
    uint32_t next_same;   /* index + 1 of another with the same hash */
    uint32_t next_prefix; /* with the same first bytes */
} xo_secret;

typedef struct {
    XO_MARKS(xo_secret) items;
    xo_number_map by_hash, by_prefix; /* index + 1 */
    uint8_t prefixes[8192];           /* bits of hashed first bytes that occur */
    uint64_t longest;
    xo_buffer replaced;               /* what the last replacement made */
} xo_secrets;

void xo_secrets_free(xo_secrets *secrets);
/* Empty texts and parts of the stand-in are no secrets. False when memory runs out. */
bool xo_secrets_add(xo_secrets *secrets, xo_slice text);
bool xo_secrets_has(const xo_secrets *secrets, xo_slice text);
/* The first one inside of `text` that starts at `from` or later. */
bool xo_secrets_find(const xo_secrets *secrets, xo_slice text, uint64_t from, xo_slice *found);
/* `text` itself, or with a stand-in for each secret in it: valid until the next call. Line ends in a secret stay. */
xo_status xo_secrets_replace(xo_secrets *secrets, xo_slice text, xo_slice *out);

/* The same for memory, which keeps its size: a secret in it is overwritten by asterisks. */
xo_status xo_secrets_overwrite(xo_secrets *secrets, xo_slice bytes, xo_slice *out);

/* Letters and underscores only. */
bool xo_looks_like_a_word(xo_slice text);

#endif
