/* The filters of slots of a finished recording: what each chunk and each group of chunks writes is found by reading the
 * recording as everybody does. */
#ifndef XO_WRITER_FILTERS_H
#define XO_WRITER_FILTERS_H

#include "written_slots.h"

typedef struct {
    xo_reader *reader;        /* owned; NULL: there are no filters */
    xo_written_slots written; /* by the group of chunks so far */
    bool group_is_known;     /* from its start on */
    xo_chunk_header first;   /* of the group's first chunk */
    uint64_t group_bytes;    /* of its records */
    uint64_t left_bytes;     /* that the filters may still take */
} xo_filter_maker;

/* When the recording can't be read, the filters are left out. */
void xo_filters_open(xo_filter_maker *maker, const char *path, uint64_t most_bytes);
void xo_filters_close(xo_filter_maker *maker);

/* Leaves the filter of a chunk in *out, which is empty when none is worth its room. Chunks are asked for in order. */
void xo_filter_of_chunk(xo_filter_maker *maker, uint64_t chunk, xo_buffer *out);
/* The same of the group of chunks that ended just now. */
void xo_filter_of_group(xo_filter_maker *maker, xo_buffer *out);

#endif
