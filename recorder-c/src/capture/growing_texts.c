/* Long texts that grow, as in `s += t`: what is new is written, not all of the text again.
 *
 * Nothing of the program's is held: a few newest long texts are kept as copies, and a text that starts with one of them
 * is that one, grown. Comparing is many times faster than hashing or writing it. It is not even compared where a variable
 * holds the same object as before: all that a text can do in its place is to grow at its end. */
#include "capture.h"

#include <stdlib.h>

enum { LARGEST_BYTES = 16 << 20, EDGE_BYTES = 16 };

static bool
has_edge(const xo_growing_text *known, const char *data, size_t size)
{
    size_t edge = known->size_bytes - EDGE_BYTES;
    return known->size_bytes != 0 && known->size_bytes <= size
           && memcmp(known->copy + edge, data + edge, EDGE_BYTES) == 0;
}

static bool
starts_with(const xo_growing_text *known, const char *data, size_t size)
{
    return has_edge(known, data, size) && memcmp(known->copy, data, known->size_bytes) == 0;
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

/* Every so often it is written whole, so that putting it together takes time in proportion to its size. */
static void
put_grown(xo_recorder *recorder, xo_growing_text *known, const char *data, size_t size)
{
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
}

/* Writes the text when it is a known one, perhaps grown. */
bool
xo_put_growing(xo_recorder *recorder, const char *data, size_t size)
{
    xo_growing_text *known = size < XO_LONG_TEXT_BYTES || size > LARGEST_BYTES ? NULL : find(recorder, data, size);
    if (known == NULL) {
        return false;
    }
    known->object = NULL; /* it may be longer now than the text that the holder has */
    put_grown(recorder, known, data, size);
    return true;
}

static xo_growing_text *
held_by(xo_recorder *recorder, xo_variable holder)
{
    for (size_t i = 0; i < XO_GROWING_TEXTS; i++) {
        xo_growing_text *known = &recorder->growing[i];
        if (known->object != NULL && known->holder.frame == holder.frame && known->holder.slot == holder.slot) {
            return known;
        }
    }
    return NULL;
}

/* The variable has got another value, or may have had one for a while. */
void
xo_let_go_text(xo_recorder *recorder, xo_variable holder)
{
    xo_growing_text *known = held_by(recorder, holder);
    if (known != NULL) {
        known->object = NULL;
    }
}

/* The frame's variables may have been changed from outside. */
void
xo_let_go_texts(xo_recorder *recorder, uint64_t frame)
{
    for (size_t i = 0; i < XO_GROWING_TEXTS; i++) {
        if (recorder->growing[i].holder.frame == frame) {
            recorder->growing[i].object = NULL;
        }
    }
}

static xo_growing_text *
newest(xo_recorder *recorder)
{
    xo_growing_text *found = &recorder->growing[0];
    for (size_t i = 1; i < XO_GROWING_TEXTS; i++) {
        found = recorder->growing[i].used > found->used ? &recorder->growing[i] : found;
    }
    return found;
}

/* Writes what a variable holds after one store to it. What it is stored over lives until then: the same object at the same
 * place is the same text, then. */
void
xo_put_held_text(xo_recorder *recorder, PyObject *text, xo_variable holder)
{
    const char *data = (const char *)PyUnicode_1BYTE_DATA(text);
    size_t size = (size_t)PyUnicode_GET_LENGTH(text);
    xo_growing_text *known = held_by(recorder, holder);
    if (known != NULL && known->object == text && size <= LARGEST_BYTES && has_edge(known, data, size)) {
        put_grown(recorder, known, data, size);
        return;
    }
    xo_let_go_text(recorder, holder);
    uint64_t clock = recorder->growing_clock;
    xo_put_text(recorder, text);
    if (recorder->growing_clock != clock) { /* it is the newest of the known ones now */
        known = newest(recorder);
        known->object = text;
        known->holder = holder;
    }
}

/* Remembers a text that has just been written at `position`, instead of the one that was of no use for longest. */
void
xo_keep_growing(xo_recorder *recorder, const char *data, size_t size, xo_position position)
{
    if (size < XO_LONG_TEXT_BYTES || size > LARGEST_BYTES) {
        return;
    }
    xo_growing_text *oldest = &recorder->growing[0];
    for (size_t i = 1; i < XO_GROWING_TEXTS; i++) {
        if (recorder->growing[i].used < oldest->used) {
            oldest = &recorder->growing[i];
        }
    }
    oldest->object = NULL;
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
