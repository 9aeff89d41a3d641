# Walrus, match, star targets, chained targets.
# needs 3.10
data = [1, 2, 3]
if (n := len(data)) > 2:
    total = n
sq = [y := i * i for i in data]
anyy = any((hit := i) > 1 for i in data)
while (item := data.pop()) != 1:
    last = item
first, *rest = 'abcd'
(a, b), [c, *d] = (1, [2]), [3, 4, 5]
x = y = z = []
x.append(y)
i = 0
i, data2 = 1, {}
data2[i], i = i, 2
obj = type('O', (), {})()
obj.a, obj.b = obj.c = 1, [2]


def route(cmd):
    match cmd:
        case {'kind': 'a', **others}:
            return others
        case [1, *tail] | (2, tail):
            return tail
        case str(s) if (up := s.upper()) != s:
            return up
        case Point(x=0, y=yy):
            return yy
        case Point(px, [py, *_]) as whole:
            return whole, px, py
        case None | True:
            return 'const'
        case other:
            return other


class Point:
    __match_args__ = ('x', 'y')

    def __init__(self, x, y):
        self.x, self.y = x, y


out = [route(c) for c in ({'kind': 'a', 'z': 1}, [1, 2, 3], (2, 'tail'), 'low', Point(0, 'y'), Point(1, [2, 3]), None, 5)]
out[-3][0].x = out
del a, (b, c)
[k, v], = [(1, 2)]
for q.attr in range(0) if False else ():
    pass
for obj.loop in range(3):
    last = obj.loop
for data2['k'] in 'xy':
    pass
with open('/dev/null') as obj.file:
    opened = True
obj.file = None
lam = lambda default=[]: default
lam().append(1)
lam().append(lam)
