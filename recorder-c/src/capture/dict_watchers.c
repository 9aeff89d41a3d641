/* Sees every change of a dict, from 3.12 on, by a watcher. */
#include "changes.h"
#include "dict_records.h"

#if XO_HAS_DICT_WATCHERS

static int watcher = -1;

/* Whether the reader will find the entry that is meant, without asking the program's __eq__. */
static bool
is_clear(PyObject *dict, PyObject *key)
{
    return xo_key_is_plain(key) || (xo_new_key_is_plain(key) && xo_dict_holds(dict, key));
}

static void
log_event(PyDict_WatchEvent event, PyObject *dict, xo_entity *entity, PyObject *key, PyObject *value)
{
    switch (event) {
    case PyDict_EVENT_ADDED:
        if (xo_new_key_is_plain(key)) {
            xo_log_entry_set(dict, entity, key, value);
            return;
        }
        break;
    case PyDict_EVENT_MODIFIED:
        if (is_clear(dict, key)) {
            xo_log_entry_set(dict, entity, key, value);
            return;
        }
        break;
    case PyDict_EVENT_DELETED:
        if (is_clear(dict, key)) {
            xo_log_entry_delete(dict, entity, key);
            return;
        }
        break;
    case PyDict_EVENT_CLEARED:
        xo_change_end(dict, entity, xo_record_begin(xo_owner(entity)->writer, XO_OP_CLEAR, entity));
        return;
    case PyDict_EVENT_DEALLOCATED:
        return;
    case PyDict_EVENT_CLONED:
        break;
    }
    xo_mark_dirty(dict, entity);
}

/* Called before the change: nothing of the program's runs between this and the change itself. */
static int
dict_event(PyDict_WatchEvent event, PyObject *dict, PyObject *key, PyObject *value)
{
    XO_EACH_PRECISE(entity, dict) {
        log_event(event, dict, entity, key, value);
    }
    return 0;
}

void
xo_watch_dict(PyObject *dict)
{
    if (PyDict_Watch(watcher, dict) < 0) {
        PyErr_Clear();
    }
}

void
xo_unwatch_dict(PyObject *object)
{
    if (PyDict_Check(object) && PyDict_Unwatch(watcher, object) < 0) {
        PyErr_Clear();
    }
}

int
xo_hook_dicts(void)
{
    if (watcher < 0) {
        watcher = PyDict_AddWatcher(dict_event);
    }
    return watcher < 0 ? -1 : 0;
}

void
xo_unhook_dicts(void)
{
    if (watcher >= 0 && PyDict_ClearWatcher(watcher) < 0) {
        PyErr_Clear();
    }
    watcher = -1;
}

#endif
