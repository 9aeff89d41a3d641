import copy
import copyreg
import pickle

log = []


class R:
    def __init__(self, a, b=None):
        self.a = a
        self.b = b
        log.append('init')

    def __reduce__(self):
        log.append('reduce')
        return (R, (self.a,), {'b': self.b, 'extra': 1}, iter([1, 2]), iter([('k', 'v')]))

    def append(self, x):
        self.__dict__.setdefault('items', []).append(x)

    def extend(self, xs):
        for x in xs:
            self.append(x)

    def __setitem__(self, k, v):
        self.__dict__.setdefault('map', {})[k] = v


class S:
    __slots__ = ('x', 'y', '__dict__')

    def __init__(self):
        self.x = []
        self.z = {}

    def __getstate__(self):
        log.append('get')
        return (self.x, self.z)

    def __setstate__(self, state):
        log.append('set')
        self.x, self.z = state
        self.y = 'restored'


class N:
    def __new__(cls, *args):
        self = super().__new__(cls)
        self.made = args
        return self

    def __getnewargs__(self):
        return (1, [2])

    def __copy__(self):
        log.append('copied')
        return self


class L(list):
    pass


class D(dict):
    def __init__(self, *a):
        super().__init__(*a)
        self.me = self


R.__module__ = S.__module__ = N.__module__ = L.__module__ = D.__module__ = __name__
r = R([1], {2})
c1 = copy.copy(r)
c2 = copy.deepcopy(r)
c2.a.append(5)
s = S()
s.x.append(s.z)
s.z['s'] = s
c3 = copy.copy(s)
c4 = copy.deepcopy(s)
c4.z['s'].x.append('deep')
n = N(0)
c5 = copy.copy(n)
c6 = copy.deepcopy([n, n])
l = L([1, [2]])
l.attr = l
c7 = copy.deepcopy(l)
c7.attr.append(3)
d = D({'a': 1})
c8 = copy.deepcopy(d)
c8.me['b'] = c8
c9 = copy.copy(d)
data = [l for l in ()]
shared = [0]
obj = {'a': shared, 'b': shared, 't': (shared, [shared])}
obj['self'] = obj
for proto in range(2, 5):
    back = pickle.loads(pickle.dumps(obj, proto))
    back['a'].append(proto)
copyreg.pickle(complex, lambda z: (complex, (z.real, z.imag)))
z = copy.copy(1 + 2j)


class P(pickle.Pickler):
    def persistent_id(self, o):
        if isinstance(o, str):
            log.append(o)
            return o
        return None


class U(pickle.Unpickler):
    def persistent_load(self, pid):
        found.append(pid)
        return [pid]


import io
found = []
f = io.BytesIO()
P(f, 2).dump({'x': 'y', 1: ['z', 'z']}.items().__class__ and ['p', ['q', {1: 'r'}]])
f.seek(0)
u = U(f).load()
u[1].append('end')
if hasattr(copy, 'replace'):
    pass
