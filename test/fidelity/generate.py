"""Writes random programs: ``python generate.py --seed N`` prints the one of that seed.

They are made of what changes state: containers of all kinds, objects with and without slots, aliases and cycles,
functions, closures, generators, loops and exceptions. Each ends by itself, and the same seed gives the same program
on every interpreter. A statement that does not fit the values it meets is fine: what it raises is noted and kept.
"""

import argparse
import random

PRELUDE = '''\
class Plain:
    count = 0

    def __init__(self, value=None, *rest):
        self.value = value
        if rest:
            self.rest = rest
        Plain.count += 1

    def change(self, value):
        old, self.value = self.value, value
        return old


class Slotted:
    __slots__ = ('left', 'right', '__dict__')

    def __init__(self, left=None, right=None):
        self.left = left
        self.right = right


class Tight:
    __slots__ = ('value', 'other')


class Words(dict):
    pass


class Row(list):
    pass


class Oops(Exception):
    pass


errors = []


def note(error):
    error.args = ()
    del errors[:-5]
    errors.append(type(error).__name__)


def items(x):
    return list(x)[:6] if isinstance(x, (list, tuple, dict, str)) else [x]


def rank(x):
    return type(x).__name__, x if type(x) in (int, str, float) else ''


def trim(x):
    if isinstance(x, list):
        del x[8:]
    elif isinstance(x, dict):
        while len(x) > 8:
            x.popitem()
    elif isinstance(x, set) and len(x) > 8:
        x.clear()
    return x


def fill(target, source):
    for item in source:
        target.append(item)
        got = yield len(target)
        if got is not None:
            target.append(got)
'''

VARIABLES = ['v%d' % i for i in range(9)]
ATTRIBUTES = ['value', 'other', 'left', 'right', 'extra', 'name']


