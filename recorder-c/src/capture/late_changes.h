/* late_changes.c: changes that C code made past slots and methods, and that are therefore shown late. */
#ifndef EXECORDER_LATE_CHANGES_H
#define EXECORDER_LATE_CHANGES_H

#include "capture.h"

/* The object has changed and no hook has told of it. What is recorded was right when there were `right_at` steps. */
void xo_note_late(const xo_entity *entity, uint64_t right_at);
void xo_found_changed(PyObject *object, xo_entity *entity);
/* Whether it holds something else than is recorded, which is noted. */
bool xo_differs(PyObject *object, xo_entity *entity);
/* The object is about to be changed in a way that hides such a change. */
void xo_look_before(PyObject *object);
/* The same of a dict of which this entry is about to be changed. */
void xo_look_before_entry(PyObject *dict, PyObject *key);
/* … by its first entity: most are found unchanged. */
static inline void
xo_look_at_version_before(PyObject *dict, xo_entity *entity, PyObject *key)
{
    uint32_t version = xo_low_version(dict);
    for (; entity != NULL; entity = entity->next) {
        if (entity->length != version) {
            xo_look_before_entry(dict, key);
            return;
        }
        entity->right_at = xo_owner(entity)->writer->steps + xo_owner(entity)->settling;
    }
}
/* It is being freed. What is empty by then may have been emptied by the collector. */
void xo_look_at_end(PyObject *object, xo_entity *entity);
/* Before a step: compares what stands in the variables of the frame that runs, and some other objects, whose turn it is, with
 * what is recorded of them. */
void xo_late_changes_look(xo_recorder *recorder, const xo_thread_state *thread);
void xo_late_changes_look_at_all(const xo_recorder *recorder);
/* Before a step of the thread: at those dicts that its top frame holds names in of which another version is recorded. `line`:
 * that the frame runs next, or goes on with; NULL: it is another frame's turn. */
XO_APART void xo_look_at_names(const xo_thread_state *thread, const xo_line *line);
static inline bool
xo_is_as_recorded(PyObject *dict, xo_entity *entity)
{
    if (entity->length != xo_known_low_version(dict)) {
        return false;
    }
    entity->right_at = xo_owner(entity)->writer->steps + 1;
    return true;
}
static inline void
xo_look_at_frame(const xo_thread_state *thread, const xo_shadow *top, const xo_line *line)
{
    if (XO_HAS_DICT_WATCHERS) {
        return;
    }
    const xo_namespace *globals = &top->globals, *locals = &top->locals;
    if ((globals->compared != NULL && !xo_is_as_recorded(top->iframe->f_globals, globals->compared))
        || (locals->compared != NULL && locals->compared != globals->compared
            && !xo_is_as_recorded(top->iframe->f_locals, locals->compared))) {
        xo_look_at_names(thread, line);
    }
}
/* The recording ends. */
void xo_late_end(xo_recorder *recorder);

#endif
