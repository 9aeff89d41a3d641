# needs 3.8
# Unpacking, starred, chained, augmented on everything, swaps, deletions.
a = b = c = []
a.append(1)
b, c = c, b
b = [2]
x, y, *z = 'hello'
*x, y = range(4)
x, (y, [z, *w]), q = 1, (2, [3, 4, 5]), 6
[x, y] = y, x
(x), = [x]
for i, (j, *k) in enumerate([(1, 2, 3), 'ab']):
    z = i, j, k
d = {'n': [0]}
d['n'][0], d['m'] = 1, d['n']
d['n'] += [2]
d['m'] *= 2
d['n'][0] -= 5
d['n'][-1] **= 3
i = 0
i, d[i] = 1, 'uses the new i'
t = ([1], 2)
try:
    t[0] += [9]
except TypeError as error:
    said = str(error)
n = 7
n += 1; n -= 2; n *= 3
n //= 2; n %= 7
n <<= 3; n |= 1; n &= 0xff; n ^= 5; n >>= 1
n /= 3
n **= 2
n @= 1 if False else n if isinstance(n, list) else __import__('types').SimpleNamespace(__rmatmul__=None) if False else type('M', (), {'__rmatmul__': lambda s, o: o + 1})()
s = 'text'
s += ' more'
s *= 2


class Box:
    pass


box = Box()
box.a = box.b = Box()
box.a.n = 1
box.b.n += 1
box.a, box.b = 1, 2
box.items = [1, 2, 3]
box.items[1:] = box.items, box
box.items[1][0] += 10
first, second = second, first = [1], [2]
del a, b[0], d['n'], box.a, (x, y)
del z
z = [del_me for del_me in (1, 2)]
if (big := len(z)) > 1:
    big += 1
while (big := big - 1) > 0:
    pass
x: int = 5
y: list
x: 'text' = [x]
