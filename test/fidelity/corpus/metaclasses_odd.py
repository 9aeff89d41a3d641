import abc


class Reg(type):
    all = {}

    def __new__(m, n, b, d, **k):
        d.setdefault('added', [n])
        c = type.__new__(m, n, b, d)
        Reg.all[n] = c
        return c

    def __setattr__(c, k, v):
        type.__setattr__(c, 'sets', c.__dict__.get('sets', 0) + 1)
        type.__setattr__(c, k, v)

    def __getattr__(c, k):
        if k.startswith('__'):
            raise AttributeError(k)
        v = [k]
        type.__setattr__(c, k, v)
        return v

    @property
    def mp(c):
        return c.added

    def __contains__(c, x):
        c.added.append(x)
        return True

    def __len__(c):
        return len(c.added)

    def __iter__(c):
        return iter(c.added)

    def __getitem__(c, k):
        c.added[0] = k
        return c


class A(metaclass=Reg):
    x = []

    def __init__(self):
        self.x = self.x + [1]

    @classmethod
    def cm(cls):
        type.__setattr__(cls, 'count', cls.__dict__.get('count', 0) + 1)
        return cls

    @staticmethod
    def sm(l=[]):
        l.append(1)
        return l

    def __eq__(self, o):
        self.compared = o
        return True

    def __hash__(self):
        self.hashed = True
        return 7

    def __bool__(self):
        self.booled = True
        return False

    def __call__(self, *a):
        self.called = a
        return self

    def __getitem__(self, i):
        self.idx = i
        return i

    def __len__(self):
        self.lens = getattr(self, 'lens', 0) + 1
        return 3

    def __iadd__(self, o):
        self.added_ = o
        return self

    def __radd__(self, o):
        self.r = o
        return o

    def __repr__(self):
        self.repred = getattr(self, 'repred', 0) + 1
        return 'A'

    def __format__(self, s):
        self.fmt = s
        return s

    def __index__(self):
        self.indexed = True
        return 1

    def __contains__(self, v):
        self.cont = v
        return v


class B(A):
    def cm2(self):
        return super().cm()

    x = A.x
    x.append('B')


a = A()
b = B()
A.dyn.append(1)
c = B.cm()
d = A.cm()
e = b.cm2()
f = A.sm()
A.y = 5
A.sets
g = 5 in A
h = len(A), list(A), A['q']
i = A.mp
a == b
{a: 1}[b]
not a
a(1, [2])
a[::2]
len(a)
a += [3]
j = 4 + a
k = '%r' % (a,), f'{a:>3}', [1, 2][a]
m = 'z' in a
n = [1, 2, 3][a:]
del A.y
B.__bases__ = (A,)
B.__name__ = 'Renamed'
B.__qualname__ = 'Q'
B.__doc__ = 'doc'
b.__class__ = A
o = type(b).__name__
b.__class__ = B


class Abs(abc.ABC):
    @abc.abstractmethod
    def f(self):
        pass

    @property
    @abc.abstractmethod
    def p(self):
        return 1


try:
    Abs()
except TypeError as err:
    p = err.args[0][:20]


class Con(Abs):
    def f(self):
        return super().f()
    p = [1]


Abs.register(int)
q = isinstance(3, Abs), Con().f(), Con.p
Con.p.append(2)


class Mix1:
    def go(self):
        self.order.append('m1')
        return super().go()


class Mix2:
    def go(self):
        self.order.append('m2')


class Di(Mix1, Mix2):
    def __init__(self):
        self.order = []


r = Di()
r.go()
Di.__bases__ = (Mix2, Mix1)
r.go()
s = [k_.__name__ for k_ in Di.__mro__]
t = type('Dyn', (Di,), {'attr': [], 'go': lambda self: self.attr.append(self)})
u = t()
u.go()
t.attr.clear()
setattr(t, 'late', property(lambda self: self.order.append('late') or 1))
v = u.late
delattr(t, 'late')
