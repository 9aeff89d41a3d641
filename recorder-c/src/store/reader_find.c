/* The next or previous step that fits a filter: summaries say which chunks are worth decoding. */
#include "buffer.h"
#include "summary.h"

#include <stdlib.h>

static int
compare_places(const void *left, const void *right)
{
    uint64_t a = *(const uint64_t *)left;
    uint64_t b = *(const uint64_t *)right;
    return (a > b) - (a < b);
}

static bool
add_place(xo_search *search, size_t *capacity, uint64_t place)
{
    void *places = search->places;
    if (!xo_array_reserve(&places, capacity, search->place_count + 1, sizeof *search->places)) {
        return false;
    }
    search->places = places;
    search->places[search->place_count++] = place;
    return true;
}

/* The place of a line in one code, when it has it. */
static bool
place_of(const xo_code_entry *code, uint64_t visit, uint64_t *place)
{
    int64_t line = (int64_t)(int32_t)(uint32_t)visit - code->min_line;
    if (code->view.file != visit >> 32 || line < 0 || (uint64_t)line >= code->place_count) {
        return false;
    }
    *place = code->place_base + (uint64_t)line;
    return true;
}

/* A line may belong to several codes, each of which has a place for it. */
static xo_status
collect_places(const xo_reader *reader, xo_search *search)
{
    size_t capacity = 0;
    for (size_t i = 0; i < search->filter->visit_count; i++) {
        for (size_t code = 0; code < reader->codes.count; code++) {
            uint64_t place;
            if (place_of(&reader->codes.items[code], search->filter->visits[i], &place)
                && !add_place(search, &capacity, place)) {
                return XO_NO_MEMORY;
            }
        }
    }
    if (search->place_count > 1) {
        qsort(search->places, search->place_count, sizeof *search->places, compare_places);
    }
    return XO_OK;
}

static bool
visit_fits(const xo_reader *reader, const xo_search *search, uint32_t code, int32_t line)
{
    uint64_t place;
    if (code < 1 || code > reader->codes.count) {
        return false;
    }
    const xo_code_entry *entry = &reader->codes.items[code - 1];
    uint64_t visit = (uint64_t)entry->view.file << 32 | (uint32_t)line;
    return place_of(entry, visit, &place)
           && bsearch(&place, search->places, search->place_count, sizeof place, compare_places) != NULL;
}

static bool
step_fits(const xo_reader *reader, const xo_search *search, const xo_chunk_index *index, const xo_step_mark *mark)
{
    const xo_filter *filter = search->filter;
    const xo_node *node = &index->nodes.items[mark->node];
    const xo_frame_mark *frame = &index->frames.items[node->frame];
    xo_step_kind kind = xo_step_mark_kind(mark);
    if ((filter->kinds != 0 && !(filter->kinds >> kind & 1)) || (filter->thread != 0 && node->thread != filter->thread)
        || (filter->frame != 0 && frame->number != filter->frame) || node->depth > filter->max_depth) {
        return false;
    }
    return filter->visit_count == 0
           || (kind == XO_STEP_LINE && visit_fits(reader, search, frame->code, mark->line));
}

/* Looks at the steps [first, last) of one chunk, counted within it. */
static bool
find_in_chunk(const xo_reader *reader, const xo_search *search, const xo_chunk_index *index, uint64_t first,
              uint64_t last, bool forward, uint64_t *step)
{
    for (uint64_t i = first; i < last; i++) {
        uint64_t at = forward ? i : last - 1 - (i - first);
        if (step_fits(reader, search, index, &index->steps.items[at])) {
            *step = index->first_step + at;
            return true;
        }
    }
    return false;
}

/* Looks at the steps of a chunk that lie in [first, last) of the recording. */
static xo_status
search_chunk(xo_reader *reader, const xo_search *search, uint64_t chunk, uint64_t first, uint64_t last, bool forward,
             uint64_t *step)
{
    bool may;
    xo_chunk_index *index;
    xo_status status = xo_summary_may_fit(reader, chunk, search, &may);
    if (status != XO_OK) {
        return status;
    }
    if (!may) {
        return XO_NOT_FOUND;
    }
    if ((status = xo_reader_chunk_index(reader, chunk, &index)) != XO_OK) {
        return status;
    }
    uint64_t end = index->first_step + index->steps.count;
    uint64_t from = first > index->first_step ? first - index->first_step : 0;
    uint64_t to = (last < end ? last : end) - index->first_step;
    bool found = from < to && find_in_chunk(reader, search, index, from, to, forward, step);
    return found ? XO_OK : XO_NOT_FOUND;
}

/* Steps [first, last), which aren't empty. */
static xo_status
search_range(xo_reader *reader, const xo_search *search, uint64_t first, uint64_t last, bool forward,
             const volatile int *cancel, uint64_t *step)
{
    uint64_t low, high;
    size_t unpacked = reader->unpacked.count;
    xo_status status = xo_chunk_of_step(reader, first, &low);
    if (status != XO_OK || (status = xo_chunk_of_step(reader, last - 1, &high)) != XO_OK) {
        return status;
    }
    for (uint64_t i = 0; i <= high - low; i++) {
        uint64_t chunk = forward ? low + i : high - i;
        if (cancel != NULL && *cancel != 0) {
            return XO_NOT_FOUND;
        }
        status = search_chunk(reader, search, chunk, first, last, forward, step);
        xo_unpacked_trim(reader, unpacked);
        if (status != XO_NOT_FOUND) {
            return status;
        }
    }
    return XO_NOT_FOUND;
}

xo_status
xo_reader_find(xo_reader *reader, int64_t from, bool forward, const xo_filter *filter, const volatile int *cancel,
               uint64_t *step)
{
    xo_search search = {.filter = filter};
    uint64_t first = forward ? (from < 0 ? 0 : (uint64_t)from + 1) : 0;
    uint64_t last = forward ? reader->steps : (from < 0 ? 0 : (uint64_t)from);
    uint64_t kept = reader->header.base.first_step;
    first = first > kept ? first : kept;
    last = last < reader->steps ? last : reader->steps;
    if (first >= last) {
        return XO_NOT_FOUND;
    }
    xo_status status = collect_places(reader, &search);
    if (status == XO_OK) {
        bool nowhere = filter->visit_count > 0 && search.place_count == 0;
        status = nowhere ? XO_NOT_FOUND : search_range(reader, &search, first, last, forward, cancel, step);
    }
    free(search.places);
    return status;
}
