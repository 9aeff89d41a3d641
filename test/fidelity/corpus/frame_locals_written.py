# needs 3.13
import sys

log = []


def writes():
    a = 1
    b = [a]
    f = sys._getframe()
    f.f_locals['a'] = 10
    c = a
    f.f_locals['b'].append(a)
    f.f_locals.update(c=[c])
    d = c
    snap = locals()
    snap['a'] = 'no effect'
    e = a
    f.f_locals['new'] = 5
    keys = sorted(f.f_locals)
    del f
    return a, b, c, d, e


r = writes()


def outer():
    x = 1

    def inner():
        nonlocal x
        frame = sys._getframe(1)
        frame.f_locals['y'] = 'set'
        frame.f_locals['x'] = [x]
        z = x
        return z
    y = 0
    got = inner()
    t = x, y
    return got, t


o = outer()


def gen():
    v = 0
    while True:
        got = yield v
        v += 1


g = gen()
next(g)
g.gi_frame.f_locals['v'] = 100
n = next(g)
g.gi_frame.f_locals |= {'v': 5} if False else {}
n2 = next(g)


def ex():
    a = 1
    exec('a = 2; b = 3')
    exec('a = 4', globals(), sys._getframe().f_locals)
    c = a
    return c


h = ex()
m = sys._getframe().f_locals
m['viamodule'] = 1
w = viamodule
frame = sys._getframe()
frame.f_globals['viaglobals'] = [w]


class K:
    p = 1
    sys._getframe().f_locals['q'] = 2
    r = q
    locals()['s'] = [r]
    t = s


def comp():
    l = [(sys._getframe().f_locals.update(x=i * 10), x)[1] for x in range(3) for i in [x]]
    return l


cc = comp()


def deleted():
    a = 1
    b = 2
    fr = sys._getframe()
    del a
    try:
        fr.f_locals['a']
    except KeyError as e:
        k = e.args
    fr.f_locals['a'] = 'again'
    c = a
    p = fr.f_locals
    p.setdefault('b', 7)
    p.setdefault('zz', 8)
    return c, k


dd = deleted()
