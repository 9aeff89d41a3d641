# Iterator protocols, sequence protocols, operator overloading.
class Squares:
    def __init__(self, n):
        self.n = n
        self.asked = []

    def __len__(self):
        return self.n

    def __getitem__(self, i):
        self.asked.append(i)
        if isinstance(i, slice):
            return [n * n for n in range(*i.indices(self.n))]
        if i >= self.n:
            raise IndexError(i)
        return i * i

    def __contains__(self, x):
        self.asked.append(('in', x))
        return False


class Vector:
    made = 0

    def __init__(self, *parts):
        self.parts = list(parts)
        Vector.made += 1

    def __add__(self, other):
        return Vector(*[a + b for a, b in zip(self.parts, other.parts)])

    def __iadd__(self, other):
        self.parts = [a + b for a, b in zip(self.parts, other.parts)]
        return self

    def __mul__(self, n):
        return Vector(*[a * n for a in self.parts])

    __rmul__ = __mul__

    def __neg__(self):
        return self * -1

    def __bool__(self):
        return any(self.parts)

    def __call__(self, i):
        return self.parts[i]

    def __setitem__(self, i, value):
        self.parts[i] = value

    def __delitem__(self, i):
        del self.parts[i]

    def __repr__(self):
        self.shown = getattr(self, 'shown', 0) + 1
        return 'Vector%r' % (tuple(self.parts),)

    def __eq__(self, other):
        self.compared = True
        return isinstance(other, Vector) and self.parts == other.parts

    def __hash__(self):
        raise TypeError('unhashable')


class Twice:
    def __init__(self, items):
        self.items = items
        self.at = 0

    def __iter__(self):
        return self

    def __next__(self):
        if self.at == 2 * len(self.items):
            raise StopIteration
        self.at += 1
        return self.items[(self.at - 1) // 2]


s = Squares(3)
all_of_them = list(s)
part = s[1:]
inside = 4 in s
for square in s:
    if square > 0:
        break
v = Vector(1, 2)
w = v
w += Vector(1, 1)
v = v + w
v = 2 * -v
v[0] = 'x'
del v[1]
text = repr(v)
same = v == w
empty = not Vector(0)
called = w(1)
t = Twice('ab')
twice = list(t)
it = iter([1, 2, 3])
first = next(it)
pairs = list(zip(it, it))
a, b, *c = Twice([1, [2]])
c[0].append('shared')
enumerated = dict(enumerate(Twice('x')))
until = list(iter([1, 2, 0, 3].pop, 1))
