"""The statements of random programs that hold other statements: loops, handlers, functions, generators, classes."""


class Blocks:
    """Mixed into the writer of a program, whose `write`, `pick`, `name` and the like they use."""

    def block(self, indent, depth, least=1, most=3):
        for _ in range(self.random.randint(least, most)):
            self.statement(indent, depth)

    def compound(self, indent, depth):
        self.pick(
            self.loop, self.countdown, self.condition, self.attempt, self.chain, self.leave, self.generator,
            self.thrown, self.closure, self.late_closures, self.comprehension, self.scope, self.coroutine, self.body,
            self.recursion,
        )(indent, depth)

    def loop(self, indent, depth):
        variable = self.pick('i', 'j', self.name())
        source = self.pick('range(%d)' % self.random.randint(0, 3), 'items(%s)' % self.name(), "'ab'",
                           'enumerate(items(%s)[:3])' % self.name(), 'reversed(items(%s)[:3])' % self.name())
        self.write(indent, 'for %s in %s:' % (variable, source))
        self.block(indent + 1, depth)
        if self.random.random() < 0.3:
            self.write(indent + 1, self.pick('if errors: break', 'if %s is None: continue' % self.name()))
            self.write(indent + 1, self.rebind())
        if self.random.random() < 0.2:
            self.write(indent, 'else:')
            self.write(indent + 1, self.rebind())

    def countdown(self, indent, depth):
        self.write(indent, 'count = %d' % self.random.randint(0, 3))
        self.write(indent, 'while count:')
        self.write(indent + 1, 'count -= 1')
        self.block(indent + 1, depth, most=2)

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

    def chain(self, indent, depth):
        """An exception out of another, passed on, through `else` and `finally`."""
        self.write(indent, 'try:')
        self.write(indent + 1, 'try:')
        self.write(indent + 2, self.pick('{0}.missing', '{0}[99]', 'raise Oops({0})', '{0} = 1').format(self.name()))
        self.write(indent + 1, 'except Exception as inner:')
        self.block(indent + 2, 0, most=1)
        self.write(indent + 2, self.pick('raise', 'raise Oops from inner', 'raise Oops', 'raise ValueError from None'))
        self.write(indent + 1, 'else:')
        self.write(indent + 2, self.rebind())
        self.write(indent + 1, 'finally:')
        self.block(indent + 2, depth, most=1)
        self.write(indent, 'except Exception as error:')
        self.write(indent + 1, 'error.args = (%s,)' % self.scalar())
        self.write(indent + 1, '%s = error%s' % (self.name(), self.pick('', '', '.__context__', '.args')))

    def leave(self, indent, _depth):
        """A function that is left in the middle."""
        self.write(indent, 'def leaving(a, b=[], *rest, c=%s, **more):' % self.scalar())
        self.write(indent + 1, 'for n in (1, 2):')
        self.write(indent + 2, 'try:')
        self.write(indent + 3, self.pick(
            'b.append(a); return b', 'more["n"] = n; continue', 'raise Oops', 'c = rest; break'))
        self.write(indent + 2, 'finally:')
        self.write(indent + 3, self.pick('b.append(n)', 'c = [c]', 'del a; a = n', 'more.update(c=c)'))
        self.write(indent + 1, 'return %s' % self.pick('more', 'rest', '[a, b[-3:], c]'))
        self.guarded(indent, '%s = leaving(%s)' % (self.name(), self.pick(
            self.name(), '%s, []' % self.value(), '%s, [1], *items(%s)' % (self.value(), self.name()),
            '%s, c=%s, d=%s' % (self.name(), self.value(), self.value()), '**{"a": %s}' % self.name())))

    def generator(self, indent, _depth):
        maker = self.pick(
            'fill([], items({0}))', 'fill({0} if type({0}) is list else [], [{1}, {1}])', 'relay([], items({0})[:2])',
            '([n, {1}] for n in items({0}))', '(n for m in [items({0})] for n in m if n is not {1})')
        self.write(indent, 'g = ' + maker.format(self.name(), self.name()))
        for _ in range(self.random.randint(1, 3)):
            self.write(indent, self.pick('{} = next(g, None)', '{} = next(g, 0); {} = 1').format(
                self.name(), self.name()))
        if self.random.random() < 0.3:
            self.guarded(indent, '%s = g.send(%s)' % (self.name(), self.value()))
        if self.random.random() < 0.4:
            self.write(indent, self.pick('g.close()', 'del g', '%s = list(g)' % self.name()))

    def thrown(self, indent, _depth):
        """A generator that exceptions are thrown into."""
        self.write(indent, 'log = %s' % self.pick('[]', '[%s]' % self.value()))
        self.write(indent, 'g = careful(log)')
        self.write(indent, 'next(g)')
        for _ in range(self.random.randint(1, 3)):
            self.write(indent, 'try:')
            self.write(indent + 1, self.pick(
                'g.throw(Oops())', 'g.throw(ValueError())', 'g.send({v})', '{a} = next(g)', 'g.close()',
            ).format(a=self.name(), v=self.value()))
            self.write(indent, 'except Exception as error:')
            self.write(indent + 1, 'note(error)')
        # Before 3.13 a tracer keeps what a variable held a while longer: it must not see a suspended `finally` go.
        self.write(indent, 'g.close()')

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

    def late_closures(self, indent, _depth):
        """Functions that share a cell, and one that has its own default."""
        self.write(indent, 'def maker(base):')
        self.write(indent + 1, 'made = []')
        self.write(indent + 1, 'for n in (1, 2):')
        self.write(indent + 2, 'made.append(lambda x, y=n: %s)' % self.pick(
            '[n, x, y]', '(base, n)', 'made[0:1] + [x]'))
        self.write(indent + 1, self.pick('n = base', 'del base; base = n', 'pass'))
        self.write(indent + 1, 'return made')
        self.write(indent, '%s = [f(%s) for f in maker(%s)]' % (self.name(), self.name(), self.value()))

    def comprehension(self, indent, _depth):
        self.guarded(indent, self.pick(
            '{0} = [[n, {1}] for n in items({2})]', '{0} = {{k: {1} for k in "xyz"}}',
            '{0} = {{n for n in (1, 2, "s") if n != {3}}}', '{0} = [n for m in [items({1})] for n in m]',
            '{0} = sorted(items({1}), key=rank)', '{0} = list(map(lambda n: [n], items({1})))',
            '{0} = [[m for m in (n, {3})] for n in items({1})[:3]]', '{0} = [(lambda: u)() for u in items({1})]',
            '{0} = {{n: [m, {1}] for n, m in zip("ab", items({2}))}}', '{0} = [{1}.append(n) for n in items({2})[:3]]',
            '{0} = list([n, {1}] for n in items({2}))',
            # 3.13.0 crashes under a tracer when the variable of one comprehension is a cell elsewhere in the function.
            '{0} = [{1} for {1} in items({2})]' if self.names == self.globals else '{0} = [{2}]',
        ).format(self.name(), self.name(), self.name(), self.scalar()))

    def scope(self, indent, depth):
        self.write(indent, 'try:')
        self.write(indent + 1, 'with %s as %s:' % (self.pick(
            'Scope({0})', 'Scope({0}, True)', 'borrowed({0}, {1})', 'borrowed([], {1})', 'Scope({0}) as i, Scope({1})',
            'contextlib.suppress(Exception)').format(self.name(), self.value()), self.pick('i', self.name())))
        self.block(indent + 2, depth, most=2)
        if self.random.random() < 0.4:
            self.write(indent + 2, 'raise %s' % self.pick('Oops', 'ValueError'))
        self.write(indent, 'except Exception as error:')
        self.write(indent + 1, 'note(error)')

    def coroutine(self, indent, _depth):
        self.write(indent, 'c = waiting(%s, items(%s)[:2])' % (self.pick('[]', self.name()), self.name()))
        self.write(indent, 'try:')
        self.write(indent + 1, '%s = c.send(None)' % self.name())
        self.write(indent + 1, self.pick('{} = c.send({})', 'c.close(); {} = {}').format(self.name(), self.value()))
        self.write(indent + 1, 'c.send(%s)' % self.scalar())
        self.write(indent, 'except StopIteration as error:')
        self.write(indent + 1, '%s = error.value' % self.name())
        self.write(indent, 'except Exception as error:')
        self.write(indent + 1, 'note(error)')
        self.write(indent, 'c.close()')

    def body(self, indent, _depth):
        """A class made on the spot, with statements in its body."""
        self.write(indent, 'try:')
        self.write(indent + 1, 'class Local(%s):' % self.pick('Plain', 'Slotted', 'Row', 'Words', 'Guarded', 'Noisy'))
        self.write(indent + 2, 'first = %s' % self.value())
        self.write(indent + 2, self.pick(
            'second = [n for n in items(first)]', 'second, third = first, [first]', 'for n in items(first): last = n',
            'def get(self): return self.first', "__slots__ = ('deep',)", 'del first; first = 1',
            '@classmethod\n%sdef set(cls, x): cls.first = x' % ('    ' * (indent + 2))))
        self.write(indent + 1, '%s = Local()' % self.name())
        self.write(indent + 1, self.pick(
            'Local.first = {0}', 'Local.more = [{0}]', '{1} = Local().first', 'del Local.first', 'Local.set({0})',
        ).format(self.value(), self.name()))
        self.write(indent, 'except Exception as error:')
        self.write(indent + 1, 'note(error)')

    def recursion(self, indent, _depth):
        self.guarded(indent, '%s = deep(%s, %d)' % (
            self.name(), self.pick('[]', self.name()), self.random.randint(0, 4)))
