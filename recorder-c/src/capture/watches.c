/* Memory in C that may be changed by those who hold a pointer into it. What was recorded of it last is kept as a copy;
 * before a step, memory that may have changed is compared with that, and what differs is recorded.
 *
 * What may have changed is told by hooks (xo_memory_touched). All other watched memory is looked at in turn as well, so much
 * of it per step that the cost stays small: little memory is looked at before every step. */
#include "watches.h"

#include <stdlib.h>

static xo_memory_watch *
find(const xo_recorder *recorder, PyObject *object)
{
    return recorder->watches == NULL ? NULL : xo_map_get(&recorder->watches->by_object, object);
}

bool
xo_is_watched(PyObject *object)
{
    const xo_entity *entity = xo_find(object);
    while (entity != NULL && find(xo_owner(entity), object) == NULL) {
        entity = entity->next;
    }
    return entity != NULL;
}

bool
xo_watch_is_pinned(const struct xo_watches *watches, PyObject *object)
{
    return watches != NULL && xo_map_get(&watches->pinned, object) != NULL;
}

/* ---- watches ---- */

static void
unsuspect(struct xo_watches *watches, xo_memory_watch *item)
{
    for (size_t i = 0; item->is_suspect && i < watches->suspect_count; i++) {
        if (watches->suspects[i] == item) {
            watches->suspects[i] = watches->suspects[--watches->suspect_count];
            break;
        }
    }
    item->is_suspect = false;
}

void
xo_watch_remove(struct xo_watches *watches, xo_memory_watch *item)
{
    unsuspect(watches, item);
    xo_map_remove(&watches->by_object, item->object);
    xo_memory_watch *last = watches->all[--watches->count];
    watches->all[item->index] = last;
    last->index = item->index;
    xo_copy_drop(watches, item);
    free(item);
}

static bool
add_pointer(xo_memory_watch ***items, size_t *count, size_t *capacity, xo_memory_watch *item)
{
    if (*count == *capacity) {
        size_t more = *capacity == 0 ? 16 : 2 * *capacity;
        xo_memory_watch **grown = realloc(*items, more * sizeof *grown);
        if (grown == NULL) {
            return false;
        }
        *items = grown;
        *capacity = more;
    }
    (*items)[(*count)++] = item;
    return true;
}

static xo_memory_watch *
add_watch(struct xo_watches *watches, PyObject *object)
{
    xo_memory_watch *item = calloc(1, sizeof *item);
    if (item == NULL || !xo_map_set(&watches->by_object, object, item)) {
        free(item);
        return NULL;
    }
    if (!add_pointer(&watches->all, &watches->count, &watches->capacity, item)) {
        xo_map_remove(&watches->by_object, object);
        free(item);
        return NULL;
    }
    item->object = object;
    item->index = watches->count - 1;
    return item;
}

static struct xo_watches *
watches_of(xo_recorder *recorder)
{
    if (recorder->watches == NULL) {
        recorder->watches = calloc(1, sizeof *recorder->watches);
    }
    return recorder->watches;
}

/* Remembers what has just been recorded of this memory. */
static void
remember(xo_recorder *recorder, PyObject *object, xo_entity *entity, const char *data, Py_ssize_t size, bool has_values)
{
    struct xo_watches *watches = watches_of(recorder);
    xo_memory_watch *item = watches == NULL ? NULL : xo_map_get(&watches->by_object, object);
    if (item == NULL && (watches == NULL || (item = add_watch(watches, object)) == NULL)) {
        recorder->writer->failure = XO_NO_MEMORY;
        return;
    }
    xo_copy_drop(watches, item);
    item->entity = entity;
    item->data = data;
    item->size = size;
    item->has_values = has_values;
    item->right_at = recorder->writer->steps + recorder->settling;
    if (!xo_copy_take(watches, item)) {
        recorder->writer->failure = XO_NO_MEMORY;
    }
}

void
xo_watch_memory(xo_recorder *recorder, PyObject *object, xo_entity *entity, const xo_layout *layout)
{
    xo_memory_watch *item = find(recorder, object);
    bool is_flat = layout->dimensions < 0;
    if (is_flat && xo_export_count(object) == 0 && !xo_watch_is_pinned(recorder->watches, object)) {
        if (item != NULL) {
            xo_watch_remove(recorder->watches, item);
        }
        return;
    }
    remember(recorder, object, entity, layout->memory, layout->memory_bytes, (layout->flags & XO_BUFFER_VALUES) != 0);
}

