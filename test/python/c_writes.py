"""For tests: what compiled extensions may do to a list, set or dict, past its slots and methods."""

import ctypes
import unittest

import execorder

API = ctypes.pythonapi


def function(name, *arguments):
    found = getattr(API, name)
    found.argtypes = arguments
    return found


ANY, SIZE = ctypes.py_object, ctypes.c_ssize_t
C = {
    'c_append': function('PyList_Append', ANY, ANY),
    'c_insert': function('PyList_Insert', ANY, SIZE, ANY),
    'c_slice': function('PyList_SetSlice', ANY, SIZE, SIZE, ANY),
    'c_reverse': function('PyList_Reverse', ANY),
    'c_add': function('PySet_Add', ANY, ANY),
    'c_discard': function('PySet_Discard', ANY, ANY),
    'c_put': function('PyDict_SetItem', ANY, ANY, ANY),
    'c_drop': function('PyDict_DelItem', ANY, ANY),
}


def c_set(items, index, item):
    """Replaces one item of a list, as compiled code does that indexes it."""
    C['c_slice'](items, index, index + 1, [item])


def c_swap(items, one, other):
    first, second = items[one], items[other]
    c_set(items, one, second)
    c_set(items, other, first)


def record(code, **names):
    return execorder.exec(code, dict(C, c_set=c_set, c_swap=c_swap, **names))


def at(recording, line, name):
    return recording.state(recording.visits(line)[-1])[name]


# Far from all variables: who looks for changes comes here in turn only.
HIDDEN = 'box = {"a": {"b": ([1, 2, 3, 4], {1, 2, 3, 4}, {1: "a", 2: "b"}, [[]] * 40)}}\nmany = [[n] for n in range(60)]\n'
LIST, SET, DICT = ['box["a"]["b"][%d]' % n for n in range(3)]


def is_unknown(value):
    return isinstance(value, execorder.Opaque)


class NothingIsGuessed(unittest.TestCase):
    def assert_so(self, shown, wanted, where):
        """Equal, but for what is unknown."""
        if isinstance(shown, execorder.Opaque):
            self.assertIsNotNone(shown.unknown_since)
            return 1
        self.assertIs(type(shown), type(wanted), where)
        if isinstance(wanted, (list, tuple)):
            self.assertEqual(len(shown), len(wanted), where)
            return sum([self.assert_so(*pair, where) for pair in zip(shown, wanted)])
        if isinstance(wanted, dict):
            self.assertEqual(list(shown), list(wanted), where)
            return sum([self.assert_so(shown[key], wanted[key], where) for key in wanted])
        self.assertEqual(shown, wanted, where)
        return 0
