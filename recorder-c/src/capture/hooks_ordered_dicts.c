/* Sees what is special of an OrderedDict: its order is a list of its own. */
#include "ordered_dicts.h"
#include "redaction.h"

static PyCFunction odict_move_to_end;

/* The beginning of CPython's OrderedDict, the same in all versions. */
typedef struct node {
    PyObject *key;
    Py_hash_t hash;
    struct node *next, *previous;
} node;
typedef struct {
    PyDictObject dict;
    node *first, *last;
} ordered_dict;

/* Finds the value of this very key without asking any __eq__: mostly it is the next entry, at *position. */
static PyObject *
value_of(PyObject *dict, PyObject *wanted, Py_ssize_t *position)
{
    PyObject *key, *value;
    for (int round = 0; round < 2; round++) {
        while (PyDict_Next(dict, position, &key, &value)) {
            if (key == wanted) {
                return value;
            }
        }
        *position = 0;
    }
    return NULL;
}

void
xo_put_ordered_dict(xo_recorder *recorder, PyObject *dict, xo_entity *entity)
{
    Py_ssize_t count = 0;
    entity->length = xo_low_version(dict);
    for (const node *at = ((ordered_dict *)dict)->first; at != NULL; at = at->next) {
        xo_note_key(entity, at->key);
        count++;
    }
    xo_put_varint(recorder->writer, (uint64_t)count);
    bool is_odd = entity->user & XO_ODD_KEYS;
    Py_ssize_t position = 0;
    for (const node *at = ((ordered_dict *)dict)->first; at != NULL; at = at->next) {
        PyObject *value =
            is_odd ? value_of(dict, at->key, &position) : _PyDict_GetItem_KnownHash(dict, at->key, at->hash);
        xo_put_pair(recorder, at->key, value);
    }
}

/* To the end, where a key that is deleted and set again comes to stand. */
static void
moved_to_end(PyObject *dict, PyObject *key)
{
    const xo_entity *entity = xo_precise(dict);
    bool is_clear = entity != NULL && !(entity->user & XO_ODD_KEYS) && xo_key_is_plain(key);
    const node *moved = ((ordered_dict *)dict)->last; /* its key is equal to the one that was asked for */
    PyObject *value = is_clear ? _PyDict_GetItem_KnownHash(dict, moved->key, moved->hash) : NULL;
    if (value == NULL) {
        xo_touch(dict);
        return;
    }
    xo_log_dict_delete(dict, moved->key);
    xo_log_dict_set(dict, moved->key, value);
}

static PyObject *
hook_move_to_end(PyObject *dict, PyObject *const *arguments, Py_ssize_t count, PyObject *names)
{
    PyObject *result = XO_FAST_KEYWORDS(odict_move_to_end)(dict, arguments, count, names);
    if (result != NULL && count == 1 && names == NULL) {
        moved_to_end(dict, arguments[0]);
    } else {
        xo_touch(dict);
    }
    return result;
}

#if XO_HAS_DICT_WATCHERS

static int
patch_changes(void)
{
    return 0; /* the watchers see them */
}

#else

static objobjargproc odict_ass_subscript;
static PyCFunction odict_pop, odict_popitem, odict_setdefault, odict_update, odict_clear;

static int
ass_subscript(PyObject *dict, PyObject *key, PyObject *value)
{
    xo_whole whole;
    xo_whole_begin(&whole, dict);
    int result = odict_ass_subscript(dict, key, value);
    xo_whole_end(&whole);
    return result;
}

#define WHOLE_METHOD(name)                                                                                        \
    static PyObject *hook_##name(PyObject *dict, PyObject *const *arguments, Py_ssize_t count, PyObject *names)   \
    {                                                                                                             \
        xo_whole whole;                                                                                           \
        xo_whole_begin(&whole, dict);                                                                             \
        PyObject *result = XO_FAST_KEYWORDS(odict_##name)(dict, arguments, count, names);                         \
        xo_whole_end(&whole);                                                                                     \
        return result;                                                                                            \
    }
WHOLE_METHOD(pop)
WHOLE_METHOD(popitem)
WHOLE_METHOD(setdefault)

#define WHOLE_TUPLE_METHOD(hook, original)                                                               \
    static PyObject *hook(PyObject *dict, PyObject *arguments, PyObject *names)                          \
    {                                                                                                    \
        xo_whole whole;                                                                                  \
        xo_whole_begin(&whole, dict);                                                                    \
        PyObject *result = ((PyCFunctionWithKeywords)(void (*)(void))original)(dict, arguments, names);  \
        xo_whole_end(&whole);                                                                            \
        return result;                                                                                   \
    }
WHOLE_TUPLE_METHOD(hook_update, odict_update)
WHOLE_TUPLE_METHOD(hook_pop_of_tuple, odict_pop) /* up to 3.9 */

static PyObject *
hook_clear(PyObject *dict, PyObject *unused)
{
    xo_whole whole;
    xo_whole_begin(&whole, dict);
    PyObject *result = odict_clear(dict, unused);
    xo_whole_end(&whole);
    return result;
}

static int
patch(const char *name, int flags, PyCFunction hook, PyCFunction *original)
{
    return xo_patch_method(&PyODict_Type, name, flags, hook, original);
}

static int
patch_pop(void)
{
    int tuple = METH_VARARGS | METH_KEYWORDS;
    return xo_method_flags(&PyODict_Type, "pop") == tuple
               ? patch("pop", tuple, XO_AS_FUNCTION(hook_pop_of_tuple), &odict_pop)
               : patch("pop", METH_FASTCALL | METH_KEYWORDS, XO_AS_FUNCTION(hook_pop), &odict_pop);
}

static int
patch_changes(void)
{
    int fast = METH_FASTCALL | METH_KEYWORDS;
    odict_ass_subscript = PyODict_Type.tp_as_mapping->mp_ass_subscript;
    xo_patch_slot(offsetof(PyTypeObject, tp_as_mapping), offsetof(PyMappingMethods, mp_ass_subscript),
                  (void *)odict_ass_subscript, (void *)ass_subscript);
    bool done = patch_pop() == 0 && patch("popitem", fast, XO_AS_FUNCTION(hook_popitem), &odict_popitem) == 0
                && patch("setdefault", fast, XO_AS_FUNCTION(hook_setdefault), &odict_setdefault) == 0
                && patch("update", METH_VARARGS | METH_KEYWORDS, XO_AS_FUNCTION(hook_update), &odict_update) == 0
                && patch("clear", METH_NOARGS, hook_clear, &odict_clear) == 0;
    return done ? 0 : -1;
}

#endif

int
xo_hook_ordered_dicts(void)
{
    int result = xo_patch_method(&PyODict_Type, "move_to_end", METH_FASTCALL | METH_KEYWORDS,
                                 XO_AS_FUNCTION(hook_move_to_end), &odict_move_to_end);
    return result < 0 ? -1 : patch_changes();
}
