/* Sees every change of a dict, before 3.12, by its slots and methods. */
#include "changes.h"
#include "dict_records.h"

#if !XO_HAS_DICT_WATCHERS

static objobjargproc dict_ass_subscript;
static binaryfunc dict_inplace_or;
static initproc dict_init;
static PyCFunction dict_update, dict_setdefault, dict_pop, dict_popitem, dict_clear;

void
xo_watch_dict(PyObject *dict)
{
    (void)dict;
}

void
xo_unwatch_dict(PyObject *object)
{
    (void)object;
}

void
xo_unhook_dicts(void)
{
}

static int
delete_subscript(PyObject *dict, PyObject *key)
{
    xo_around around;
    xo_around_begin(&around, dict, -1);
    int result = dict_ass_subscript(dict, key, NULL);
    if (xo_around_end(&around) && result == 0) {
        xo_log_dict_delete(dict, key);
    }
    return result;
}

/* Whether no __eq__ of the program's is asked for the key. */
static bool
compares_plainly(PyObject *dict, PyObject *key)
{
    const xo_entity *entity = xo_precise(dict);
    return entity != NULL && !(entity->user & XO_ODD_KEYS) && xo_key_is_plain(key);
}

/* An entry came in or went, or that of this very key has a new value: then the reader finds it without asking the
 * program's __eq__. */
static int
set_unforeseen(PyObject *dict, PyObject *key, PyObject *value, bool is_plain)
{
    bool is_followed = xo_precise(dict) != NULL && xo_new_key_is_plain(key);
    bool goes = is_followed && value == NULL && (is_plain || xo_dict_holds(dict, key));
    Py_ssize_t size = PyDict_GET_SIZE(dict);
    xo_around around;
    xo_around_begin(&around, dict, -1);
    xo_operation_compares(around.operation);
    int result = dict_ass_subscript(dict, key, value);
    bool undisturbed = xo_around_end(&around);
    Py_ssize_t growth = PyDict_GET_SIZE(dict) - size;
    if (undisturbed && is_followed && result == 0 && goes && growth == -1) {
        xo_log_dict_delete(dict, key);
    } else if (undisturbed && is_followed && result == 0 && value != NULL
               && (growth == 1 || (growth == 0 && (is_plain || xo_dict_holds(dict, key))))) {
        xo_log_dict_set(dict, key, value);
    } else {
        xo_touch(dict);
    }
    return result;
}

/* Which version is recorded, or that this can't be told until the change is over. Of names, each value is known. */
static void
note_version(PyObject *dict, bool is_over)
{
    for (xo_entity *entity = xo_find(dict); entity != NULL; entity = entity->next) {
        if (!(entity->user & XO_NAMESPACE)) {
            entity->length = is_over ? xo_low_version(dict) : 0;
        }
    }
}

static int
ass_subscript(PyObject *dict, PyObject *key, PyObject *value)
{
    xo_look_before_entry(dict, key);
    bool is_plain = compares_plainly(dict, key);
    if (!is_plain || !xo_hash_is_plain(key)) { /* the program's code may come in between, or make it fail */
        return set_unforeseen(dict, key, value, is_plain);
    }
    if (value == NULL) {
        return delete_subscript(dict, key);
    }
    xo_log_dict_set(dict, key, value); /* before the change: a finalizer of the old value sees the new one */
    note_version(dict, false);
    int result = dict_ass_subscript(dict, key, value);
    note_version(dict, true);
    return result;
}

static PyObject *
inplace_or(PyObject *dict, PyObject *other)
{
    xo_whole whole;
    xo_whole_begin(&whole, dict);
    PyObject *result = dict_inplace_or(dict, other);
    xo_whole_end(&whole);
    return result;
}

static int
hook_init(PyObject *dict, PyObject *arguments, PyObject *names)
{
    xo_whole whole;
    xo_whole_begin(&whole, dict);
    int result = dict_init(dict, arguments, names);
    xo_whole_end(&whole);
    return result;
}

/* The entries of an exact dict with plain keys, as they came in by an update. */
static void
log_entries(PyObject *dict, PyObject *source)
{
    PyObject *key, *value;
    for (Py_ssize_t position = 0; PyDict_Next(source, &position, &key, &value);) {
        if (!xo_key_is_plain(key)) {
            xo_touch(dict);
            return;
        }
        xo_log_dict_set(dict, key, value);
    }
}

/* An update from one small dict, or from keywords, is recorded entry by entry. */
static PyObject *
small_source(PyObject *dict, PyObject *arguments, PyObject *names)
{
    PyObject *source = names;
    if (PyTuple_GET_SIZE(arguments) == 1 && (names == NULL || PyDict_GET_SIZE(names) == 0)) {
        source = PyTuple_GET_ITEM(arguments, 0);
    } else if (PyTuple_GET_SIZE(arguments) != 0) {
        return NULL;
    }
    bool fits = source != NULL && source != dict && PyDict_CheckExact(source)
                && PyDict_GET_SIZE(source) <= PyDict_GET_SIZE(dict);
    return fits ? source : NULL;
}

static void
look_before_entries(PyObject *dict, PyObject *source)
{
    PyObject *key;
    for (Py_ssize_t position = 0; PyDict_Next(source, &position, &key, NULL);) {
        xo_look_before_entry(dict, key);
    }
}

