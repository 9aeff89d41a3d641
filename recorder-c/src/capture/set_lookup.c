/* Looks elements of sets up by the hash that is known of them, as CPython does, but without a __hash__ or __eq__ of the
 * program's. */
#include "hooks.h"

enum { LINEAR_PROBES = 9, PERTURB_SHIFT = 5 }; /* the same in all versions */

/* 1: it is the element; 0: it is another one; -1: only the program's code could tell. */
static int
is_element(const setentry *entry, PyObject *element, Py_hash_t hash)
{
    if (entry->key == NULL || entry->hash != hash) {
        return 0;
    }
    if (entry->key == element) {
        return 1;
    }
    return xo_key_is_plain(entry->key) && xo_key_is_plain(element) ? PyObject_RichCompareBool(entry->key, element, Py_EQ)
                                                                   : -1;
}

int
xo_set_has(PyObject *object, PyObject *element, Py_hash_t hash)
{
    const PySetObject *set = (const PySetObject *)object;
    size_t mask = (size_t)set->mask, perturb = (size_t)hash, i = (size_t)hash & mask;
    for (;;) {
        size_t last = i + LINEAR_PROBES <= mask ? i + LINEAR_PROBES : i;
        for (size_t at = i; at <= last; at++) {
            const setentry *entry = &set->table[at];
            if (entry->key == NULL && entry->hash == 0) {
                return 0;
            }
            int result = is_element(entry, element, hash);
            if (result != 0) {
                return result;
            }
        }
        perturb >>= PERTURB_SHIFT;
        i = (i * 5 + 1 + perturb) & mask;
    }
}
