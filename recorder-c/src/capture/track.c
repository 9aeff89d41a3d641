/* Which objects the recording follows, and when their contents are written. */
#include "buffers.h"

#include <stdlib.h>

static bool
list_add(xo_recorder *recorder, xo_pending_list *list, PyObject *object, xo_entity *entity)
{
    if (list->count == list->capacity) {
        size_t capacity = list->capacity == 0 ? 64 : 2 * list->capacity;
        xo_pending *items = realloc(list->items, capacity * sizeof(xo_pending));
        if (items == NULL) {
            recorder->writer->failure = XO_NO_MEMORY;
            return false;
        }
        list->items = items;
        list->capacity = capacity;
    }
    list->items[list->count++] = (xo_pending){object, entity};
    return true;
}

/* A number for an object that is met for the first time; its image is written by write_fresh. */
static uint64_t
track(xo_recorder *recorder, PyObject *object)
{
    xo_entity *entity = xo_writer_new_entity(recorder->writer);
    if (entity == NULL || !xo_map_set(&recorder->entities, object, entity)) {
        recorder->writer->failure = XO_NO_MEMORY;
        return 0;
    }
    entity->user = (uint32_t)xo_kind_of(object) | XO_FRESH;
    xo_watch_lifetime(Py_TYPE(object));
    if ((entity->user & XO_KIND_MASK) == XO_KIND_DICT) {
        xo_watch_dict(object);
    }
    list_add(recorder, &recorder->fresh, object, entity);
    return entity->number;
}

uint64_t
xo_number_of(xo_recorder *recorder, PyObject *object)
{
    xo_entity *entity = xo_map_get(&recorder->entities, object);
    return entity != NULL ? entity->number : track(recorder, object);
}

void
xo_mark_dirty(xo_recorder *recorder, PyObject *object, xo_entity *entity)
{
    if (entity->user & (XO_DIRTY | XO_FRESH)) {
        return;
    }
    if (list_add(recorder, &recorder->dirty, object, entity)) {
        entity->user |= XO_DIRTY;
    }
}

/* Writes the images of objects that have become tracked. */
static void
write_fresh(xo_recorder *recorder)
{
    for (size_t i = 0; i < recorder->fresh.count; i++) { /* the list grows while we write */
        xo_pending pending = recorder->fresh.items[i];
        if (pending.object != NULL) {
            pending.entity->user &= ~(uint32_t)XO_FRESH;
            xo_write_image(recorder, pending.object, pending.entity);
        }
    }
    recorder->fresh.count = 0;
}

static void
write_dirty(xo_recorder *recorder)
{
    for (size_t i = 0; i < recorder->dirty.count; i++) {
        xo_pending pending = recorder->dirty.items[i];
        if (pending.object != NULL) {
            pending.entity->user &= ~(uint32_t)XO_DIRTY;
            xo_write_image(recorder, pending.object, pending.entity);
        }
    }
    recorder->dirty.count = 0;
}

/* What a list has got since its length was last recorded, while C code is extending it. */
static void
write_growth(xo_recorder *recorder, xo_open_operation *operation, xo_entity *entity)
{
    Py_ssize_t length = PyList_GET_SIZE(operation->object);
    if (operation->recorded_length > length) {
        xo_mark_dirty(recorder, operation->object, entity);
        operation->recorded_length = -1;
        return;
    }
    for (; operation->recorded_length < length; operation->recorded_length++) {
        xo_position start = xo_record_begin(recorder->writer, XO_OP_LIST_APPEND, entity);
        xo_put_value(recorder, PyList_GET_ITEM(operation->object, operation->recorded_length));
        xo_record_end(recorder->writer, entity, start, false);
    }
}

static void
write_open(xo_recorder *recorder)
{
    for (xo_open_operation *operation = recorder->open; operation != NULL; operation = operation->outer) {
        xo_entity *entity = xo_map_get(&recorder->entities, operation->object);
        if (entity == NULL || (entity->user & (XO_DIRTY | XO_FRESH))) {
            continue;
        }
        if (operation->recorded_length >= 0) {
            write_growth(recorder, operation, entity);
        } else {
            xo_mark_dirty(recorder, operation->object, entity);
        }
    }
}

void
xo_settle(xo_recorder *recorder)
{
    if (recorder->open != NULL) {
        write_open(recorder);
    }
    if (recorder->watches != NULL) {
        xo_watchpoints_settle(recorder);
    }
    if (recorder->dirty.count != 0) {
        write_dirty(recorder);
    }
    if (recorder->fresh.count != 0) {
        write_fresh(recorder);
    }
}

void
xo_change_end(xo_recorder *recorder, PyObject *object, xo_entity *entity, xo_position start)
{
    xo_record_end(recorder->writer, entity, start, false);
    if (entity->user & XO_WATCHED) {
        xo_watchpoint_notice(recorder);
    }
    if (recorder->fresh.count != 0) {
        write_fresh(recorder);
    }
    if (xo_image_is_due(entity)) {
        xo_mark_dirty(recorder, object, entity);
    }
    if (recorder->writer->cursor >= recorder->writer->chunk_full) {
        xo_writer_turn_chunk(recorder->writer);
    }
}

static void
strike(xo_pending_list *list, const PyObject *object)
{
    for (size_t i = 0; i < list->count; i++) {
        if (list->items[i].object == object) {
            list->items[i].object = NULL;
        }
    }
}

void
xo_forget(PyObject *object)
{
    xo_recorder *recorder = xo_active;
    xo_entity *entity = xo_map_remove(&recorder->entities, object);
    if (entity == NULL) {
        return;
    }
    if (recorder->noted_globals == object) {
        recorder->noted_globals = NULL;
    }
    if (entity->user & XO_DIRTY) {
        strike(&recorder->dirty, object);
    }
    if (entity->user & XO_FRESH) {
        strike(&recorder->fresh, object);
    }
    if (recorder->watches != NULL) {
        xo_watches_forget(recorder, object);
    }
    xo_writer_end_entity(recorder->writer, entity);
}

void
xo_operation_begin(xo_open_operation *operation, PyObject *object, Py_ssize_t recorded_length)
{
    *operation = (xo_open_operation){xo_active->open, object, recorded_length};
    xo_active->open = operation;
}

/* Operations of several threads may end in another order than they began. */
void
xo_operation_end(xo_open_operation *operation)
{
    if (xo_active == NULL) {
        return;
    }
    for (xo_open_operation **link = &xo_active->open; *link != NULL; link = &(*link)->outer) {
        if (*link == operation) {
            *link = operation->outer;
            return;
        }
    }
}
