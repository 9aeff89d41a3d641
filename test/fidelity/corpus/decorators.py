# Decorators, functools, callable objects, function attributes.
import functools


def logged(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        calls.append((function.__name__, args))
        wrapper.count += 1
        return function(*args, **kwargs)
    wrapper.count = 0
    return wrapper


def repeat(times):
    def decorate(function):
        def repeated(*args):
            results = []
            for _ in range(times):
                results.append(function(*args))
            return results
        return repeated
    return decorate


class Memo:
    def __init__(self, function):
        self.function = function
        self.known = {}

    def __call__(self, n):
        if n not in self.known:
            self.known[n] = self.function(n)
        return self.known[n]


def tag(**tags):
    def apply(cls):
        cls.tags = tags
        cls.made = []
        return cls
    return apply


calls = []


@logged
def add(a, b=1):
    return a + b


@repeat(2)
@logged
def grow(items):
    items.append(len(items))
    return items


@Memo
def slow_square(n):
    calls.append('slow')
    return n * n


@functools.lru_cache(maxsize=None)
def cached(n):
    calls.append(('cached', n))
    return [n]


@tag(color='red')
class Thing:
    def __init__(self):
        self.made.append(self)


value = add(1)
value = add(1, b=5)
value = grow([])
value = slow_square(4), slow_square(4)
value = cached(1)
value.append('same list')
value = cached(1), cached(2)
add.note = 'functions take attributes'
add.__dict__['other'] = [add.count]
one, two = Thing(), Thing()
one.tags['color'] = 'blue'
Thing.tags = None
partial = functools.partial(add, 10)
value = partial(b=2)


@functools.singledispatch
def show(x):
    return 'other'


@show.register
def _(x: list):
    x.append('shown')
    return x


value = show(1), show([1])


@functools.total_ordering
class Ranked:
    def __init__(self, rank):
        self.rank = rank

    def __lt__(self, other):
        return self.rank < other.rank

    def __eq__(self, other):
        return self.rank == other.rank


best = max(Ranked(1), Ranked(3), Ranked(2))
worse = Ranked(1) >= best


class Lazy:
    @functools.cached_property
    def parts(self):
        return [self]


lazy = Lazy()
lazy.parts.append(1)
lazy.parts.append(2)
