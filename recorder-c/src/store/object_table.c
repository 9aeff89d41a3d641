#include "object_table.h"

#include "varint.h"

/* One pass of a radix sort, by the eleven bits of number - least from `shift` on. */
static void
sort_by_digit(const xo_object_entry *from, xo_object_entry *to, size_t count, uint64_t least, unsigned shift)
{
    size_t starts[2048] = {0};
    for (size_t i = 0; i < count; i++) {
        starts[(from[i].number - least) >> shift & 2047]++;
    }
    size_t sum = 0;
    for (size_t digit = 0; digit < 2048; digit++) {
        size_t size = starts[digit];
        starts[digit] = sum;
        sum += size;
    }
    for (size_t i = 0; i < count; i++) {
        to[starts[(from[i].number - least) >> shift & 2047]++] = from[i];
    }
}

static bool
is_sorted(const xo_object_entry *entries, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        if (entries[i - 1].number > entries[i].number) {
            return false;
        }
    }
    return true;
}

void
xo_object_table_sort(xo_object_entry *entries, xo_object_entry *scratch, size_t count)
{
    if (is_sorted(entries, count)) {
        return;
    }
    uint64_t least = UINT64_MAX;
    uint64_t most = 0;
    for (size_t i = 0; i < count; i++) {
        least = entries[i].number < least ? entries[i].number : least;
        most = entries[i].number > most ? entries[i].number : most;
    }
    xo_object_entry *from = entries;
    xo_object_entry *to = scratch;
    for (unsigned shift = 0; shift < 64 && (most - least) >> shift != 0; shift += 11) {
        sort_by_digit(from, to, count, least, shift);
        xo_object_entry *swap = from;
        from = to;
        to = swap;
    }
    if (from != entries) {
        memcpy(entries, from, count * sizeof *entries);
    }
}

void
xo_object_table_put(xo_buffer *buffer, const xo_object_entry *entries, size_t count, uint64_t base)
{
    xo_buffer_varint(buffer, count);
    xo_buffer_varint(buffer, base);
    size_t runs = buffer->size;
    for (size_t i = 0; i < count; i += XO_TABLE_RUN) {
        xo_buffer_u32(buffer, 0);
    }
    size_t start = buffer->size;
    for (size_t i = 0; i < count && !buffer->failed; i++) {
        bool first = i % XO_TABLE_RUN == 0;
        if (first) {
            xo_store_u32(buffer->bytes + runs + i / XO_TABLE_RUN * 4, (uint32_t)(buffer->size - start));
        }
        xo_buffer_varint(buffer, first ? entries[i].number : entries[i].number - entries[i - 1].number);
        xo_buffer_varint(buffer, entries[i].position - base);
    }
}

typedef struct {
    uint64_t count;
    uint64_t base;
    const uint8_t *runs;
    uint64_t run_count;
    const uint8_t *entries;
    const uint8_t *limit;
} table_view;

static xo_status
read_table(const uint8_t *at, size_t size, table_view *view)
{
    view->limit = at + size;
    if (xo_varint_read(&at, view->limit, &view->count) != XO_OK
        || xo_varint_read(&at, view->limit, &view->base) != XO_OK) {
        return XO_CORRUPT;
    }
    uint64_t rest = (uint64_t)(view->limit - at);
    if (view->count > rest / 2) {
        return XO_CORRUPT;
    }
    view->run_count = (view->count + XO_TABLE_RUN - 1) / XO_TABLE_RUN;
    if (view->run_count > rest / 4) {
        return XO_CORRUPT;
    }
    view->runs = at;
    view->entries = at + view->run_count * 4;
    return XO_OK;
}

static xo_status
find_run(const table_view *view, uint64_t run, const uint8_t **at, uint64_t *first_number)
{
    uint32_t offset = xo_load_u32(view->runs + run * 4);
    if (offset >= (uint64_t)(view->limit - view->entries)) {
        return XO_CORRUPT;
    }
    *at = view->entries + offset;
    return xo_varint_read(at, view->limit, first_number);
}

/* The last run that starts at `number` or before. */
static xo_status
search_runs(const table_view *view, uint64_t number, uint64_t *run)
{
    uint64_t low = 0;
    uint64_t high = view->run_count;
    while (high - low > 1) {
        uint64_t middle = low + (high - low) / 2;
        const uint8_t *at;
        uint64_t first;
        if (find_run(view, middle, &at, &first) != XO_OK) {
            return XO_CORRUPT;
        }
        if (first <= number) {
            low = middle;
        } else {
            high = middle;
        }
    }
    *run = low;
    return XO_OK;
}

xo_status
xo_object_table_find(const uint8_t *table, size_t size, uint64_t number, uint64_t *position)
{
    table_view view;
    uint64_t run, here, offset;
    const uint8_t *at;
    if (read_table(table, size, &view) != XO_OK) {
        return XO_CORRUPT;
    }
    if (view.count == 0) {
        return XO_NOT_FOUND;
    }
    if (search_runs(&view, number, &run) != XO_OK || find_run(&view, run, &at, &here) != XO_OK) {
        return XO_CORRUPT;
    }
    uint64_t left = view.count - run * XO_TABLE_RUN;
    for (uint64_t i = 0; i < XO_TABLE_RUN && i < left; i++) {
        uint64_t delta;
        if (i > 0 && xo_varint_read(&at, view.limit, &delta) != XO_OK) {
            return XO_CORRUPT;
        }
        here += i > 0 ? delta : 0;
        if (here > number) {
            return XO_NOT_FOUND;
        }
        if (xo_varint_read(&at, view.limit, &offset) != XO_OK) {
            return XO_CORRUPT;
        }
        if (here == number) {
            *position = view.base + offset;
            return XO_OK;
        }
    }
    return XO_NOT_FOUND;
}

xo_status
xo_object_walk_begin(const uint8_t *table, size_t size, xo_object_walk *out)
{
    table_view view;
    if (read_table(table, size, &view) != XO_OK) {
        return XO_CORRUPT;
    }
    *out = (xo_object_walk){.left = view.count, .base = view.base, .at = view.entries, .limit = view.limit};
    return XO_OK;
}

xo_status
xo_object_walk_next(xo_object_walk *walk, xo_object_entry *out)
{
    uint64_t number, offset;
    if (walk->left == 0) {
        return XO_NOT_FOUND;
    }
    if (xo_varint_read(&walk->at, walk->limit, &number) != XO_OK
        || xo_varint_read(&walk->at, walk->limit, &offset) != XO_OK) {
        return XO_CORRUPT;
    }
    walk->number = walk->in_run == 0 ? number : walk->number + number;
    walk->in_run = (walk->in_run + 1) % XO_TABLE_RUN;
    walk->left--;
    *out = (xo_object_entry){walk->number, walk->base + offset};
    return XO_OK;
}
