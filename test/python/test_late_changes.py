"""Lists, sets and dicts that C code changes past their slots and methods, as compiled extensions may: what a state shows is
right, or it says that it is unknown; the recording tells of it; and nothing is told of where nothing was."""

import ctypes
import os
import random
import sys
import textwrap
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


class Attributes:
    pass


class Odd:
    def __hash__(self): return 7
    def __eq__(self, other): return self is other


class Text(str):
    pass


NAMES = ['first', 'second', 'third']
BODIES = {
    'module': '%s',
    'class': 'class Body:\n%s',
    'function': 'def body():\n    global first, second, third\n%s\nbody()',
    'exec': 'exec(%r, own)',
}


def random_stores(choose):
    """Lines that store names, and attributes of an object, from Python and from C: `here` is the dict of the names."""
    number, forms = choose.randrange, [
        '{x} = {n}', '{x} = {n}', '{x} = {y} = {n}', '{x} = {n} / 2', '{x} = "{n}"', '{x} = [{n}]', '{x}, {y} = {y}, {x}', '{x} = {y}',
        'del {x}; {x} = {n}', 'for {x} in range({n}): {y} = {x}', 'import sys as {x}', 'here["{x}"] = {n}', 'here.update({x}={n})',
        '{x} = here.setdefault("{y}", {n})', 'here.pop("{x}"); {x} = {n}', '{x} = len(vars(o))', 'str({n})',
        'c_put(here, "{x}", {new})', 'c_put(here, "{x}", "{new}")', 'c_put(here, "{x}", {new}); {y} = {n}',
        'c_put(here, "{x}", {new} / 7); here["{y}"] = {n}', '{y} = c_put(here, "{x}", {new})', 'c_drop(here, "{x}"); {x} = {n}',
        'if c_put(here, "{x}", [{new}]): {y} = {n}', 'c_put(here, "{x}{n}", {new})', '{x} = Attributes(); {x}.{y} = c_put(here, "{y}", {new})',
        'o.{x} = {n}', 'vars(o)["{x}"] = {n}', 'setattr(o, "{x}", {n})', 'vars(o).pop("{x}", 0)',
        'c_put(vars(o), "{x}", {new})', 'o.{y} = c_put(vars(o), "{x}", {new})', 'c_put(vars(far[0]), "{x}", {new})', 'far[0].{x} = {n}',
    ]
    lines = [choose.choice(forms).format(x=x, y=y, n=number(1, 6), new=new)
             for new in range(100, 100 + number(20, 150)) for x, y in [choose.sample(NAMES, 2)]]
    return ['here = where(); first = second = third = 0'] + lines + ['end = 1']


def simple(names):
    kept = {name: value for name, value in names.items() if name.startswith(tuple(NAMES))}
    return {name: vars(value) if isinstance(value, Attributes) else getattr(value, '__name__', value)
            for name, value in kept.items()}


def no_names(names):
    """What stands under keys that are no texts."""
    return [(type(key).__name__, value) for key, value in names.items() if type(key) is not str]


def is_unknown(value):
    return isinstance(value, execorder.Opaque)


def dict_of_caller():
    frame = sys._getframe(1)
    return frame.f_globals if frame.f_code.co_flags & 2 else frame.f_locals  # 2: its variables are in slots


def given(**names):
    result = dict(C, Attributes=Attributes, o=Attributes(), far=[Attributes()], where=dict_of_caller, **names)
    return dict(result, own=dict(result))


def body_of(kind, lines):
    return BODIES[kind] % ('\n'.join(lines) if kind in ('module', 'exec') else textwrap.indent('\n'.join(lines), '    '))


def true_names(kind, lines):
    """What the names, and the attributes of the objects, are before each line but the first, as texts."""
    truth = []
    looking = [line + '\nlook(here, o, far)' for line in lines[:-1]]
    exec(body_of(kind, '\n'.join(looking).split('\n') + lines[-1:]),
         given(look=lambda here, o, far: truth.append(repr((simple(here), vars(o), vars(far[0]))))))
    return truth


