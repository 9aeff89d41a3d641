# needs 3.8
# (in 3.7 any trace function changes what list.append(1, 2) says)
# What Python says when something is wrong: word for word the same under a recorder.
import collections
import operator

said = []


def attempt(*actions):
    for action in actions:
        try:
            action()
        except Exception as error:
            said.append('%s: %s' % (type(error).__name__, error))
        else:
            said.append('fine')


class Plain:
    pass


class Tight:
    __slots__ = 'a',


class Named:
    @property
    def fixed(self):
        return 1


def local():
    def inner():
        return later
    try:
        inner()
    except NameError as error:
        said.append(str(error))
    later = 1
    del later
    try:
        later
    except UnboundLocalError as error:
        said.append(str(error))


x, d, s, t, p, q = [], {}, set(), (), Plain(), Tight()
attempt(lambda: x.nothing, lambda: d.nothing, lambda: s.nothing, lambda: t.nothing, lambda: p.nothing, lambda: q.a)
attempt(
    lambda: setattr(x, 'a', 1), lambda: setattr(d, 'a', 1), lambda: setattr(s, 'a', 1), lambda: setattr(t, 'a', 1),
    lambda: setattr(5, 'a', 1), lambda: setattr(q, 'b', 1), lambda: setattr(Named(), 'fixed', 1),
    lambda: setattr(list, 'a', 1), lambda: setattr(object(), 'a', 1), lambda: setattr(p, 1, 1),
    lambda: setattr(collections.deque(), 'a', 1), lambda: setattr(len, 'a', 1), lambda: setattr(Plain, 1, 2),
)
attempt(
    lambda: delattr(x, 'append'), lambda: delattr(p, 'a'), lambda: delattr(q, 'a'), lambda: delattr(Plain, 'a'),
    lambda: delattr(d, 'a'), lambda: object.__setattr__(x, 'a', 1), lambda: object.__setattr__(Plain, 'a', 1),
    lambda: object.__delattr__(p, 'a'), lambda: type.__setattr__(int, 'a', 1), lambda: object.__setattr__(p),
)
attempt(
    lambda: x.append(), lambda: x.append(1, 2), lambda: x.append(a=1), lambda: x.pop(), lambda: x.pop('a'),
    lambda: x.insert(1), lambda: x.extend(5), lambda: x.remove(1), lambda: x.sort(1), lambda: x.sort(k=1),
    lambda: x.index(5), lambda: x.reverse(1), lambda: x.clear(1), lambda: x.copy(1), lambda: list.append(1, 2),
    lambda: list.append(), lambda: list.sort(d), lambda: x.insert('a', 1),
)
attempt(
    lambda: d.pop('a'), lambda: d.pop(), lambda: d.popitem(), lambda: d.popitem(1), lambda: d.update(1),
    lambda: d.update([1]), lambda: d.update([(1, 2, 3)]), lambda: d.setdefault(), lambda: d.setdefault([]),
    lambda: d.get(), lambda: d.update(1, 2), lambda: d.clear(1), lambda: d.fromkeys(), lambda: dict.pop(1, 2),
    lambda: dict.update(), lambda: d.keys(1),
)
attempt(
    lambda: s.add(), lambda: s.add([]), lambda: s.add(1, 2), lambda: s.remove(1), lambda: s.pop(), lambda: s.update(1),
    lambda: s.discard({}), lambda: s.clear(1), lambda: set.add(1, 2), lambda: s.difference_update(1),
    lambda: frozenset().add,
)
attempt(
    lambda: operator.setitem(x, 0, 1), lambda: operator.setitem(x, 'a', 1), lambda: operator.setitem(t, 0, 1),
    lambda: operator.setitem(d, [], 1), lambda: operator.delitem(x, 0), lambda: operator.delitem(d, 'a'),
    lambda: operator.delitem(t, 0), lambda: operator.setitem(x, slice(0, 1), 5), lambda: operator.iadd(x, 5),
    lambda: operator.imul(x, 'a'), lambda: operator.ior(d, 5), lambda: operator.ior(s, [1]), lambda: operator.isub(s, 1),
    lambda: operator.getitem(x, 'a'), lambda: operator.getitem(d, 'a'), lambda: operator.setitem(x, slice(0, 9, 2), [1]),
)
attempt(
    lambda: Plain(1), lambda: Plain.__init__(p, 1), lambda: Exception.__init__(), lambda: Exception(1, a=2),
    lambda: object.__init__(p, 1), lambda: object.__new__(Plain, 1), lambda: setattr(p, '__class__', 5),
    lambda: setattr(p, '__class__', Tight), lambda: setattr(p, '__dict__', 5), lambda: setattr(Plain, '__bases__', ()),
    lambda: setattr(ValueError(), 'args', 5), lambda: setattr(ValueError(), '__cause__', 5), lambda: delattr(p, '__dict__'),
)
attempt(
    lambda: hash([]), lambda: {}[{}], lambda: hash(set()), lambda: next(iter([])), lambda: [].__setitem__(0),
    lambda: [].__delitem__(), lambda: {}.__setitem__(1), lambda: [].__iadd__(), lambda: [].__init__(1, 2),
    lambda: {}.__init__(1, 2), lambda: set().__init__(1, 2),
)
local()
names = [
    f.__name__ + ' ' + str(getattr(f, '__qualname__', '')) + ' ' + str(f.__doc__)[:30]
    for f in (list.append, [].append, list.sort, dict.update, set.add, list.__setitem__, object.__setattr__, {}.pop)
]
kinds = [type(f).__name__ for f in (list.append, [].append, list.__setitem__, [].__setitem__, object.__setattr__)]
same = list.append is list.append, list.__dict__['append'] is list.append, [].append == [].append
for line in said:
    print(line)
