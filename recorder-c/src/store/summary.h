/* What a chunk's summary says about its steps. */
#ifndef XO_SUMMARY_H
#define XO_SUMMARY_H

#include "reader_private.h"

/* What a search looks for, put into the terms of summaries. */
typedef struct {
    const xo_filter *filter;
    uint64_t *places; /* owned; ascending: of filter->visits */
    size_t place_count;
    uint64_t bound; /* slots of the frame of which one must have been bound, unless the frame began; 0: no matter */
} xo_search;

/* Whether a chunk may have a step that fits: true when that can't be excluded. */
xo_status xo_summary_may_fit(xo_reader *reader, uint64_t chunk, const xo_search *search, bool *may);

/* What stands at its end. */
typedef struct {
    const uint8_t *objects; /* object table */
    size_t objects_bytes;
    const uint8_t *slots; /* the filter of slots that the chunk writes */
    size_t slots_bytes;   /* 0: nothing is known of them */
} xo_summary_end;

/* Of a closed chunk; XO_NOT_FOUND for an open one. It stays until the next question. */
xo_status xo_summary_end_load(xo_reader *reader, uint64_t chunk, xo_summary_end *out);
/* The frames older than the chunk that ran in it, and which slots they bound: see xo_bound_slot. */
typedef struct {
    uint64_t left, number;
    const uint8_t *numbers, *bound, *limit;
} xo_frame_walk;
/* Of a closed chunk of XO_SLOTS_SINCE or later. */
xo_status xo_frame_walk_begin(xo_reader *reader, uint64_t chunk, xo_frame_walk *out);
/* XO_NOT_FOUND behind the last. */
xo_status xo_frame_walk_next(xo_frame_walk *walk, uint64_t *frame, uint64_t *bound);
/* The same of `size` bytes that end with a filter and its size: *bytes is 0 when nothing is known. */
xo_status xo_slots_at_end(const xo_reader *reader, const uint8_t *bytes, size_t size, size_t *slots_bytes);

#endif
