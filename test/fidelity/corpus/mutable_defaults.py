# Arguments of every kind; defaults that change; attributes of functions.
def f(a, b=[], *args, c={}, **kw):
    b.append(a)
    c[a] = args
    kw['added'] = a
    f.calls = getattr(f, 'calls', 0) + 1
    return kw


r = f(1)
r = f(2, c={}, z=[1])
r = f(*[3, [4], 5], **{'q': 6})
d = f.__defaults__
d[0].append('outside')
kd = f.__kwdefaults__
kd['c']['new'] = 1
f.__defaults__ = ([],)
r = f(7)
f.__kwdefaults__ = {'c': {'x': 1}}
r = f(8)
f.attr = [f]
f.attr.append(f.calls)
f.__dict__['more'] = 1
f.__name__ = 'g'
f.__doc__ = 'doc'
f.__code__ = (lambda a, b=None, *args, c=None, **kw: 'other').__code__
r = f(9)
lam = [lambda x, i=i: (x, i) for i in range(3)]
out = [g(0) for g in lam]


def outer():
    n = [0]
    m = 0

    def inc(by=1, *, log=[]):
        nonlocal m
        m += by
        n.append(m)
        log.append(n)
        return log

    inc(2)
    inc()
    return inc


h = outer()
h(5)
cells = [c.cell_contents for c in h.__closure__]
h.__closure__[0].cell_contents = 'changed'


class K:
    def m(self, x=[]):
        x.append(self)
        return x


k = K()
k.m()
K.m.tag = [1]
bound = k.m
bound().append('b')
sm = staticmethod(f)


def pos(a, b, c=3):
    del a
    b, c = c, b
    return locals()


lo = pos(1, 2)
lo['b'] = 'copy'
