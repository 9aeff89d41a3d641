"""Names of modules, classes and exec'ed code, and attributes, that C code writes in their dicts past what tells of it: each is
right, or unknown, also where Python code stores it again next."""

import os
import random
import sys
import textwrap
import unittest

import execorder
from c_writes import C, HIDDEN, NothingIsGuessed, is_unknown, record


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


class RandomNames(NothingIsGuessed):
    def assert_shown(self, state, wanted, where):
        """What a state tells of the names and the objects' attributes."""
        if is_unknown(state['here']):
            return 5
        names, far = eval(wanted), state['far']
        objects = [state['o'], far if is_unknown(far) else far[0]]
        return self.assert_so((simple(state), *[vars(o) if isinstance(o, Attributes) else o for o in objects]), names, where)

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
