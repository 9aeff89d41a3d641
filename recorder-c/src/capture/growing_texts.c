/* Long texts that grow, as in `s += t`: what is new is written, not all of the text again.
 *
 * Nothing of the program's is held: a few newest long texts are kept as copies, and a text that starts with one of them
 * is that one, grown. Comparing is many times faster than hashing or writing it. It is not even compared where a variable
 * holds the same object as before: all that a text can do in its place is to grow at its end. */
#include "capture.h"

#include <stdlib.h>

enum { LARGEST_BYTES = 16 << 20, EDGE_BYTES = 16 };

/* The characters of a text. */
typedef struct {
    const char *data;
    size_t size_bytes;
    int width;
} text_view;

static text_view
view_of(PyObject *text)
{
    return (text_view){(const char *)PyUnicode_DATA(text), xo_text_bytes(text), ((PyASCIIObject *)text)->state.kind};
}

static bool
has_edge(const xo_growing_text *known, const text_view *view)
{
    size_t edge = known->size_bytes - EDGE_BYTES;
    return known->size_bytes != 0 && known->width == view->width && known->size_bytes <= view->size_bytes
           && memcmp(known->copy + edge, view->data + edge, EDGE_BYTES) == 0;
}

static bool
starts_with(const xo_growing_text *known, const text_view *view)
{
    return has_edge(known, view) && memcmp(known->copy, view->data, known->size_bytes) == 0;
}

static xo_growing_text *
find(xo_recorder *recorder, const text_view *view)
{
    for (size_t i = 0; i < XO_GROWING_TEXTS; i++) {
        if (starts_with(&recorder->growing[i], view)) {
            return &recorder->growing[i];
        }
    }
    return NULL;
}

/* Makes the copy equal to the text, of which it has `common` bytes already. Without memory, the text is forgotten. */
static void
keep(xo_growing_text *known, const text_view *view, size_t common)
{
    if (view->size_bytes > known->capacity) {
        size_t capacity = 2 * view->size_bytes;
        char *copy = realloc(known->copy, capacity);
        if (copy == NULL) {
            known->size_bytes = 0;
            return;
        }
        known->copy = copy;
        known->capacity = capacity;
    }
    memcpy(known->copy + common, view->data + common, view->size_bytes - common);
    known->size_bytes = view->size_bytes;
    known->width = view->width;
}

/* Writes the text from this character on: as what the known one has grown by, or, from the first one on, whole. */
static xo_position
put_from(xo_recorder *recorder, const xo_growing_text *known, PyObject *text, Py_ssize_t first)
{
    PyObject *encoded = NULL;
    const char *data = "";
    size_t size = 0;
    if (PyUnicode_IS_COMPACT_ASCII(text)) {
        data = (const char *)PyUnicode_1BYTE_DATA(text) + first;
        size = (size_t)(PyUnicode_GET_LENGTH(text) - first);
    } else if ((encoded = xo_encoded(recorder, text, first)) != NULL) {
        data = PyBytes_AS_STRING(encoded);
        size = (size_t)PyBytes_GET_SIZE(encoded);
    }
    xo_position position = first == 0 ? xo_put_str(recorder->writer, data, size)
                                      : xo_put_str_grown(recorder->writer, known->position, data, size);
    Py_XDECREF(encoded);
    return position;
}

/* Every so often it is written whole, so that putting it together takes time in proportion to its size. */
static void
put_grown(xo_recorder *recorder, xo_growing_text *known, PyObject *text, const text_view *view)
{
    size_t common = known->size_bytes;
    known->used = ++recorder->growing_clock;
    known->grown_bytes += view->size_bytes - common;
    if (known->grown_bytes > known->whole_bytes) {
        known->position = put_from(recorder, known, text, 0);
        known->whole_bytes = view->size_bytes;
        known->grown_bytes = 0;
    } else {
        known->position = put_from(recorder, known, text, (Py_ssize_t)(common / (size_t)view->width));
    }
    keep(known, view, common);
}

/* What an object held when its newest change was recorded, and holds still: it need not be compared. */
static xo_growing_text *
held_unchanged(xo_recorder *recorder, const PyObject *text, const text_view *view)
{
    for (size_t i = 0; i < XO_GROWING_TEXTS; i++) {
        xo_growing_text *known = &recorder->growing[i];
        if (known->object == text && known->holder.owner == recorder->unchanged_owner
            && known->size_bytes == view->size_bytes && has_edge(known, view)) {
            return known;
        }
    }
    return NULL;
}

/* Writes the text when it is a known one, perhaps grown. */
bool
xo_put_growing(xo_recorder *recorder, PyObject *text)
{
    text_view view = view_of(text);
    xo_growing_text *held = recorder->unchanged_owner == 0 ? NULL : held_unchanged(recorder, text, &view);
    if (held != NULL) {
        put_grown(recorder, held, text, &view);
        return true;
    }
    xo_growing_text *known = view.size_bytes > LARGEST_BYTES ? NULL : find(recorder, &view);
    if (known == NULL) {
        return false;
    }
    known->object = NULL; /* it may be longer now than the text that the holder has */
    put_grown(recorder, known, text, &view);
    return true;
}

static xo_growing_text *
held_by(xo_recorder *recorder, xo_variable holder)
{
    for (size_t i = 0; i < XO_GROWING_TEXTS; i++) {
        xo_growing_text *known = &recorder->growing[i];
        if (known->object != NULL && known->holder.owner == holder.owner && known->holder.slot == holder.slot) {
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

/* The frame's variables, or what the object holds, may have been changed from outside. */
void
xo_let_go_texts(xo_recorder *recorder, uint64_t owner)
{
    for (size_t i = 0; i < XO_GROWING_TEXTS; i++) {
        if (recorder->growing[i].holder.owner == owner) {
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
    text_view view = view_of(text);
    xo_growing_text *known = held_by(recorder, holder);
    if (known != NULL && known->object == text && view.size_bytes <= LARGEST_BYTES && has_edge(known, &view)) {
        put_grown(recorder, known, text, &view);
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
xo_keep_growing(xo_recorder *recorder, PyObject *text, xo_position position)
{
    text_view view = view_of(text);
    if (view.size_bytes > LARGEST_BYTES) {
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
    oldest->whole_bytes = view.size_bytes;
    oldest->grown_bytes = 0;
    oldest->used = ++recorder->growing_clock;
    keep(oldest, &view, 0);
}

void
xo_growing_free(xo_recorder *recorder)
{
    for (size_t i = 0; i < XO_GROWING_TEXTS; i++) {
        free(recorder->growing[i].copy);
        recorder->growing[i] = (xo_growing_text){0};
    }
}
