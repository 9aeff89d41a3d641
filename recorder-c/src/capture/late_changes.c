/* Changes that no hook told of: C code made them past slots and methods. The recording says that it shows them later than
 * they happened. Memory is compared (memory_looks.c); of lists and sets, the number of items. */
#include "late_changes.h"

#include <stdio.h>

enum { OBJECTS_PER_LOOK = 4 };

void
xo_note_late(const xo_entity *entity, uint64_t seen_right)
{
    char since[48] = "before step", text[200];
    xo_recorder *recorder = entity->owner;
    if (seen_right != 0) {
        snprintf(since, sizeof since, "between steps %llu and", (unsigned long long)seen_right);
    }
    snprintf(text, sizeof text, "%llu times an object was found changed by C code that nothing told of; the newest: object "
             "%llu, %s %llu", (unsigned long long)++recorder->late, (unsigned long long)entity->number, since,
             (unsigned long long)recorder->writer->steps);
    xo_writer_note(recorder->writer, "seen_late", text);
}

void
xo_found_changed(PyObject *object, xo_entity *entity)
{
    if (xo_open_count == 0) { /* else what is under way has yet to tell */
        xo_note_late(entity, 0);
    }
    xo_mark_dirty(object, entity);
}

static bool
has_length(PyObject *object, uint64_t *length)
{
    if (PyList_Check(object)) {
        *length = (uint64_t)Py_SIZE(object);
        return true;
    }
    *length = PySet_Check(object) ? (uint64_t)((PySetObject *)object)->used : 0;
    return PySet_Check(object);
}

static void
look_at(const xo_recorder *recorder, const xo_pair *pair)
{
    PyObject *object = (PyObject *)pair->key;
    uint64_t length;
    if (object == NULL || !has_length(object, &length)) {
        return;
    }
    for (xo_entity *entity = pair->value; entity != NULL; entity = entity->next) {
        if (entity->owner == recorder && entity->length != length && !xo_image_will_tell(entity)) {
            xo_found_changed(object, entity);
        }
    }
}

void
xo_lengths_look(xo_recorder *recorder)
{
    for (int i = 0; i < OBJECTS_PER_LOOK && xo_open_count == 0 && xo_entities.pairs != NULL; i++) {
        look_at(recorder, &xo_entities.pairs[recorder->next_look++ & xo_entities.mask]);
    }
}

void
xo_lengths_look_at_all(const xo_recorder *recorder)
{
    for (size_t i = 0; xo_open_count == 0 && xo_entities.pairs != NULL && i <= xo_entities.mask; i++) {
        look_at(recorder, &xo_entities.pairs[i]);
    }
}