static PyObject *
hook_update(PyObject *dict, PyObject *arguments, PyObject *names)
{
    PyObject *source = xo_find(dict) == NULL ? NULL : small_source(dict, arguments, names);
    if (source != NULL) {
        xo_around around;
        look_before_entries(dict, source);
        xo_around_begin(&around, dict, -1);
        PyObject *result = ((PyCFunctionWithKeywords)(void (*)(void))dict_update)(dict, arguments, names);
        if (xo_around_end(&around)) {
            log_entries(dict, source);
        }
        return result;
    }
    xo_whole whole;
    xo_whole_begin(&whole, dict);
    PyObject *result = ((PyCFunctionWithKeywords)(void (*)(void))dict_update)(dict, arguments, names);
    xo_whole_end(&whole);
    return result;
}

/* How many entries a dict has before this one is changed. */
static Py_ssize_t
size_before(PyObject *dict, PyObject *const *key, Py_ssize_t count)
{
    if (count > 0) {
        xo_look_before_entry(dict, key[0]);
    }
    return PyDict_GET_SIZE(dict);
}

/* The entry for `key` after setdefault: only a new one is a change. */
static PyObject *
hook_setdefault(PyObject *dict, PyObject *const *arguments, Py_ssize_t count)
{
    Py_ssize_t size = size_before(dict, arguments, count);
    PyObject *result = XO_FAST(dict_setdefault)(dict, arguments, count);
    if (result == NULL || PyDict_GET_SIZE(dict) == size) {
        return result;
    }
    if (PyDict_GET_SIZE(dict) == size + 1 && xo_key_is_plain(arguments[0])) {
        xo_log_dict_set(dict, arguments[0], result);
    } else {
        xo_touch(dict);
    }
    return result;
}

static void
removed(PyObject *dict, Py_ssize_t size, PyObject *key)
{
    if (PyDict_GET_SIZE(dict) == size) {
        return;
    }
    if (PyDict_GET_SIZE(dict) == size - 1 && xo_key_is_plain(key)) {
        xo_log_dict_delete(dict, key);
    } else {
        xo_touch(dict);
    }
}

static PyObject *
hook_pop(PyObject *dict, PyObject *const *arguments, Py_ssize_t count)
{
    Py_ssize_t size = size_before(dict, arguments, count);
    PyObject *result = XO_FAST(dict_pop)(dict, arguments, count);
    if (count > 0) {
        removed(dict, size, arguments[0]);
    }
    return result;
}

/* 3.7 passes them in a tuple. */
static PyObject *
hook_pop_of_tuple(PyObject *dict, PyObject *arguments)
{
    Py_ssize_t size = size_before(dict, &PyTuple_GET_ITEM(arguments, 0), PyTuple_GET_SIZE(arguments));
    PyObject *result = dict_pop(dict, arguments);
    if (PyTuple_GET_SIZE(arguments) > 0) {
        removed(dict, size, PyTuple_GET_ITEM(arguments, 0));
    }
    return result;
}

static PyObject *
hook_popitem(PyObject *dict, PyObject *unused)
{
    xo_look_before(dict);
    Py_ssize_t size = PyDict_GET_SIZE(dict);
    PyObject *result = dict_popitem(dict, unused);
    if (result != NULL) {
        removed(dict, size, PyTuple_GET_ITEM(result, 0));
    }
    return result;
}

static PyObject *
hook_clear(PyObject *dict, PyObject *unused)
{
    xo_whole whole;
    xo_whole_begin(&whole, dict);
    PyObject *result = dict_clear(dict, unused);
    xo_whole_end(&whole);
    return result;
}

static int
patch(const char *name, int flags, PyCFunction hook, PyCFunction *original)
{
    return xo_patch_method(&PyDict_Type, name, flags, hook, original);
}

static int
patch_pop(void)
{
    bool is_fast = xo_method_flags(&PyDict_Type, "pop") != METH_VARARGS;
    return is_fast ? patch("pop", METH_FASTCALL, XO_AS_FUNCTION(hook_pop), &dict_pop)
                   : patch("pop", METH_VARARGS, hook_pop_of_tuple, &dict_pop);
}

int
xo_hook_dicts(void)
{
    PyTypeObject *type = &PyDict_Type;
    dict_ass_subscript = type->tp_as_mapping->mp_ass_subscript;
    dict_inplace_or = type->tp_as_number == NULL ? NULL : type->tp_as_number->nb_inplace_or; /* since 3.9 */
    dict_init = type->tp_init;
    xo_patch_slot(offsetof(PyTypeObject, tp_as_mapping), offsetof(PyMappingMethods, mp_ass_subscript),
                  (void *)dict_ass_subscript, (void *)ass_subscript);
    xo_patch_slot(offsetof(PyTypeObject, tp_as_number), offsetof(PyNumberMethods, nb_inplace_or),
                  (void *)dict_inplace_or, (void *)inplace_or);
    xo_patch_slot(0, offsetof(PyTypeObject, tp_init), (void *)dict_init, (void *)hook_init);
    bool done = patch("update", METH_VARARGS | METH_KEYWORDS, XO_AS_FUNCTION(hook_update), &dict_update) == 0
                && patch("setdefault", METH_FASTCALL, XO_AS_FUNCTION(hook_setdefault), &dict_setdefault) == 0
                && patch_pop() == 0 && patch("popitem", METH_NOARGS, hook_popitem, &dict_popitem) == 0
                && patch("clear", METH_NOARGS, hook_clear, &dict_clear) == 0;
    return done ? 0 : -1;
}

#endif