class Writer:
    """Writes one program."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.lines = []
        self.functions = []
        self.names = list(VARIABLES)

    def program(self):
        self.lines = ['# seed'] + PRELUDE.splitlines()
        for name in VARIABLES:
            self.write(0, '%s = %s' % (name, self.fresh(0)))
        for index in range(3):
            self.function(index)
        for _ in range(28):
            self.statement(0, 2)
        return '\n'.join(self.lines) + '\n'

    def write(self, indent, text):
        self.lines.append('    ' * indent + text)

    def pick(self, *choices):
        return self.random.choice(choices)

    def name(self):
        return self.random.choice(self.names)

    # Expressions

    def scalar(self):
        return self.pick(
            '0', '1', 'True', '-7', '2.5', '-0.0', "'a'", "'bc'", 'None', "b'x'", '10 ** 20', "''", '1.0', '257',
            "'long text ' * 3", '1j',
        )

    def key(self):
        return self.pick("'a'", "'b'", '0', '1', 'True', '(1, 2)', 'None', "'k%d' % len(errors)", '2.0')

    def fresh(self, depth):
        """A new container or object."""
        inner = self.scalar if depth > 1 else lambda: self.value(depth + 1)
        shape = self.pick(
            '[]', '[{0}, {1}]', '[{0}] * 3', '{{}}', '{{{k}: {0}, {l}: {1}}}', '{{1, "x", (2, 3)}}', 'set()',
            '({0}, {1})', 'Plain({0})', 'Plain({0}, {1})', 'Slotted({0}, {1})', 'Slotted()', 'Tight()',
            'Words(a={0})', 'Row([{0}, {1}])', 'frozenset([1, "f"])', '[[{0}], [{1}]]', '(({0},), [])',
            'dict.fromkeys("xy", {0})',
        )
        return shape.format(inner(), inner(), k=self.key(), l=self.key())

    def value(self, depth=0):
        roll = self.random.random()
        if roll < 0.3 or depth > 2:
            return self.scalar()
        if roll < 0.65 and len(self.lines) > 80:
            return self.name()
        if roll < 0.72 and len(self.lines) > 80:
            return 'items(%s)' % self.name()
        return self.fresh(depth)

    # Statements

    def statement(self, indent, depth):
        roll = self.random.random()
        if depth > 0 and roll < 0.3:
            self.pick(self.loop, self.condition, self.attempt, self.generator, self.closure, self.comprehension)(
                indent, depth - 1)
        elif roll < 0.42 and self.functions:
            self.guarded(indent, self.call())
        elif roll < 0.6:
            self.write(indent, self.rebind())
        else:
            self.guarded(indent, self.change())

    def guarded(self, indent, text):
        self.write(indent, 'try:')
        self.write(indent + 1, text)
        if self.random.random() < 0.3:
            self.write(indent + 1, self.rebind())
        self.write(indent, 'except %s as error:' % self.pick('Exception', '(TypeError, Oops, AttributeError, LookupError,'
                   ' ValueError, RuntimeError)'))
        self.write(indent + 1, self.pick('note(error)', 'note(error); %s = error' % self.name()))
        if self.random.random() < 0.2:
            self.write(indent, 'finally:')
            self.write(indent + 1, self.rebind())

    def rebind(self):
        a, b, c = self.name(), self.name(), self.name()
        return self.pick(
            '{a} = {v}', '{a} = {b}', '{a}, {b} = {b}, {a}', '{a} = {b} = {v}', '{a} = [{b}, {c}]',
            '{a} = trim({a})', '{a} = items({b}); {c} = {v}', '{a} = {f}', '{a} = ({b}, {a})[:1]',
            '{a} = {{{k}: {b}}}', '{a} = None', '{a} = {b} if errors else {c}',
        ).format(a=a, b=b, c=c, v=self.value(), f=self.fresh(0), k=self.key())

    def change(self):
        a, b = self.name(), self.name()
        return self.random.choice(CHANGES).format(
            a=a, b=b, c=self.name(), v=self.value(), w=self.value(), k=self.key(), l=self.key(), s=self.scalar(),
            n=self.pick('0', '-1', '1', '2'), m=self.pick('1', '2', '5', '-1'),
            at=self.random.choice(ATTRIBUTES), bt=self.random.choice(ATTRIBUTES),
        )

    def call(self):
        name, count = self.random.choice(self.functions)
        arguments = ', '.join(self.value() for _ in range(count))
        return self.pick('{} = {}({})', '{}.append({}({}))', '{}.value = {}({})').format(self.name(), name, arguments)

    def block(self, indent, depth, least=1, most=3):
        for _ in range(self.random.randint(least, most)):
            self.statement(indent, depth)

    def loop(self, indent, depth):
        variable = self.pick('i', 'j', self.name())
        source = self.pick('range(%d)' % self.random.randint(0, 3), 'items(%s)' % self.name(), "'ab'",
                           'enumerate(items(%s)[:3])' % self.name())
        self.write(indent, 'for %s in %s:' % (variable, source))
        self.block(indent + 1, depth)
        if self.random.random() < 0.3:
            self.write(indent + 1, self.pick('if errors: break', 'if %s is None: continue' % self.name()))
            self.write(indent + 1, self.rebind())
        if self.random.random() < 0.2:
            self.write(indent, 'else:')
            self.write(indent + 1, self.rebind())

    def condition(self, indent, depth):
        self.write(indent, 'if %s:' % self.pick(
            '%s is %s' % (self.name(), self.name()), 'isinstance(%s, list)' % self.name(), 'len(errors) % 2',
            'type(%s) is dict' % self.name()))
        self.block(indent + 1, depth, most=2)
        self.write(indent, 'else:')
        self.block(indent + 1, depth, most=2)

    def attempt(self, indent, depth):
        self.write(indent, 'try:')
        self.block(indent + 1, depth, most=2)
        self.write(indent + 1, 'raise %s(%s)' % (self.pick('Oops', 'KeyError', 'ValueError'), self.value()))
        self.write(indent, 'except Exception as error:')
        self.write(indent + 1, 'error.seen = %s' % self.value())
        self.write(indent + 1, '%s = error' % self.name())

    def generator(self, indent, _depth):
        maker = self.pick('fill([], items({0}))', 'fill({0} if type({0}) is list else [], [{1}, {1}])',
                          '([n, {1}] for n in items({0}))')
        self.write(indent, 'g = ' + maker.format(self.name(), self.name()))
        for _ in range(self.random.randint(1, 3)):
            self.write(indent, self.pick('{} = next(g, None)', '{} = next(g, 0); {} = 1').format(self.name(), self.name()))
        if self.random.random() < 0.4:
            self.write(indent, self.pick('g.close()', 'del g', '%s = list(g)' % self.name()))

    def closure(self, indent, _depth):
        self.write(indent, 'def make(a):')
        self.write(indent + 1, 'b = [a]')
        self.write(indent + 1, 'def inner(c):')
        self.write(indent + 2, 'nonlocal a, b')
        self.write(indent + 2, 'b = [c, b][:2]')
        self.write(indent + 2, 'a = %s' % self.pick('c', 'b', '[a]'))
        self.write(indent + 2, 'return a, b')
        self.write(indent + 1, 'inner(%s)' % self.scalar())
        self.write(indent + 1, 'return inner')
        self.write(indent, 'f = make(%s)' % self.value())
        self.write(indent, '%s = f(%s)' % (self.name(), self.value()))

    def comprehension(self, indent, _depth):
        self.write(indent, self.pick(
            '{0} = [[n, {1}] for n in items({2})]', '{0} = {{k: {1} for k in "xyz"}}',
            '{0} = {{n for n in (1, 2, "s") if n != {3}}}', '{0} = [n for m in [items({1})] for n in m]',
            '{0} = sorted(items({1}), key=rank)', '{0} = list(map(lambda n: [n], items({1})))',
        ).format(self.name(), self.name(), self.name(), self.scalar()))

    def function(self, index):
        """A function that only calls those before it."""
        outer, name = self.names, 'f%d' % index
        parameters = ['p%d' % i for i in range(self.random.randint(1, 3))]
        self.write(0, '')
        self.write(0, '')
        self.write(0, 'def %s(%s):' % (name, ', '.join(parameters)))
        if self.random.random() < 0.5:
            self.write(1, 'global ' + self.random.choice(VARIABLES))
        self.names = parameters + ['q0', 'q1']
        self.write(1, 'q0 = q1 = p0')
        self.write(1, 'q0 = %s' % self.fresh(0))
        self.block(1, 1, 3, 6)
        if self.random.random() < 0.3:
            self.write(1, 'if errors and len(errors) % 3 == 0:')
            self.write(2, 'raise Oops(q1)')
        self.write(1, 'return %s' % self.pick('q0', 'q1', '[q0, q1]', 'p0', 'q0, p0'))
        self.names = outer
        self.functions.append((name, len(parameters)))
        if index == 2:
            self.write(0, '')
            self.write(0, '')


CHANGES = (
    '{a}.append({v})', '{a}.append({a})', '{a}.extend(items({b}))', '{a}.insert({n}, {v})', '{b} = {a}.pop()',
    '{b} = {a}.pop({n})', '{a}[{n}] = {v}', '{a}[{n}:{m}] = items({b})', 'del {a}[{n}]', 'del {a}[{n}:]',
    '{a}[::2] = items({b})', '{a} += items({b})', '{a} *= {n}', '{a}.reverse()', '{a}.sort(key=rank)', '{a}.clear()',
    '{b} = {a}[{n}]', '{a}[{n}], {a}[{m}] = {a}[{m}], {a}[{n}]', '{a}[{n}].append({v})', '{a}[{n}][{k}] = {v}',
    '{b} = {a}[:]', '{b} = {a}.copy()',
    '{a}[{k}] = {v}', '{a}[{k}] = {a}', 'del {a}[{k}]', '{b} = {a}.pop({k}, None)', '{b} = {a}.popitem()',
    '{a}.update({{{k}: {v}, {l}: {w}}})', '{a}.update(x={v})', '{a}.setdefault({k}, []).append({v})',
    '{a} |= {{{k}: {v}}}', '{b} = {a}.get({k})', '{a}[{k}] = {a}.pop({l})', '{a}[{k}][{l}] = {v}',
    '{a}.add({s})', '{a}.add({b})', '{a}.discard({s})', '{a}.update([{s}, {s}, 3])', '{a} |= {{1, 2}}',
    '{a} -= {{1}}', '{a} ^= {{1, "z"}}', '{a} &= {{1, 2, "x"}}',
    '{a}.{at} = {v}', '{a}.{at} = {a}', '{a}.{at} = {b}.{bt}', 'del {a}.{at}', "setattr({a}, '{at}', {v})",
    "delattr({a}, '{at}')", "object.__setattr__({a}, '{at}', {v})", "{a}.__dict__['{at}'] = {v}",
    '{b} = {a}.__dict__', 'vars({a}).update({at}={v}, more={w})', "{a}.__dict__.pop('{at}', 0)",
    '{a}.__dict__ = {{"{at}": {v}}}', '{a}.__dict__.clear()', '{b} = {a}.change({v})', '{a}.{at}.append({v})',
    '{a}.{at}.{bt} = {v}', '{a}.{at} += {s}', '{a}.{at}, {b} = {b}, {a}.{at}', '{a}.__class__ = type({b})',
    'Plain.extra = {v}', 'Plain.count += 1', 'Plain.shared = {a}', '{a}.append({b}); {b}.append({s}); {a}.pop(0)',
    'list(map({a}.append, items({b})))', '({a}.append({s}), {a}.append({b}), {a}.pop(0))',
    '{b} = {c} = {a}; {a}.append({s}); {a} = None', '{a}.__init__({v})',
)


def program(seed):
    """The text of the program of this seed."""
    return Writer(seed).program()


if __name__ == '__main__':
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('--seed', type=int, required=True)
    print(program(parser.parse_args().seed), end='')
