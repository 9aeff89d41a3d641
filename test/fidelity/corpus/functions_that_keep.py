import contextvars
import functools
import itertools

log = []


class C:
    def __init__(self):
        self.n = 0

    def cp(self):
        self.n += 1
        return [self.n]

    cp = getattr(functools, 'cached_property', property)(cp)
    if isinstance(cp, property):
        pass
    else:
        cp.__set_name__(None, 'cp') if cp.attrname is None else None

    @functools.lru_cache(None)
    def lru(self, x):
        self.n += 10
        return {x: self.n}

    def reg(self, x):
        return x

    if hasattr(functools, 'singledispatchmethod'):
        reg = functools.singledispatchmethod(reg)

        @reg.register(int)
        def _(self, x):
            self.n -= 1
            return -x


c = C()
a = c.cp
a.append(1)
b = c.cp
c.__dict__.pop('cp', None)
d = c.cp
e = c.lru(1)
e['more'] = 1
f = c.lru(1)
C.lru.cache_clear()
g = c.lru(1)
h = c.reg(5), c.reg('s')


@functools.lru_cache(maxsize=2)
def fib(n):
    log.append(n)
    return n if n < 2 else fib(n - 1) + fib(n - 2)


i = fib(6)
info = tuple(fib.cache_info())
p = functools.partial(lambda *a, **k: (a, k), 1, [2], z=3)
p.args[1].append(3)
p.keywords['y'] = 4
q = p(5)
p.attr = 'x'
pp = functools.partial(p, 9)
var = contextvars.ContextVar('var', default=[])
var.get().append(1)
tok = var.set([2])
ctx = contextvars.copy_context()


def inside():
    var.set([3])
    var.get().append(4)
    return var.get()


j = ctx.run(inside)
k = var.get()
var.reset(tok)
l = var.get()
red = functools.reduce(lambda acc, x: (acc.append(x), acc)[1], range(3), [])
red2 = functools.reduce(list.__iadd__, [[1], [2]], red)


@functools.total_ordering
class T:
    def __init__(self, v):
        self.v = v

    def __lt__(self, o):
        log.append(('lt', self.v, o.v))
        return self.v < o.v

    def __eq__(self, o):
        return self.v == o.v


t = T(1) >= T(2)
ck = sorted([3, 1, 2], key=functools.cmp_to_key(lambda x, y: log.append((x, y)) or x - y))


def deco(fn):
    @functools.wraps(fn)
    def w(*args):
        w.calls += 1
        w.__dict__.setdefault('hist', []).append(args)
        return fn(*args)
    w.calls = 0
    return w


@deco
def plus(x, y=[]):
    y.append(x)
    return y


m = plus(1)
n = plus(2)
plus.__wrapped__.__defaults__[0].append('direct')
plus.__wrapped__.__defaults__ = ([],)
o = plus(3)
t1, t2 = itertools.tee(map(log.append, range(3)))
next(t1)
next(t2)
next(t1)
grp = [(k_, list(v_)) for k_, v_ in itertools.groupby([1, 1, 2, 3, 3], key=lambda z: log.append(z) or z)]
ch = list(itertools.chain.from_iterable(map(lambda z: red.append(z) or [z], range(2))))
acc = list(itertools.accumulate([[1], [2], [3]], lambda x, y: x.extend(y) or x))
z = list(itertools.zip_longest([1], iter(red.pop, 2), fillvalue=log))
s = list(itertools.starmap(red.insert, [(0, 'a'), (1, 'b')]))
tw = list(itertools.takewhile(lambda x: red.append(x) or x < 2, range(5)))
cy = itertools.cycle([red])
next(cy).append('cyc')
cnt = itertools.count(1)
lst = [next(cnt) for _ in range(3)]
isl = list(itertools.islice(iter(lambda: log.append('c') or 1, 2), 3))
comp = list(itertools.compress('abc', map(red.__contains__, ['a', 'x', 'b'])))
