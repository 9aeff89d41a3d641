"""Lists and sets that C code changes past their slots and methods, as compiled extensions may: found, told, and mended."""

import ctypes
import unittest

import execorder

API = ctypes.pythonapi
append, replace, add = API.PyList_Append, API.PyList_SetSlice, API.PySet_Add
append.argtypes = add.argtypes = [ctypes.py_object] * 2
replace.argtypes = [ctypes.py_object, ctypes.c_ssize_t, ctypes.c_ssize_t, ctypes.py_object]


def record(code):
    return execorder.exec(code, {'append': append, 'replace': replace, 'add': add})


def at(recording, line, name):
    return recording.state(recording.visits(line)[-1])[name]


class LateChanges(unittest.TestCase):
    def assert_told(self, recording, times):
        self.assertIsNone(recording.error)
        self.assertRegex(recording._note('seen_late'), '^%d times an object was found changed' % times)

    def test_a_list_is_right_again_after_the_next_change_by_python_code(self):
        for change, wanted in (
            ('items[2] = 7', [1, 2, 7]),
            ('items.append(7)', [1, 2, 5, 7]),
            ('items.insert(3, 7)', [1, 2, 5, 7]),
            ('items.pop()', [1, 2]),
            ('del items[2]', [1, 2]),
            ('items += [7]', [1, 2, 5, 7]),
            ('items.remove(5)', [1, 2]),
            ('items[1:] = [7]', [1, 7]),
        ):
            with self.subTest(change):
                recording = record('items = [1, 2]\nappend(items, 5)\nx = 1\n%s\nend = 1\n' % change)
                self.assertEqual(at(recording, 5, 'items'), wanted)
                self.assert_told(recording, 1)
                for n in range(recording.steps()):  # none is damaged
                    recording.state(n)

    def test_a_set_too(self):
        for change, wanted in (
            ('items.discard(5)', {1, 2}),
            ('items.add(7)', {1, 2, 5, 7}),
            ('items |= {7, 8}', {1, 2, 5, 7, 8}),
            ('items.remove(2)', {1, 5}),
        ):
            with self.subTest(change):
                recording = record('items = {1, 2}\nadd(items, 5)\nx = 1\n%s\nend = 1\n' % change)
                self.assertEqual(at(recording, 5, 'items'), wanted)
                self.assert_told(recording, 1)

    def test_what_nobody_touches_again_is_found_after_a_while(self):
        recording = record(
            'items, others = [1, 2, 3], {1}\nreplace(items, 0, 2, [9])\nadd(others, 5)\n'
            'for i in range(20000):\n    x = i\nend = 1\n')
        self.assertEqual((at(recording, 6, 'items'), at(recording, 6, 'others')), ([9, 3], {1, 5}))
        self.assert_told(recording, 2)

    def test_what_is_not_found_before_the_end_is_told(self):
        self.assert_told(record('items = [1]\nappend(items, 2)\n'), 1)

    def test_operations_that_run_python_code_are_no_such_changes(self):
        recording = record(
            'class Item:\n    def __init__(self, n): self.n = n\n    def __lt__(self, other): return self.n < other.n\n'
            '    def __eq__(self, other): return seen.append(1) or self.n == other.n\n    def __hash__(self): return self.n\n'
            '    def __del__(self): seen.append(items[:1]) if items is not None else None\n'
            'seen = []\nitems = [Item(n % 7) for n in range(40)]\nitems.sort()\nitems[2:30] = [Item(3)]\ndel items[0]\n'
            'items.remove(Item(3))\nitems.extend(Item(n) for n in range(9))\nitems *= 2\nall_of = set(items)\n'
            'all_of.add(Item(99))\nall_of.discard(Item(3))\nall_of ^= set(items)\nitems.clear()\nitems = None\n')
        self.assertIsNone(recording.error)
        self.assertIsNone(recording._note('seen_late'))


if __name__ == '__main__':
    unittest.main()
