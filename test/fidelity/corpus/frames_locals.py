# Variables that are written through f_locals, of running, suspended and calling frames.
import sys
def f(n):
    total = n
    frame = sys._getframe()
    frame.f_locals['total'] = 50
    a = total
    frame.f_locals['extra'] = [1]
    frame.f_locals.update({'total': 7, 'n': [3]})
    b = (total, n)
    locals()['zz'] = 1
    def inner():
        nonlocal total
        total += 1
        sys._getframe(1).f_locals['b'] = 'poked'
        sys._getframe(1).f_locals['total'] = 99
    inner()
    c = (b, total)
    return c
r = f(1)
def g():
    x = 1
    yield x
    yield x
it = g()
next(it)
it.gi_frame.f_locals['x'] = 5
second = next(it)
class K:
    a = 1
    sys._getframe().f_locals['b'] = 2
    c = b
k = K.c
sys._getframe().f_locals['glob'] = [1]
glob.append(2)
done = 1
