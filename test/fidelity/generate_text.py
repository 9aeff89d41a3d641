"""What random programs are made of: the classes and functions that they begin with, and the changes they make."""

PRELUDE = '''\
import array
import bisect
import collections
import contextlib
import copy
import functools
import heapq
import itertools
import operator


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


class Tighter(Tight):
    __slots__ = ('extra',)


class Guarded:
    def __init__(self, value=None):
        self.log = []
        self.hidden = value

    @property
    def value(self):
        return self.hidden

    @value.setter
    def value(self, value):
        self.log.append(value)
        del self.log[:-2]
        self.hidden = value

    @value.deleter
    def value(self):
        del self.hidden


class Noisy(Plain):
    def __setattr__(self, name, value):
        seen = self.__dict__.setdefault('seen', [])
        seen.append(name)
        del seen[:-3]
        super().__setattr__(name, value)

    def __getattr__(self, name):
        if name.startswith('__'):
            raise AttributeError(name)
        return self.__dict__.get('seen')


class Field:
    def __set_name__(self, owner, name):
        self.name = name

    def __get__(self, instance, owner):
        return self if instance is None else instance.__dict__.get(self.name, self)

    def __set__(self, instance, value):
        instance.__dict__[self.name] = [value]


class Described:
    left = Field()
    other = Field()


class Key:
    def __init__(self, number):
        self.number = number

    def __eq__(self, other):
        return isinstance(other, Key) and self.number == other.number

    def __hash__(self):
        return self.number % 2


class Bag:
    def __init__(self, *things):
        self.things = list(things)

    def __len__(self):
        return len(self.things)

    def __getitem__(self, at):
        return self.things[at]

    def __setitem__(self, at, value):
        self.things[at] = value

    def __iadd__(self, more):
        self.things += more
        return self

    def append(self, value):
        self.things.append(value)


class Scope:
    def __init__(self, target, swallow=False):
        self.target = target
        self.swallow = swallow

    def __enter__(self):
        self.entered = True
        return self.target

    def __exit__(self, kind, error, trace):
        self.entered = False
        self.kind = kind and kind.__name__
        return self.swallow


class Words(dict):
    pass


class Row(list):
    pass


class Train(collections.deque):
    pass


Pair = collections.namedtuple('Pair', 'left right')


class Oops(Exception):
    pass


errors = []


def note(error):
    error.args = ()
    del errors[:-5]
    errors.append(type(error).__name__)


LISTED = (list, tuple, dict, str, collections.deque, bytearray, Bag, array.array)


def items(x):
    return list(x)[:6] if isinstance(x, LISTED) else [x]


def rank(x):
    return type(x).__name__, x if type(x) in (int, str, float) else ''


def trim(x):
    if isinstance(x, (list, bytearray)):
        del x[8:]
    elif isinstance(x, dict):
        while len(x) > 8:
            x.popitem()
    elif isinstance(x, (set, collections.deque)) and len(x) > 8:
        x.clear()
    return x


def fill(target, source):
    for item in source:
        target.append(item)
        got = yield len(target)
        if got is not None:
            target.append(got)


def relay(target, source):
    got = yield from fill(target, source)
    target.append(got)
    yield target


def careful(log):
    step = 0
    try:
        while step < 4:
            try:
                step += 1
                log.append((yield step))
            except Oops as error:
                log.append(error)
                error.step = step
    finally:
        log.append('end')


async def waiting(target, source):
    for item in source:
        target.append(item)
        target.append(await Pause(item))
    return target


class Pause:
    def __init__(self, value):
        self.value = value

    def __await__(self):
        self.got = yield self.value
        return self.got


@contextlib.contextmanager
def borrowed(target, value):
    target.append(value)
    try:
        yield target
    except Oops as error:
        target.append(error)
    finally:
        target.append(value)


def deep(target, depth):
    here = [depth, target]
    if depth:
        target.append(here)
        return deep(here, depth - 1)
    del target[1:]
    return here
'''

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
    # deques, bytearrays, arrays and the other dicts
    '{a}.appendleft({v})', '{b} = {a}.popleft()', '{a}.rotate({n})', '{a}.extendleft(items({b}))', '{a}.remove({s})',
    '{a}.append({n}); {a}.extend(b"xyz")', '{a}[1:1] = b"qr"', '{a} += b"12"', 'memoryview({a})[0:1] = b"!"',
    '{a}[{n}] = 65', '{a}.insert({n}, 66)', '{a}.frombytes(b"12")', '{a}.move_to_end({k}, last={n} > 0)',
    '{b} = {a}.popitem(last=False)', '{a}[{k}] += {n}', '{a}.update("abca")', '{a}.subtract("ab")',
    '{b} = {a}[{k}]', '{a}[{k}].add({s})', '{a} = collections.ChainMap({{}}, {a}); {a}[{k}] = {v}',
    '{b} = {a}._replace(left={v})', '{a} = ({a} + {b})[:9]',
    # sets
    '{a}.intersection_update({{1, {s}, "z"}})', '{a}.symmetric_difference_update([{s}, 4])', '{a} = {a} | {{{s}}}',
    '{a}.difference_update(items({b}))', '{a}.update(*[[{s}], ()])', '{a} <= {b} or {a}.clear()',
    # dict views and changes while something looks
    '{b} = list({a}.items())', '{b} = list({a}.keys() & {{"a", 0}})', '{b} = list({a}.values())[-1]',
    'for {b} in {a}: {a}[{k}] = {v}', 'for {b} in {a}: {a}.append({s}); {a}.pop(0); break',
    'for {b} in {a}.values(): {b}.append({v})', '{a} = {{**{a}, {k}: {v}}}', '{a} = [*{a}, {v}][-5:]',
    # through functions written in C
    '{b} = functools.reduce(operator.add, items({a}), {s})',
    '{b} = functools.reduce(operator.iadd, [[{v}], [{w}]], {a})',
    'operator.setitem({a}, {k}, {v})', 'operator.delitem({a}, {n})', 'operator.iconcat({a}, [{v}])',
    '{b} = sorted({a}, key=lambda n: {c}.append(n) or rank(n))', '{a}.sort(key=lambda n: {b}.append(n) or rank(n))',
    '{b} = max(items({a}), key=lambda n: {c}.append({s}) or 0)', 'any(map({a}.append, [{s}, {v}]))',
    'list(filter({a}.discard, [{s}, 1]))', '{b} = dict(zip("abc", items({a})))',
    '{b} = list(itertools.chain({a}, [{v}]))[:6]',
    'heapq.heapify({a})', 'heapq.heappush({a}, {n})', '{b} = heapq.heappop({a})', 'heapq.heapreplace({a}, {m})',
    'bisect.insort({a}, {n})', '{b} = copy.copy({a})', '{b} = copy.deepcopy({a})',
    '{b} = functools.partial({a}.append, {v}); {b}()', '{b} = operator.methodcaller("pop")({a})',
    'collections.deque(map({a}.append, [{v}, {w}]), maxlen=0)',
    '{b} = list(itertools.starmap({a}.setdefault, [({k}, {v})]))',
    # exceptions
    '{a} = ImportError({s}, name={v})', '{a} = OSError({m}, "text", {v})', '{a} = StopIteration({v}, {w})',
    'raise Oops({v}) from {a}', '{a}.__cause__ = {b}', 'raise {a}', '{b} = {a}.__context__', '{a}.value.append({v})',
    '{a}.__suppress_context__ = {n}', 'b"a\\xff".decode("ascii")', '{a}.reason = "why"',
    # names that come and go
    'del {a}; {a} = {v}', 'globals()["v3"] = {v}', 'exec("{a} = [{b}]")', 'eval("{a}.append({s})")',
    '{a}, *{b} = items({c})', '({a}, {b}), {c} = items({a})[:2], {v}', '[{a}, [*{b}]] = [{v}, items({c})]',
    'for {a}.{at} in [{v}, {w}]: pass', 'for {a}[{k}] in items({b}): pass', 'with Scope({v}) as {a}.{at}: pass',
    # classes
    '{a} = type("Made", (Plain,), {{"{at}": {v}}})({w})', 'type({a}).common = {v}', 'del Plain.common',
    'del type({a}).common', 'type.__setattr__(Plain, "common", {v})', 'setattr({a}, "{at}", {a}.{bt})',
    'super(Noisy, 1 if {a} is None else {a}).__setattr__("{at}", {v})',  # of None, 3.12 says now this, now that
    '{a} = Plain.__new__(type({b})); {a}.{at} = {v}', 'Tight.value.__set__({a}, {v})', 'Guarded.value.fset({a}, {v})',
    '{a}.__dict__ = {b}.__dict__', '{a}.{at} = {a}.__dict__',
    '{a}.__dict__ |= {{"{at}": {v}}}', '{a}.{at} = {b}.change', '{a}.{at}({v})', '{b} = {a}.{at}.__self__',
    'Plain.change.{at} = {v}', '{b} = vars(Plain)["count"]',
)