void
xo_watches_forget(xo_recorder *recorder, PyObject *object)
{
    xo_memory_watch *item = find(recorder, object);
    if (item != NULL) {
        xo_watch_remove(recorder->watches, item);
    }
    xo_map_remove(&recorder->watches->pinned, object);
}

/* A view of this memory is known: it is compared for as long as it lives. */
void
xo_watch_pin(xo_recorder *recorder, PyObject *storage)
{
    struct xo_watches *watches = watches_of(recorder);
    xo_entity *entity = xo_find_in(recorder, storage);
    if (watches == NULL || entity == NULL || xo_watch_is_pinned(watches, storage)) {
        return;
    }
    if (!xo_map_set(&watches->pinned, storage, storage)) {
        recorder->writer->failure = XO_NO_MEMORY;
    }
    if (find(recorder, storage) == NULL) { /* the view may have been written already */
        xo_mark_dirty(storage, entity);
    }
}

void
xo_watches_free(xo_recorder *recorder)
{
    struct xo_watches *watches = recorder->watches;
    if (watches == NULL) {
        return;
    }
    for (size_t i = 0; i < watches->count; i++) {
        free(watches->all[i]->copy);
        free(watches->all[i]->hashes);
        free(watches->all[i]);
    }
    xo_map_free(&watches->by_object);
    xo_map_free(&watches->pinned);
    free(watches->all);
    free(watches->suspects);
    free(watches);
    recorder->watches = NULL;
}

/* ---- what may have changed ---- */

static void
suspect(struct xo_watches *watches, xo_memory_watch *item, Py_ssize_t low, Py_ssize_t high)
{
    if (item->is_suspect) {
        item->low = low < item->low ? low : item->low;
        item->high = high > item->high ? high : item->high;
        return;
    }
    if (add_pointer(&watches->suspects, &watches->suspect_count, &watches->suspect_capacity, item)) {
        item->is_suspect = true;
        item->low = low;
        item->high = high;
    }
}

/* Where only some of the recordings that follow the object compare its memory, its image is due in the others. */
static void
touched_in(xo_entity *entity, PyObject *storage, const char *start, Py_ssize_t size)
{
    xo_memory_watch *item = find(xo_owner(entity), storage);
    if (item == NULL) {
        xo_mark_dirty(storage, entity);
        return;
    }
    Py_ssize_t low = start - item->data;
    bool is_part = size >= 0 && low >= 0 && low <= item->size - size;
    suspect(xo_owner(entity)->watches, item, is_part ? low : 0, is_part ? low + size : PY_SSIZE_T_MAX);
}

void
xo_memory_touched(PyObject *object, const char *start, Py_ssize_t size)
{
    PyObject *storage = xo_storage_of(object);
    if (!xo_is_watched(storage)) {
        if (storage != object && xo_is_flat(storage)) { /* through a view that holds no buffer */
            xo_touch(storage);
        }
        return;
    }
    for (xo_entity *entity = xo_find(storage); entity != NULL; entity = entity->next) {
        touched_in(entity, storage, start, size);
    }
}

static void
exposed_in(xo_entity *entity, PyObject *storage)
{
    Py_ssize_t size;
    xo_recorder *recorder = xo_owner(entity);
    xo_memory_watch *item = find(recorder, storage);
    if (item == NULL && !xo_image_will_tell(entity) && xo_is_flat(storage)) {
        const char *data = xo_flat_bytes(storage, &size);
        remember(recorder, storage, entity, data, size, false);
        item = find(recorder, storage);
    }
    if (item != NULL) {
        suspect(recorder->watches, item, 0, PY_SSIZE_T_MAX);
    }
}

void
xo_all_memory_touched(void)
{
    for (xo_recorder *recorder = xo_recorders; recorder != NULL; recorder = recorder->next) {
        struct xo_watches *watches = recorder->watches;
        for (size_t i = 0; watches != NULL && i < watches->count; i++) {
            suspect(watches, watches->all[i], 0, PY_SSIZE_T_MAX);
        }
    }
}

void
xo_memory_exposed(PyObject *object)
{
    PyObject *storage = xo_storage_of(object);
    for (xo_entity *entity = xo_find(storage); entity != NULL; entity = entity->next) {
        exposed_in(entity, storage);
    }
}
