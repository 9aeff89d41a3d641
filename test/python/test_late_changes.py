"""Lists, sets and dicts that C code changes past their slots and methods, as compiled extensions may: what a state shows is
right, or it says that it is unknown; the recording tells of it; and nothing is told of where nothing was."""

import os
import random
import sys
import unittest

import execorder
from c_writes import C, DICT, HIDDEN, LIST, SET, NothingIsGuessed, at, c_set, c_swap, record


class LateChanges(unittest.TestCase):
    def test_in_the_variables_of_a_frame_that_takes_its_time_they_are_seen_at_once(self):
        recording = record('items, some, of = [1, 2, 3], {1, 2}, {1: 2}\nc_set(items, 1, 9)\nc_swap(items, 0, 2)\n'
                           'c_add(some, 7)\nc_put(of, 3, 4)\nend = 1\n')
        self.assertEqual([at(recording, line, 'items') for line in (2, 3, 4)], [[1, 2, 3], [1, 9, 3], [3, 9, 1]])
        self.assertEqual([at(recording, line, 'some') for line in (4, 5)], [{1, 2}, {1, 2, 7}])
        self.assertEqual([at(recording, line, 'of') for line in (5, 6)], [{1: 2}, {1: 2, 3: 4}])
        self.assertIsNone(recording._note('seen_late'))

    def test_elsewhere_they_are_unknown_until_they_are_found_and_right_from_there_on(self):
        for change, place, wanted in (
            ('c_set(%s, 1, 9)' % LIST, 0, [1, 9, 3, 4]),
            ('c_swap(%s, 0, 3)' % LIST, 0, [4, 2, 3, 1]),
            ('c_append(%s, 5)' % LIST, 0, [1, 2, 3, 4, 5]),
            ('c_discard(%s, 1); c_add(%s, 9)' % (SET, SET), 1, {2, 3, 4, 9}),
            ('c_put(%s, 1, "z")' % DICT, 2, {1: 'z', 2: 'b'}),
        ):
            with self.subTest(change):
                recording = record(HIDDEN + change + '\nx = 1\nfor i in range(300):\n    x = i\nend = 1\n')
                self.assertIsNone(recording.error)
                shown = [recording.state(n)['box']['a']['b'][place] for n in range(3, recording.steps())]
                unknown = [n for n, value in enumerate(shown, 3) if isinstance(value, execorder.Opaque)]
                self.assertEqual(shown[0], [[1, 2, 3, 4], {1, 2, 3, 4}, {1: 'a', 2: 'b'}][place])
                self.assertEqual(shown[-1], wanted)
                self.assertEqual(unknown, list(range(unknown[0], unknown[-1] + 1)) if unknown else [])
                for n, value in enumerate(shown, 3):
                    if n in unknown:
                        self.assertEqual(value.unknown_since, unknown[0])
                    else:
                        self.assertEqual(value, shown[0] if unknown and n < unknown[0] else value)
                        self.assertIn(value, (shown[0], wanted))
                if unknown:
                    self.assertRegex(recording._note('seen_late'), '^1 times an object was found changed')

    def test_in_ordered_dicts_too(self):
        for change, wanted in (('c_put(%s, 1, "z")', 'z'), ('c_put(%s, 1, "z"); %s.move_to_end(2, last=False)', 'z'),
                               ('c_put(%s, 1, "z"); %s[2] = 5', 'z'), ('%s.pop(2); c_put(%s, 1, "z")', 'z'),
                               ('%s[1] = "y"; %s.update({3: 4})', 'y')):
            with self.subTest(change):
                recording = record(
                    'from collections import OrderedDict\n' + HIDDEN.replace('{1: "a", 2: "b"}', 'OrderedDict([(1, "a"), (2, "b")])')
                    + change.replace('%s', DICT) + '\nx = 1\nfor i in range(300):\n    x = i\nend = 1\n')
                self.assertIsNone(recording.error)
                shown = [recording.state(n)['box']['a']['b'][2] for n in range(recording.visits(5)[0], recording.steps())]
                for value in shown:
                    self.assertTrue(isinstance(value, execorder.Opaque) or value[1] == wanted, value)
                self.assertEqual(shown[-1][1], wanted)
                if wanted == 'y' or sys.version_info >= (3, 12):
                    self.assertIsNone(recording._note('seen_late'))

    def test_a_later_change_by_python_code_does_not_hide_them(self):
        for change, wanted in (
            ('%s[2] = 7', [1, 9, 7, 4]), ('%s[1] = 7', [1, 7, 3, 4]), ('%s.append(7)', [1, 9, 3, 4, 7]),
            ('%s.insert(1, 7)', [1, 7, 9, 3, 4]), ('%s.pop()', [1, 9, 3]), ('%s.pop(1)', [1, 3, 4]),
            ('del %s[1]', [1, 3, 4]), ('%s[1:3] = [7]', [1, 7, 4]), ('%s.remove(9)', [1, 3, 4]),
            ('%s.reverse()', [4, 3, 9, 1]), ('%s.sort()', [1, 3, 4, 9]), ('%s.clear()', []), ('%s[::2] = [7, 8]', [7, 9, 8, 4]),
            ('%s.__imul__(2)', [1, 9, 3, 4] * 2), ('%s.extend([7, 8])', [1, 9, 3, 4, 7, 8]),
        ):
            with self.subTest(change):
                recording = record(HIDDEN + 'c_set(%s, 1, 9)\nx = 1\n' % LIST + change % LIST
                                   + '\nfor i in range(300):\n    x = i\nend = 1\n')
                self.assertIsNone(recording.error)
                between = at(recording, 5, 'box')['a']['b'][0]
                self.assertTrue(between == [1, 9, 3, 4] or isinstance(between, execorder.Opaque), between)
                self.assertEqual(at(recording, 8, 'box')['a']['b'][0], wanted)

    def test_what_is_not_found_before_the_end_is_told(self):
        recording = record(HIDDEN + 'c_set(%s, 1, 9)\n' % LIST)
        shown = recording.state(recording.steps() - 1)['box']['a']['b'][0]
        self.assertTrue(shown == [1, 9, 3, 4] or isinstance(shown, execorder.Opaque), shown)

    def test_what_lives_only_shortly_is_compared_before_it_is_freed(self):
        recording = record(
            'def work():\n    box = [[1, 2], {3}]\n    c_set(box[0], 1, 9)\n    c_add(box[1], 4)\n    return len(box)\n'
            'for i in range(200):\n    work()\n')
        shown = [recording.state(n)['box'] for n in recording.visits(5)]
        for items, some in shown:
            self.assertTrue(items == [1, 9] or isinstance(items, execorder.Opaque), items)
            self.assertTrue(some == {3, 4} or isinstance(some, execorder.Opaque), some)

    def test_what_the_collector_empties_has_not_been_changed(self):
        recording = record('import gc\nfor i in range(50):\n    x = [1, {2: 3}, {4}]\n    x += [x, {5: x}]\n    del x\n'
                           'gc.collect()\n')
        self.assertIsNone(recording._note('seen_late'))

    def test_operations_that_run_python_code_are_no_such_changes(self):
        recording = record(
            'class Item:\n    def __init__(self, n): self.n = n\n    def __lt__(self, other): return self.n < other.n\n'
            '    def __eq__(self, other): return seen.append(1) or self.n == other.n\n    def __hash__(self): return self.n\n'
            '    def __del__(self): seen.append(items[:1]) if items is not None else None\n'
            'seen = []\nitems = [Item(n % 7) for n in range(40)]\nitems.sort()\nitems[2:30] = [Item(3)]\ndel items[0]\n'
            'items.remove(Item(3))\nitems.extend(Item(n) for n in range(9))\nitems *= 2\nall_of = set(items)\n'
            'all_of.add(Item(99))\nall_of.discard(Item(3))\nall_of ^= set(items)\nof = {Item(n): n for n in range(9)}\n'
            'of[Item(3)] = Item(4)\nof.update({Item(5): 1})\nof.pop(Item(3))\nof.setdefault(Item(1), Item(2))\n'
            'of.clear()\nitems.clear()\nitems = None\n')
        self.assertIsNone(recording.error)
        self.assertIsNone(recording._note('seen_late'))


