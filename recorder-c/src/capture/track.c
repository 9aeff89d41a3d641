/* Which objects the recording follows, and when their contents are written. */
#include "buffers.h"
#include "events.h"
#include "finalizers.h"
#include "late_changes.h"
#include "recorded_names.h"
#include "registered.h"

#include <stdlib.h>

xo_pointer_map xo_entities;

static inline bool
list_add(xo_recorder *recorder, xo_pending_list *list, PyObject *object, xo_entity *entity)
{
    if (XO_UNLIKELY(list->count == list->capacity)) {
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

/* A number for an object that the recording meets for the first time; its image is written by write_fresh. */
static uint64_t
track(xo_recorder *recorder, PyObject *object, xo_entity *others)
{
    xo_entity *entity = xo_writer_new_entity(recorder->writer);
    if (entity == NULL || !xo_map_set(&xo_entities, object, entity)) {
        recorder->writer->failure = XO_NO_MEMORY;
        return 0;
    }
    entity->owner = recorder;
    entity->next = others;
    xo_watch_attributes(Py_TYPE(object));
    entity->user = (uint32_t)xo_kind_of(recorder, object) | XO_FRESH;
    xo_watch_lifetime(Py_TYPE(object));
    if ((entity->user & XO_KIND_MASK) == XO_KIND_DICT) {
        xo_watch_dict(object);
    } else if (object == recorder->builtins) {
        entity->user |= XO_DIRTY; /* for good: no change of what is kept opaque is written */
    }
    if (xo_unpickling_count != 0) {
        xo_unpickling_note(object);
    }
    if (xo_newest_dying != NULL) {
        xo_hold_dying(object);
    }
    list_add(recorder, &recorder->fresh, object, entity);
    return entity->number;
}

uint64_t
xo_number_of(xo_recorder *recorder, PyObject *object)
{
    xo_entity *first = xo_find(object);
    const xo_entity *entity = xo_entity_in(recorder, first);
    return entity != NULL ? entity->number : track(recorder, object, first);
}

xo_namespace
xo_namespace_of(xo_recorder *recorder, PyObject *dict)
{
    xo_namespace names = {xo_number_of(recorder, dict), NULL};
    xo_entity *entity = xo_find_in(recorder, dict);
    if (entity != NULL && (entity->user & XO_KIND_MASK) == XO_KIND_DICT && xo_dict_version(dict) != 0) {
        if (!(entity->user & XO_NAMESPACE)) {
            xo_recorded_names_begin(dict, entity);
        }
        names.compared = entity;
    }
    return names;
}

void
xo_mark_dirty(PyObject *object, xo_entity *entity)
{
    xo_recorder *recorder = entity->owner;
    if (xo_image_will_tell(entity)) {
        return;
    }
    if (list_add(recorder, &recorder->dirty, object, entity)) {
        entity->user |= XO_DIRTY;
    }
}

/* Writes the images of objects that have become tracked. */
XO_APART static void
write_fresh(xo_recorder *recorder)
{
    for (size_t i = 0; i < recorder->fresh.count; i++) { /* the list grows while we write */
        xo_pending pending = recorder->fresh.items[i];
        if (pending.object != NULL) {
            pending.entity->user &= ~(uint32_t)XO_FRESH;
            xo_write_image(recorder, pending.object, pending.entity, true);
        }
    }
    recorder->fresh.count = 0;
}

/* `in_chunks`: chunks may turn in between, which is so only when no step is half written. */
XO_APART static void
write_dirty(xo_recorder *recorder, bool in_chunks)
{
    for (size_t i = 0; i < recorder->dirty.count; i++) {
        xo_pending pending = recorder->dirty.items[i];
        if (pending.object != NULL) {
            bool has_news = (pending.entity->user & XO_MILESTONE) == 0;
            pending.entity->user &= ~(uint32_t)(XO_DIRTY | XO_MILESTONE);
            xo_write_image(recorder, pending.object, pending.entity, has_news);
        }
        if (in_chunks && recorder->writer->cursor >= recorder->writer->chunk_full) {
            xo_writer_turn_chunk(recorder->writer);
        }
    }
    recorder->dirty.count = 0;
}

void
xo_write_all_dirty(xo_recorder *recorder)
{
    write_dirty(recorder, true);
    write_fresh(recorder);
}

void
xo_settle_what_waits(xo_recorder *recorder)
{
    recorder->settling = true; /* since xo_flush_stores already, where a line was run */
    if (xo_open_count != 0) {
        xo_operations_write();
    }
    if (recorder->watches != NULL) {
        xo_watchpoints_settle(recorder);
    }
    if (recorder->field_watches != NULL) {
        xo_fields_settle(recorder);
    }
    if (recorder->dirty.count != 0) {
        write_dirty(recorder, false);
    }
    if (recorder->fresh.count != 0) {
        write_fresh(recorder);
    }
}

XO_APART static void
mark_milestone(PyObject *object, xo_entity *entity)
{
    bool was_due = (entity->user & (XO_DIRTY | XO_FRESH)) != 0;
    xo_mark_dirty(object, entity);
    if (!was_due) {
        entity->user |= XO_MILESTONE;
    }
}

XO_CONTAINED void
xo_change_end(PyObject *object, xo_entity *entity, xo_position start)
{
    xo_recorder *recorder = entity->owner;
    xo_record_end(recorder->writer, entity, start, false);
    if (XO_UNLIKELY(entity->user & XO_WATCHED)) {
        xo_watchpoint_notice(recorder);
    }
    if (recorder->fresh.count != 0) {
        write_fresh(recorder);
    }
    if (XO_UNLIKELY(xo_image_is_due(entity))) {
        mark_milestone(object, entity);
    }
    if (XO_UNLIKELY(recorder->writer->cursor >= recorder->writer->chunk_full)) {
        xo_writer_turn_chunk(recorder->writer);
    }
}

/* Code that is not recorded binds names in cells, and before 3.12 in dicts, without telling. */
void
xo_touch_cells(xo_recorder *recorder)
{
    recorder->unseen = false;
    for (size_t i = 0; xo_entities.pairs != NULL && i <= xo_entities.mask; i++) {
        PyObject *object = (PyObject *)xo_entities.pairs[i].key;
        xo_entity *entity = object == NULL || !PyCell_Check(object) ? NULL : xo_entities.pairs[i].value;
        for (; entity != NULL; entity = entity->next) {
            xo_mark_dirty(object, entity);
        }
    }
}

void
xo_touch_globals(PyObject *globals)
{
    for (xo_entity *entity = XO_HAS_DICT_WATCHERS ? NULL : xo_find(globals); entity != NULL; entity = entity->next) {
        xo_mark_dirty(globals, entity);
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

static void
end_entity(PyObject *object, xo_entity *entity)
{
    xo_recorder *recorder = entity->owner;
    xo_look_at_end(object, entity);
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
    if (recorder->field_watches != NULL) {
        xo_fields_forget(recorder, object);
    }
    xo_recorded_names_free(entity);
    xo_writer_end_entity(recorder->writer, entity);
}

void
xo_forget(PyObject *object)
{
    xo_entity *entity = xo_map_remove(&xo_entities, object);
    if (entity != NULL && xo_has_thread()) {
        xo_events_check();
    }
    if (xo_unpickling_count != 0 && entity != NULL) {
        xo_unpickling_forget(object);
    }
    while (entity != NULL) {
        xo_entity *next = entity->next;
        end_entity(object, entity);
        entity = next;
    }
}

/* What is left of an object's entities without the recording's. */
static xo_entity *
without(xo_entity *entity, const xo_recorder *recorder)
{
    xo_entity **link = &entity;
    while (*link != NULL && (*link)->owner != recorder) {
        link = &(*link)->next;
    }
    if (*link != NULL) {
        xo_recorded_names_free(*link);
        *link = (*link)->next;
    }
    return entity;
}

/* The map is built anew: its pairs move when one is removed. */
void
xo_forget_all(xo_recorder *recorder)
{
    xo_pointer_map left = {0};
    for (size_t i = 0; xo_entities.pairs != NULL && i <= xo_entities.mask; i++) {
        xo_pair pair = xo_entities.pairs[i];
        if (pair.key == NULL) {
            continue;
        }
        xo_entity *rest = without(pair.value, recorder);
        if (rest == NULL) {
            xo_unwatch_dict((PyObject *)pair.key);
        } else if (!xo_map_set(&left, pair.key, rest)) {
            xo_owner(rest)->writer->failure = XO_NO_MEMORY;
        }
    }
    xo_map_free(&xo_entities);
    xo_entities = left;
}
