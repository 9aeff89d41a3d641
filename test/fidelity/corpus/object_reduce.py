# The state that objects hand out to pickle and copy is their __dict__ itself.
import copy
import pickle


class Plain:
    def __init__(self):
        self.a = [1]


class Slotted:
    __slots__ = ('s', '__dict__')


class Problem(Exception):
    pass


g = Plain()
d = g.__reduce_ex__(2)[2]
d['b'] = 2
same = d is vars(g)
h = Plain()
e = h.__reduce_ex__(4)[2]
e['b'] = h
e.update(c=3)
del e['a']
s = Slotted()
s.s = 1
s.free = [2]
state = s.__reduce_ex__(2)[2]
state[0]['more'] = 'm'
p = Problem('x')
p.note = []
q = p.__reduce__()[2]
q['late'] = p
for error in (OSError(2, 'none'), ImportError('no', name='n')):
    error.extra = 1
    reduced = error.__reduce__()
    if isinstance(reduced[-1], dict):
        reduced[-1]['later'] = 2
copied = copy.copy(g)
copied.b = 'other'
deep = copy.deepcopy(h)
deep.b.c = 'deep'
loaded = pickle.loads(pickle.dumps(h))
loaded.c = 4
loaded.b.c = 5
