/* Changes that the recorder learned of later than they happened: in between, what is recorded of the object is out of date. */
#include "reader_private.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The notes `late.1`, `late.2` … hold "OBJECT SINCE FOUND". Others, and what isn't three numbers, are left alone. */
xo_status
xo_late_change_load(xo_reader *reader, const char *key, const char *text)
{
    static const char prefix[] = "late.";
    xo_late_change late;
    if (strncmp(key, prefix, sizeof prefix - 1) != 0
        || sscanf(text, "%" SCNu64 " %" SCNu64 " %" SCNu64, &late.object, &late.since, &late.found) != 3) {
        return XO_OK;
    }
    if (!xo_marks_room(&reader->late)) {
        return XO_NO_MEMORY;
    }
    reader->late.items[reader->late.count++] = late;
    reader->late_in_order = false;
    return XO_OK;
}

static int
compare(const void *left, const void *right)
{
    const xo_late_change *a = left, *b = right;
    if (a->object != b->object) {
        return a->object < b->object ? -1 : 1;
    }
    return a->found < b->found ? -1 : a->found > b->found;
}

bool
xo_is_out_of_date(xo_reader *reader, uint64_t object, uint64_t step, uint64_t *since)
{
    if (!reader->late_in_order && reader->late.count != 0) {
        qsort(reader->late.items, reader->late.count, sizeof *reader->late.items, compare);
    }
    reader->late_in_order = true;
    size_t low = 0, high = reader->late.count;
    while (low < high) { /* the first that was found after this step */
        size_t middle = low + (high - low) / 2;
        const xo_late_change *late = &reader->late.items[middle];
        if (late->object < object || (late->object == object && late->found <= step)) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    const xo_late_change *next = low < reader->late.count ? &reader->late.items[low] : NULL;
    bool is_so = next != NULL && next->object == object && next->since <= step;
    *since = is_so ? next->since : 0;
    return is_so;
}