class LateNames(unittest.TestCase):
    def test_names_that_c_code_sets_are_right_at_the_next_step(self):
        for kind, first, file in (('module', 1, None), ('class', 2, None), ('function', 3, None), ('exec', 1, '<string>')):
            with self.subTest(kind):
                lines = ['here = where(); x = first = second = third = 0', 'c_put(here, "x", 1)', 'x = 2', 'first = c_put(here, "x", 3)',
                         'second = [x]', 'if c_put(here, "x", 4): third = 5', 'c_drop(here, "x"); first = 6', 'x = 7', 'second = 8']
                recording = execorder.exec(body_of(kind, lines).replace('global first', 'global x, first'), given())
                self.assertIsNone(recording.error)
                states = [recording.state(recording.visits(first + n, file)[0]) for n in range(1, len(lines))]
                self.assertEqual([state.get('x') for state in states], [0, 1, 2, 3, 3, 4, None, 7])
                self.assertEqual([state['first'] for state in states], [0, 0, 0, 0, 0, 0, 6, 6])
                self.assertIsNone(recording._note('seen_late'))

    def test_keys_that_are_no_texts_are_names_like_others(self):
        lines = ['here = where()', 'c_put(here, key, 1)', 'here[key] = 2', 'c_put(here, key, 3); y = 1', 'c_drop(here, key)',
                 'here.update({key: 4}); here[-2] = here[-1.0] = here[0] = here[True] = 5', 'here.pop(key); del here[0]',
                 'c_put(here, -2, 6)', 'c_put(here, -1, 7); here[-2] = 8', 'end = 1']
        for key in (5, -1, 2.5, (1, 'a'), None, b'x', Attributes(), Odd(), Text('sub'), 5j, frozenset([1])):
            with self.subTest(key):
                truth = []
                exec('\nlook(here)\n'.join(lines), given(key=key, look=lambda here: truth.append(no_names(here))))
                recording = execorder.exec('\n'.join(lines), given(key=key))
                self.assertIsNone(recording.error)
                shown = [recording.state(recording.visits(line)[0]) for line in range(2, len(lines) + 1)]
                self.assertEqual([no_names(state) for state in shown], truth)
                self.assertIsNone(recording._note('seen_late'))

    def test_a_name_that_the_next_line_stores_again_is_right_or_unknown_in_quick_lines_too(self):
        stores = {'x = i + 1': '', 'here["x"] = i + 1': '', 'del x': 'x = i + 1', 'here.pop("x")': 'x = i + 1', 'here.update(x=i)': '',
                  'x = work(i)': '', 'from keyword import *': ''}
        for store in stores:
            with self.subTest(store):
                name = 'kwlist' if 'import' in store else 'x'
                recording = execorder.exec(
                    'here = where(); of = {}; kwlist = 0\ndef work(i): return i\nfor i in range(40000):\n    of[i] = i\n    x = i\n'
                    '    if i %% 389 == 0: c_put(here, "%s", -i - 1)\n    of[i] = x\n    y = 2 * i\n'
                    '    %s\n    %s\n' % (name, store, stores[store] or 'y = 1'), given())
                self.assertIsNone(recording.error)
                shown = [recording.state(n)[name] for n in recording.visits(9)[::389]]
                for i, value in enumerate(shown):
                    self.assertTrue(is_unknown(value) or value == -389 * i - 1, (i, value))
                self.assertLess(sum(map(is_unknown, shown)), len(shown))

    def test_names_of_a_frame_that_waits_are_right_or_unknown(self):
        recording = execorder.exec(
            'x = 1\nfor i in range(2000): pass\nexec("import sys\\ndef work():\\n    c_put(sys._getframe(1).f_globals, \'x\', 9)\\n'
            '    for i in range(300):\\n        y = i\\n", own)\nown["work"]()\nend = x\n', given())
        self.assertIsNone(recording.error)
        shown = [recording.stack(n)[1].locals['x'] for n in recording.visits(5, '<string>')]
        for value in shown:
            self.assertTrue(is_unknown(value) or value == 9, value)
            self.assertFalse(is_unknown(value) and value.unknown_since is None)
        self.assertEqual(recording.state(recording.visits(5)[0])['x'], 9)

    def test_attributes_far_from_all_variables_are_right_or_unknown(self):
        recording = record(HIDDEN.replace('[[]] * 40', '[thing]') .replace('box =', 'thing = Thing(); thing.n = 1; box =')
                           + 'del thing\nfor i in range(2000): pass\nc_put(vars(box["a"]["b"][3][0]), "n", 9)\nx = 1\nfor i in range(300):\n    x = i\nend = 1\n',
                           Thing=Attributes)
        self.assertIsNone(recording.error)
        shown = [recording.state(n)['box']['a']['b'][3][0] for n in range(recording.visits(6)[0], recording.steps())]
        unknown = [is_unknown(thing) for thing in shown]
        self.assertEqual(sorted(unknown, reverse=True), unknown)
        self.assertLessEqual({thing.n for thing in shown if not is_unknown(thing)}, {9})

    def test_names_that_only_python_code_sets_are_never_told_of(self):
        recording = execorder.exec(
            'import sys, types\nfor i in range(200):\n    x = [i]; y = "a" * i; y += "b"\n    globals()["z"] = i\n'
            '    exec("x = 5; z += 1"); exec("q = 1", own); own.pop("__builtins__"); p = eval("q + 1", own)\n'
            '    setattr(sys.modules[__name__], "w", i) if __name__ in sys.modules else None\n'
            '    o.n = i; vars(o)["m"] = o; del o.n, x; s = types.SimpleNamespace(a=i); s.b = 2\n', given())
        self.assertIsNone(recording.error)
        self.assertIsNone(recording._note('seen_late'))


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

    def assert_shown(self, state, wanted, where):
        """What a state tells of the names and the objects' attributes."""
        if is_unknown(state['here']):
            return 5
        names, far = eval(wanted), state['far']
        objects = [state['o'], far if is_unknown(far) else far[0]]
        return self.assert_so((simple(state), *[vars(o) if isinstance(o, Attributes) else o for o in objects]), names, where)

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

    def test_names_and_attributes_of_random_programs_are_right_or_unknown(self):
        seed = int(os.environ.get('EXECORDER_TEST_SEED', 0)) or random.randrange(10 ** 9)
        choose = random.Random(seed)
        unknown = shown = 0
        for kind in sorted(BODIES) * 3:
            lines = random_stores(choose)
            truth = true_names(kind, lines)
            recording = execorder.exec(body_of(kind, lines), given())
            self.assertIsNone(recording.error)
            where = 'EXECORDER_TEST_SEED=%d, %s:\n%s' % (seed, kind, '\n'.join(lines))
            first, file = {'module': (1, None), 'exec': (1, '<string>'), 'class': (2, None), 'function': (3, None)}[kind]
            for number, wanted in enumerate(truth, first + 1):
                state = recording.state(recording.visits(number, file)[0])
                unknown += self.assert_shown(state, wanted, 'before line %d of %s' % (number, where))
                shown += 5
        self.assertLess(unknown, shown / 2)


if __name__ == '__main__':
    unittest.main()
