# Keys that are equal without being the same, keys of the program's own, and the order of insertion.
d = {1: 'int'}
d[1.0] = 'float into int'
d[True] = 'bool into int'
d = {True: 'bool'}
d[1] = 'stays a bool'
d[0.0] = 'zero'
d[-0.0] = 'minus zero'
d[float('nan')] = 1
nan = float('nan')
d[nan] = 2
d[nan] = 3
d[(1, 2)] = 'tuple'
d[1.0, 2.0] = 'same tuple'
d[frozenset({1, 2})] = 'frozen'
d[None] = d[...] = d['text'] = d[b'text'] = 0
del d[1]
d[1] = 'int now, at the end'


class Point:
    def __init__(self, x, y):
        self.x, self.y = x, y

    def __eq__(self, other):
        return isinstance(other, Point) and (self.x, self.y) == (other.x, other.y)

    def __hash__(self):
        return hash((self.x, self.y))


where = {Point(0, 0): 'origin', Point(1, 0): 'right'}
where[Point(0, 0)] = 'old key, new value'
where[Point(0, 1)] = 'up'
key = next(iter(where))
del where[Point(0, 0)]
where[key] = 'again'
key.label = 'a changed key'
where.pop(Point(1, 0))


class Collides:
    def __init__(self, name):
        self.name = name

    def __hash__(self):
        return 7

    def __eq__(self, other):
        return type(other) is Collides and self.name == other.name


many = {Collides(c): i for i, c in enumerate('abcab')}
many[Collides('b')] = 'B'
many.pop(Collides('a'))
for i in range(6):
    many[i * 0.5] = i
for key in list(many):
    if isinstance(key, float):
        del many[key]
for i in range(12):
    d[str(i)] = i
    if i % 3 == 0:
        del d[str(i)]
