# cached_property and lru_cache keep what they computed.
# needs 3.8
import functools

calls = []


class Circle:
    def __init__(self, r):
        self.r = r

    @functools.cached_property
    def area(self):
        calls.append('area')
        return self.r * self.r

    @functools.lru_cache(maxsize=2)
    def scaled(self, n):
        calls.append(n)
        return [self.r * n]


c = Circle(2)
a = c.area
a = c.area
c.r = 5
a = c.area
del c.area
a = c.area
for n in (1, 2, 1, 3, 1):
    v = c.scaled(n)
    v.append(n)
info = tuple(Circle.scaled.cache_info())
Circle.scaled.cache_clear()
v = c.scaled(1)


@functools.lru_cache(maxsize=None)
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


f = fib(12)


@functools.singledispatch
def show(x):
    return 'any'


@show.register(int)
def _(x):
    return 'int'


shown = show(1), show('a'), show(True)


@functools.total_ordering
class Version:
    def __init__(self, n):
        self.n = n

    def __eq__(self, other):
        return self.n == other.n

    def __lt__(self, other):
        return self.n < other.n


vs = sorted([Version(3), Version(1), Version(2)])
vs[0].n = 9
ge = vs[0] >= vs[1]
