/* How the table of chunks is made; reader_private.h has what is asked of it. */
#ifndef XO_CHUNK_TABLE_H
#define XO_CHUNK_TABLE_H

#include "reader_private.h"

xo_status xo_chunk_table_add(xo_reader *reader, const xo_log_chunk *chunk);
xo_status xo_chunk_table_add_block(xo_reader *reader, uint64_t level, uint64_t offset);

/* chunk_load.c */
/* The header of the chunk at `offset`; XO_NOT_FOUND when there is none. */
xo_status xo_chunk_header_read(xo_reader *reader, uint64_t offset, xo_chunk_header *header);
/* A chunk that has nothing but a summary, an index block or the footer, with its checksum checked. */
xo_status xo_summary_chunk_map(xo_reader *reader, uint64_t offset, xo_chunk_kind kind, xo_chunk_header *header,
                               const uint8_t **payload);
/* unpacked.c: makes the chunk's payload readable. */
xo_status xo_chunk_unpack(xo_reader *reader, uint64_t index);
bool xo_chunk_records_are_right(const xo_log_chunk *chunk);
bool xo_chunk_summary_is_right(const xo_log_chunk *chunk);

#endif
