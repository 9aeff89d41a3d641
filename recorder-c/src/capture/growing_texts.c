/* Long texts that grow, as in `s += t`: what is new is written, not all of the text again.
 *
 * Nothing of the program's is held: a few newest long texts are kept as copies, and a text that starts with one of them
 * is that one, grown. Comparing is many times faster than hashing or writing it. */
#include "capture.h"

#include <stdlib.h>

enum { LEAST_BYTES = 512, LARGEST_BYTES = 4 << 20, EDGE_BYTES = 16 };

static bool
starts_with(const xo_growing_text *known, const char *data, size_t size)
{
    size_t edge = known->size_bytes - EDGE_BYTES;
    return known->size_bytes != 0 && known->size_bytes <= size
           && memcmp(known->copy + edge, data + edge, EDGE_BYTES) == 0
           && memcmp(known->copy, data, known->size_bytes) == 0;
}

static xo_growing_text *
find(xo_recorder *recorder, const char *data, size_t size)
{
    for (size_t i = 0; i < XO_GROWING_TEXTS; i++) {
        if (starts_with(&recorder->growing[i], data, size)) {
            return &recorder->growing[i];
        }
    }
    return NULL;
}

/* Makes the copy equal to the text, of which it has `common` bytes already. Without memory, the text is forgotten. */
static void
keep(xo_growing_text *known, const char *data, size_t size, size_t common)
{
    if (size > known->capacity) {
        size_t capacity = 2 * size;
        char *copy = realloc(known->copy, capacity);
        if (copy == NULL) {
            known->size_bytes = 0;
            return;
        }
        known->copy = copy;
        known->capacity = capacity;
    }
    memcpy(known->copy + common, data + common, size - common);
    known->size_bytes = size;
}

/* Writes the text when it is a known one, perhaps grown. Every so often it is written whole, so that putting it together
 * takes time in proportion to its size. */
bool
xo_put_growing(xo_recorder *recorder, const char *data, size_t size)
{
    xo_growing_text *known = size < LEAST_BYTES || size > LARGEST_BYTES ? NULL : find(recorder, data, size);
    if (known == NULL) {
        return false;
    }
    size_t common = known->size_bytes;
    known->used = ++recorder->growing_clock;
    known->grown_bytes += size - common;
    if (known->grown_bytes > known->whole_bytes) {
        known->position = xo_put_str(recorder->writer, data, size);
        known->whole_bytes = size;
        known->grown_bytes = 0;
    } else {
        known->position = xo_put_str_grown(recorder->writer, known->position, data + common, size - common);
    }
    keep(known, data, size, common);
    return true;
}

/* Remembers a text that has just been written at `position`, instead of the one that was of no use for longest. */
void
xo_keep_growing(xo_recorder *recorder, const char *data, size_t size, xo_position position)
{
    if (size < LEAST_BYTES || size > LARGEST_BYTES) {
        return;
    }
    xo_growing_text *oldest = &recorder->growing[0];
    for (size_t i = 1; i < XO_GROWING_TEXTS; i++) {
        if (recorder->growing[i].used < oldest->used) {
            oldest = &recorder->growing[i];
        }
    }
    oldest->position = position;
    oldest->whole_bytes = size;
    oldest->grown_bytes = 0;
    oldest->used = ++recorder->growing_clock;
    keep(oldest, data, size, 0);
}

void
xo_growing_free(xo_recorder *recorder)
{
    for (size_t i = 0; i < XO_GROWING_TEXTS; i++) {
        free(recorder->growing[i].copy);
        recorder->growing[i] = (xo_growing_text){0};
    }
}
