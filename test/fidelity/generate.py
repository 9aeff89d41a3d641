"""Writes random programs: ``python generate.py --seed N`` prints the one of that seed.

They are made of what changes state: containers of all kinds, objects with and without slots, aliases and cycles,
functions, closures, generators, coroutines, classes, loops and exceptions. Each ends by itself, and the same seed gives
the same program on every interpreter. A statement that does not fit the values it meets is fine: what it raises is
noted and kept.
"""

import argparse
import random

from generate_blocks import Blocks
from generate_text import CHANGES, PRELUDE

VARIABLES = ['v%d' % i for i in range(9)]
ATTRIBUTES = ['value', 'other', 'left', 'right', 'extra', 'name']


class Writer(Blocks):
    """Writes one program."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.lines = []
        self.functions = []
        self.names = self.globals = list(VARIABLES)

    def program(self):
        self.lines = ['# states every %d' % self.random.randint(2, 9)] + PRELUDE.splitlines()
        self.prelude_ends = len(self.lines)
        for name in VARIABLES:
            self.write(0, '%s = %s' % (name, self.fresh(0)))
        for index in range(3):
            self.function(index)
        for _ in range(22):
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
            'dict.fromkeys("xy", {0})', 'collections.deque([{0}, {1}], {m})', 'Train([{0}, {1}])', 'bytearray(b"abc")',
            'array.array("i", [3, 1, 2])', 'collections.OrderedDict(a={0}, b={1})',
            'collections.defaultdict(list, a=[{0}])', 'collections.Counter("abca")', 'Tighter()',
            'Guarded({0})', 'Noisy({0})', 'Described()', 'Bag({0}, {1})', 'Pair({0}, {1})', 'Scope({0})', 'Key(2)',
            '{{Key(1): {0}, Key(3): {1}}}', '[3, 1, 2]',
        )
        return shape.format(inner(), inner(), k=self.key(), l=self.key(), m=self.pick('None', '3'))

    def value(self, depth=0):
        roll = self.random.random()
        if roll < 0.3 or depth > 2:
            return self.scalar()
        if roll < 0.65 and self.has_names():
            return self.name()
        if roll < 0.72 and self.has_names():
            return 'items(%s)' % self.name()
        return self.fresh(depth)

    def has_names(self):
        """Whether all variables have a value."""
        return len(self.lines) >= self.prelude_ends + len(VARIABLES)

    # Statements

    def statement(self, indent, depth):
        roll = self.random.random()
        if depth > 0 and roll < 0.3:
            self.compound(indent, depth - 1)
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
        # Before 3.10, which line a clause that doesn't fit passes on depends on who traces: it always fits.
        self.write(indent, 'except Exception as error:')
        self.write(indent + 1, self.pick('note(error)', 'note(error); %s = error' % self.name()))
        if self.random.random() < 0.2:
            self.write(indent, 'finally:')
            self.write(indent + 1, self.rebind())

    def rebind(self):
        a, b, c = self.name(), self.name(), self.name()
        if self.random.random() < 0.03:  # a line of hundreds of instructions
            return '%s = [%s][-2:]' % (a, ', '.join([b, c] * self.random.randint(60, 140)))
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


def program(seed):
    """The text of the program of this seed."""
    return Writer(seed).program()


if __name__ == '__main__':
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('--seed', type=int, required=True)
    print(program(parser.parse_args().seed), end='')
