# copy and deepcopy, with memo and hooks.
import copy


class Tree:
    def __init__(self, name, *children):
        self.name = name
        self.children = list(children)
        self.parent = None
        for child in children:
            child.parent = self


class State:
    def __init__(self):
        self.a = [1]
        self.b = self.a

    def __getstate__(self):
        return {'a': self.a}

    def __setstate__(self, state):
        self.restored = True
        self.__dict__.update(state)


class Slots:
    __slots__ = 'x', 'y'


t = Tree('root', Tree('left'), Tree('right'))
u = copy.deepcopy(t)
u.children[0].name = 'changed'
v = copy.copy(t)
v.children.append(v)
s = State()
w = copy.copy(s)
w.a.append(2)
z = copy.deepcopy(s)
z.a.append(3)
o = Slots()
o.x = [o]
p = copy.deepcopy(o)
p.y = o
x = [1, [2]]
y = copy.deepcopy([x, x], {})
y[0].append(y)
r = copy.deepcopy(y)
same = r[0] is r[1]
d = copy.deepcopy({'a': x, 'b': (x, x), 'c': frozenset([1])})
d['a'].append('d')
