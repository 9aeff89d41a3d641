/* Changes that no hook told of: C code made them past slots and methods. The recording says that it shows them later than
 * they happened, and from where on. Memory is compared (memory_looks.c); of lists and sets, what their items add up to; of
 * dicts, before 3.12, which version they are; of those that frames hold names in, all that they lead to, where this is
 * another (recorded_names.c). */
#include "late_changes.h"

#include "hooks.h"
#include "item_sums.h"
#include "recorded_names.h"

#include <inttypes.h>
#include <stdio.h>

enum {
    OBJECTS_PER_LOOK = 4,
    NAMES_PER_LOOK = 16,
    ITEMS_PER_DEBT = 64, /* a list of so many takes no longer than all else that a look does */
};

/* ---- telling ---- */

static void
tell(xo_recorder *recorder)
{
    char text[256];
    const xo_late *newest = &recorder->newest_late;
    snprintf(text, sizeof text, "%" PRIu64 " times an object was found changed by C code that nothing told of, and is unknown "
             "from when it was last compared; the newest: object %" PRIu64 ", between steps %" PRIu64 " and %" PRIu64,
             recorder->late, newest->object, newest->right_at == 0 ? 0 : newest->right_at - 1, newest->found_at);
    recorder->late_told = recorder->late;
    xo_writer_note(recorder->writer, "seen_late", text);
}

void
xo_note_late(const xo_entity *entity, uint64_t right_at)
{
    char key[32], text[72];
    xo_recorder *recorder = entity->owner;
    xo_late late = {entity->number, right_at, recorder->writer->steps};
    if (late.right_at == late.found_at) {
        return; /* no step shows it as it was */
    }
    recorder->newest_late = late;
    snprintf(key, sizeof key, "late.%" PRIu64, ++recorder->late);
    snprintf(text, sizeof text, "%" PRIu64 " %" PRIu64 " %" PRIu64, late.object, late.right_at, late.found_at);
    xo_writer_note(recorder->writer, key, text);
    if (recorder->late >= 2 * recorder->late_told) {
        tell(recorder);
    }
}

void
xo_late_end(xo_recorder *recorder)
{
    if (recorder->late != recorder->late_told) {
        tell(recorder);
    }
}

void
xo_found_changed(PyObject *object, xo_entity *entity)
{
    if (xo_open_count == 0) { /* else what is under way has yet to tell */
        xo_note_late(entity, entity->right_at);
    }
    xo_mark_dirty(object, entity);
}

/* ---- comparing ---- */

/* What is recorded of the entity's object is to be what it holds now: no image is due that has more to tell. */
static bool
is_comparable(const xo_entity *entity)
{
    return (entity->user & XO_FRESH) == 0 && (entity->user & (XO_DIRTY | XO_MILESTONE)) != XO_DIRTY;
}

static bool
has_items(PyObject *object)
{
    bool may_be_set = Py_TYPE(object)->tp_basicsize >= (Py_ssize_t)sizeof(PySetObject); /* else nobody walks through its bases */
    return PyList_Check(object) || (may_be_set && PySet_Check(object));
}

bool
xo_differs(PyObject *object, xo_entity *entity)
{
    bool differs = false;
    if (has_items(object)) {
        xo_items_sum now = xo_sums_now(object);
        differs = !xo_sums_agree(entity, &now);
    } else if (entity->user & XO_NAMESPACE) {
        differs = !xo_recorded_names_agree(object, entity, NULL);
    } else if (PyDict_Check(object)) {
        differs = entity->length != 0 && entity->length != xo_low_version(object);
    }
    if (differs && xo_open_count == 0) {
        xo_note_late(entity, entity->right_at);
    }
    return differs;
}

static void
look_at(PyObject *object, xo_entity *entity)
{
    if (!is_comparable(entity)) {
        return;
    }
    if (xo_differs(object, entity)) {
        xo_mark_dirty(object, entity);
    } else {
        entity->right_at = xo_owner(entity)->writer->steps + xo_owner(entity)->settling;
    }
}

void
xo_look_before(PyObject *object)
{
    for (xo_entity *entity = xo_open_count == 0 ? xo_find(object) : NULL; entity != NULL; entity = entity->next) {
        look_at(object, entity);
    }
}

void
xo_look_before_entry(PyObject *dict, PyObject *key)
{
    for (xo_entity *entity = xo_open_count == 0 ? xo_find(dict) : NULL; entity != NULL; entity = entity->next) {
        if (!(entity->user & XO_NAMESPACE)) {
            look_at(dict, entity);
        } else if (is_comparable(entity) && !xo_recorded_name_agrees(dict, entity, key, NULL)) {
            xo_found_changed(dict, entity);
        }
    }
}

