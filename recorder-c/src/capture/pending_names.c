/* Which names a line stores to in a dict, before 3.12: known from its code. */
#include "recorded_names.h"

/* Whether the store is to a name in this dict. */
static bool
is_stored_in(const xo_shadow *shadow, const xo_store *store, const xo_entity *entity)
{
    switch ((xo_store_kind)store->kind) {
    case XO_STORE_NAME:
    case XO_STORE_SUM:
    case XO_STORE_NAMES:
    case XO_DELETE_NAME:
        return shadow->locals.compared == entity;
    case XO_STORE_GLOBAL:
    case XO_DELETE_GLOBAL:
        return shadow->globals.compared == entity;
    case XO_STORE_FAST:
    case XO_STORE_CELL:
        return false;
    }
    return false;
}

static PyObject *
name_of(const xo_shadow *shadow, const xo_store *store)
{
    return PyTuple_GET_ITEM(shadow->code->code->co_names, store->index);
}

static bool
may_store(const xo_shadow *shadow, const xo_line *line, const xo_entity *entity, const void *key)
{
    const xo_store *end = &shadow->code->stores[line->first] + line->count;
    for (const xo_store *store = end - line->count; store < end; store++) {
        if (is_stored_in(shadow, store, entity) && (store->kind == XO_STORE_NAMES || xo_name_key(name_of(shadow, store)) == key)) {
            return true;
        }
    }
    return false;
}

/* NULL: it has not come to any. */
static const xo_line *
line_of_top(const xo_thread_state *thread)
{
    const xo_shadow *top = xo_top(thread);
    if (top == NULL || !top->on_line || !xo_is_running(thread->strand, top)) {
        return NULL;
    }
    return xo_line_of(top, &thread->written->frames[thread->written->depth - 1]);
}

bool
xo_names_are_pending(const xo_entity *entity)
{
    bool found = false;
    const xo_thread_state *thread = entity->user & XO_NAMESPACE ? xo_owner(entity)->threads : NULL;
    for (; thread != NULL && !found; thread = thread->next) {
        const xo_shadow *top = xo_top(thread);
        found = top != NULL && (top->globals.compared == entity || top->locals.compared == entity);
    }
    return found;
}

bool
xo_name_is_pending(const xo_entity *entity, const void *key, const xo_thread_state *settled)
{
    for (const xo_thread_state *thread = xo_owner(entity)->threads; thread != NULL; thread = thread->next) {
        const xo_line *line = thread == settled ? NULL : line_of_top(thread);
        if (line != NULL && may_store(xo_top(thread), line, entity, key)) {
            return true;
        }
    }
    return false;
}

bool
xo_stored_names_agree(PyObject *dict, xo_entity *entity, const xo_shadow *shadow, const xo_line *line,
                      const xo_thread_state *settled)
{
    const xo_store *end = &shadow->code->stores[line->first] + line->count;
    for (const xo_store *store = end - line->count; store < end; store++) {
        if (!is_stored_in(shadow, store, entity)) {
            continue;
        }
        if (store->kind == XO_STORE_NAMES) {
            return xo_recorded_names_agree(dict, entity, settled);
        }
        if (!xo_recorded_name_agrees(dict, entity, name_of(shadow, store), settled)) {
            return false;
        }
    }
    return true;
}