def random_program(choose):
    """Lines that change three lists, sets and dicts, in variables and out of sight, from Python and from C.

    C code puts in what was nowhere before: what is changed and changed back between two looks can't be noticed.
    """
    number = choose.randrange
    places = {
        'list': ['a', 'far[0]', 'far[1]["x"][0]'], 'set': ['b', 'far[2]', 'far[1]["x"][1]'],
        'dict': ['c', 'far[3]', 'far[1]["x"][2]'],
    }
    forms = {
        'list': [
            '%s.append({n})', '%s.insert({i}, {n})', 'if %s: %s.pop()', 'if %s: %s.pop(0)', 'del %s[{i}:{j}]', '%s[{i}:{j}] = [{n}, {n}]',
            '%s.reverse()', '%s.sort()', '%s.extend([{n}, 1])', '%s.__imul__(2); del %s[9:]', 'if {n} in %s: %s.remove({n})',
            'if %s: %s[-1] = {n}', '%s[::3] = %s[::3]', '%s.clear()', 'c_append(%s, {new})', 'c_insert(%s, {i}, {new})',
            'if %s: c_set(%s, 0, {new})', 'c_slice(%s, {i}, {j}, [{new}])',
        ],
        'set': ['%s.add({n})', '%s.discard({n})', '%s |= {{{n}, 1}}', '%s ^= {{{n}, 2}}', '%s.clear()', 'c_add(%s, {new})',
                'c_discard(%s, {n})', 'if %s: %s.pop()'],
        'dict': ['%s[{n}] = {i}', '%s.pop({n}, 0)', '%s.setdefault({n}, {j})', '%s.update({{{n}: 1}})', 'c_put(%s, {n}, {new})',
                 'if {n} in %s: c_drop(%s, {n})', '%s.clear()', 'if %s: %s.popitem()'],
    }
    lines = ['far = [[1], {"x": [[1, 2], {1}, {1: 1}]}, {2}, {2: 2}]; a = [1, 2, 3]; b = {1}; c = {1: 1}']
    for new in range(100, 250):
        kind = choose.choice(sorted(places))
        form, place = choose.choice(forms[kind]), choose.choice(places[kind])
        lines.append(form.format(n=number(6), i=number(4), j=number(8), new=new).replace('%s', place))
    return lines + ['end = 1']


def truth_of(lines):
    """What the variables hold before each line but the first."""
    names, truth = dict(C, c_set=c_set, c_swap=c_swap), []
    for line in lines:
        exec(line, names)
        truth.append(repr((names['far'], names['a'], names['b'], names['c'])))
    return truth


class RandomChanges(NothingIsGuessed):
    def test_every_state_of_random_programs_is_right_or_unknown(self):
        seed = int(os.environ.get('EXECORDER_TEST_SEED', 0)) or random.randrange(10 ** 9)
        choose = random.Random(seed)
        unknown = shown = 0
        for _ in range(12):
            lines = random_program(choose)
            truth = truth_of(lines)
            recording = record('\n'.join(lines))
            self.assertIsNone(recording.error)
            for line in range(2, len(lines) + 1):
                state = recording.state(recording.visits(line)[-1])
                where = 'EXECORDER_TEST_SEED=%d, before line %d of\n%s' % (seed, line, '\n'.join(lines))
                unknown += self.assert_so(tuple(state[name] for name in ('far', 'a', 'b', 'c')), eval(truth[line - 2]), where)
                shown += 9
        self.assertLess(unknown, shown / 2)


if __name__ == '__main__':
    unittest.main()