static bool
is_empty(PyObject *object)
{
    if (PyList_Check(object)) {
        return Py_SIZE(object) == 0;
    }
    return PyDict_Check(object) ? PyDict_GET_SIZE(object) == 0 : !PySet_Check(object) || ((PySetObject *)object)->used == 0;
}

void
xo_look_at_end(PyObject *object, xo_entity *entity)
{
    if (xo_open_count == 0 && is_comparable(entity) && !xo_names_are_pending(entity) && !is_empty(object)) {
        (void)xo_differs(object, entity);
    }
}

static void
look_at_names_in(PyObject *dict, xo_entity *entity, const xo_thread_state *thread, const xo_line *line)
{
    if (xo_is_as_recorded(dict, entity) || !is_comparable(entity)) {
        return;
    }
    bool is_due = xo_recorded_names_are_due(xo_owner(entity), dict);
    bool agrees = is_due ? xo_recorded_names_agree(dict, entity, thread)
                         : line == NULL || xo_stored_names_agree(dict, entity, xo_top(thread), line, thread);
    if (!agrees) {
        xo_found_changed(dict, entity);
    } else if (is_due) {
        entity->right_at = xo_owner(entity)->writer->steps + 1;
    }
}

void
xo_look_at_names(const xo_thread_state *thread, const xo_line *line)
{
    const xo_shadow *top = xo_top(thread);
    if (top->globals.compared != NULL) {
        look_at_names_in(top->iframe->f_globals, top->globals.compared, thread, line);
    }
    if (top->locals.compared != NULL && top->locals.compared != top->globals.compared) {
        look_at_names_in(top->iframe->f_locals, top->locals.compared, thread, line);
    }
}

/* ---- in turn ---- */

/* Those that frames on top hold names in have turns of their own. */
static void
look_in(const xo_recorder *recorder, PyObject *object, xo_entity *first)
{
    xo_entity *entity = xo_entity_in(recorder, first);
    if (entity != NULL && !xo_names_are_pending(entity)) {
        look_at(object, entity);
    }
}

static void
look_in_turn(xo_recorder *recorder, PyObject *object)
{
    if (!has_items(object) && !PyDict_Check(object)) {
        return;
    }
    look_in(recorder, object, xo_find(object));
    if (has_items(object)) {
        Py_ssize_t size = PyList_Check(object) ? Py_SIZE(object) : 4 * ((PySetObject *)object)->mask; /* wider, with gaps */
        recorder->look_debt += (uint64_t)size / ITEMS_PER_DEBT;
    }
}

/* C code that the program calls gets what stands in the caller's variables, mostly. */
static void
look_at_variables(xo_recorder *recorder, const xo_shadow *shadow)
{
    PyObject **slots = xo_iframe_slots(shadow->iframe), *names = shadow->iframe->f_locals, *value;
    for (int i = 0; i < shadow->code->slot_count; i++) {
        value = slots[i] != NULL && PyCell_Check(slots[i]) ? PyCell_GET(slots[i]) : slots[i];
        if (value != NULL) {
            look_in_turn(recorder, value);
        }
    }
    if (!shadow->code->in_dict || names == NULL || !PyDict_Check(names)) {
        return;
    }
    for (int i = 0; i < NAMES_PER_LOOK; i++) {
        if (!PyDict_Next(names, &recorder->next_name, NULL, &value)) {
            recorder->next_name = 0;
            return;
        }
        look_in_turn(recorder, value);
    }
}

void
xo_late_changes_look(xo_recorder *recorder, const xo_thread_state *thread)
{
    if (recorder->look_debt > 0) {
        recorder->look_debt--;
        return;
    }
    if (xo_open_count != 0 || xo_entities.pairs == NULL) {
        return;
    }
    recorder->settling = true;
    const xo_shadow *shadow = xo_top(thread);
    if (shadow != NULL) {
        look_at_variables(recorder, shadow);
    }
    for (int i = 0; i < OBJECTS_PER_LOOK; i++) {
        const xo_pair *pair = &xo_entities.pairs[recorder->next_look++ & xo_entities.mask];
        if (pair->key != NULL) {
            look_in_turn(recorder, (PyObject *)pair->key);
        }
    }
}

void
xo_late_changes_look_at_all(const xo_recorder *recorder)
{
    for (size_t i = 0; xo_open_count == 0 && xo_entities.pairs != NULL && i <= xo_entities.mask; i++) {
        const xo_pair *pair = &xo_entities.pairs[i];
        if (pair->key != NULL) {
            look_in(recorder, (PyObject *)pair->key, pair->value);
        }
    }
}
