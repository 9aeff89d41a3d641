/* What the files of definitions share. */
#ifndef XO_DEFINITIONS_H
#define XO_DEFINITIONS_H

#include "reader_private.h"

/* A zero-terminated copy, owned by the caller; NULL when memory runs out. */
char *xo_text_copy(xo_slice text);
/* The number that a definition gives must be the one after `known`. */
xo_status xo_definition_number(xo_log_cursor *cursor, uint64_t known);

/* code_definition.c */
xo_status xo_code_definition_load(xo_reader *reader, xo_log_cursor *cursor);
void xo_code_entry_free(xo_code_entry *code);

#endif
