/* What a chunk's summary says about its steps. */
#ifndef XO_SUMMARY_H
#define XO_SUMMARY_H

#include "reader_private.h"

/* What a search looks for, put into the terms of summaries. */
typedef struct {
    const xo_filter *filter;
    uint64_t *places; /* owned; ascending: of filter->visits */
    size_t place_count;
} xo_search;

/* Whether a chunk may have a step that fits: true when that can't be excluded. */
xo_status xo_summary_may_fit(xo_reader *reader, uint64_t chunk, const xo_search *search, bool *may);

#endif
