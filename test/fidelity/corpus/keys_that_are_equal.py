import sys

nan = float('nan')
d = {nan: 1, float('nan'): 2}
d[nan] = 3
d[float('nan')] = 4
s = {nan, nan, 0.0, -0.0, False, 0}
z = {-0.0: 'neg'}
z[0.0] = 'pos'
z[0] = 'int'
z[False] = 'bool'
t = {1: 'a', True: 'b', 1.0: 'c', 1 + 0j: 'd'}
del t[True]
t[1.0] = 'float key'
big = 1
for i in range(6):
    big = big * 10 ** 50 + i
    neg = -big
sh = 1 << 1000
sh ^= sh - 1
f = 5e-324, 1.7976931348623157e308, float('-inf'), -0.0
c = complex(-0.0, nan), complex('inf')
surr = '\ud800', 'a\udfffb', '\U0010ffff', '\x00', 'é', '\u20ac'
names = {k: i for i, k in enumerate(surr)}
surr2 = ''.join(surr)
surr2 += '\udc80'
globals()['\udc80name'] = 1
globals()['name with space'] = [2]
globals()[''] = 'empty'
b = b'\x00\xff' * 3
u = 'ab' * 1000
u += u
i = 257
j = 256 + 1
x = (nan, [nan])
y = list(x)
same = x[0] is y[0]
r = range(10 ** 30, 0, -7)
sl = slice(None, nan, [1])
e = ...
n = NotImplemented
fs = frozenset([frozenset(), (1, 2), nan])
m = {fs: {(): {None: {...: 1}}}}
m[fs][()][None][...] = m
m[1, 'a'] = 2
m.pop((1, 'a'))


class I(int):
    pass


class Fl(float):
    def __eq__(self, o):
        return True

    def __hash__(self):
        return 1


class St(str):
    __slots__ = ()


class By(bytes):
    def __new__(cls, *a):
        self = super().__new__(cls, *a)
        self.at = 1
        return self


class Tu(tuple):
    def __init__(self, x):
        self.extra = [x]


k = {I(1): 1, 1: 2, St('q'): 3, 'q': 4, Tu((1,)): 5}
q = list(k)
q[0].attr = 9
o = [Fl(1.5), Fl(nan)]
dd = {o[0]: 1}
dd[o[1]] = 2
dd[7] = 3
by = By(b'xy')
by.at += 1
tu = Tu((1, []))
tu[1].append(tu)
tu.extra = tu
w = sys.maxsize + 1
h = hash(-1)
a1 = a2 = []
a1 += [a2]
a2 = a2 + [1]
l = [[]] * 3
l[0].append(1)
l[1] = l
t0 = ([],)
try:
    t0[0] += [1]
except TypeError:
    pass
p, (q, *r), s = 1, (2, 3, 4), 5
p, q = q, p
l[0], l[1] = l[1], l[0]
i = l[2:][0][0] = 7
