/* Which names a line stores to in a dict, before 3.12: known from its code. */
#include "recorded_names.h"

/* Whether the store is to a name in this dict. */
static bool
is_stored_in(const xo_shadow *shadow, const xo_store *store, const xo_entity *entity)
{
    return xo_is_in_dict(store) && (xo_is_global(store) ? &shadow->globals : &shadow->locals)->compared == entity;
}

static bool
may_store(const xo_shadow *shadow, const xo_line *line, const xo_entity *entity, const void *key)
{
    const xo_store *end = &shadow->code->stores[line->first] + line->count;
    for (const xo_store *store = end - line->count; store < end; store++) {
        if (is_stored_in(shadow, store, entity)
            && (store->kind == XO_STORE_NAMES || xo_name_key(xo_stored_name(shadow->code, store)) == key)) {
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
        if (!xo_recorded_name_agrees(dict, entity, xo_stored_name(shadow->code, store), settled)) {
            return false;
        }
    }
    return true;
}
