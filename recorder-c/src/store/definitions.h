/* What the files of definitions share. */
#ifndef XO_DEFINITIONS_H
#define XO_DEFINITIONS_H

#include "buffer.h"
#include "codec.h"
#include "reader_private.h"

/* A zero-terminated copy, owned by the caller; NULL when memory runs out. */
char *xo_text_copy(xo_slice text);
/* The number that a definition gives must be the one after `known`. */
xo_status xo_definition_number(xo_log_cursor *cursor, uint64_t known);

/* ---- definition_chain.c ---- */

/* A definition as it stands in the log: a copy, so that its chunk may go. */
typedef struct {
    uint64_t position;
    uint8_t op;
    uint8_t *operands; /* owned */
    size_t size;
} xo_definition;

typedef struct {
    xo_definition *items; /* newest first */
    size_t count, capacity;
} xo_definition_list;

/* The definitions from the position `newest` back to the one at `known`, which is left out. On failure *list has some of
 * them, and is to be freed as well. */
xo_status xo_definition_chain_read(xo_reader *reader, uint64_t newest, uint64_t known, xo_definition_list *list);
void xo_definition_list_free(xo_definition_list *list);

/* One of the copies in the footer; `operands` is what follows the distance. */
void xo_definition_put(xo_buffer *buffer, uint8_t op, const uint8_t *operands, size_t size);
xo_status xo_definition_take(const uint8_t **at, const uint8_t *limit, uint8_t *op, xo_slice *operands);
/* Appends the copies of all definitions as they stand in the footer; compressed when `packer` isn't NULL. */
xo_status xo_definition_copies_put(xo_reader *reader, xo_packer *packer, xo_buffer *out);
/* The copies in the footer, which has some; the caller frees *out, which is NULL on failure. */
xo_status xo_definition_copies_read(xo_reader *reader, uint8_t **out, size_t *size);

/* code_definition.c */
xo_status xo_code_definition_load(xo_reader *reader, xo_log_cursor *cursor);
void xo_code_entry_free(xo_code_entry *code);

#endif
