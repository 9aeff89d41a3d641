# needs 3.12
import typing

log = []


def note(x):
    log.append(x)
    return x


class Box[T: (int, str), *Ts, **P]:
    kind: T
    made = 0

    def __init__(self, v: T, *rest: *Ts) -> None:
        self.v = v
        self.rest = list(rest)
        Box.made += 1

    def map[U](self, f: typing.Callable[[T], U]) -> 'Box[U]':
        x = U
        return Box(f(self.v), x)


b = Box(1, 2)
c = b.map(str)
type Alias[K] = dict[K, list[note(K)]]
v = Alias.__value__
w = Alias.__value__
params = [str(p) for p in Box.__type_params__]
n = Box[int, str, [int]]


def f[T: note(int)](x: T) -> list[T]:
    y = [T for _ in range(2)]
    return [x, y]


r = f(3)
t = f.__type_params__[0]
bound = t.__bound__


class Outer[A]:
    a = [A]

    class Inner[B](list[A]):
        b = (A, B)

        def m[C](self):
            z = [A, B, C]
            return z


i = Outer.Inner([1])
zz = i.m()
i.append(2)
x = 'global'


class Comp:
    x = 'class'
    items = [1, 2]
    ys = [(lambda: x)() for _ in items]
    zs = [i * 2 for i in items]
    d = {i: [i for i in range(i)] for i in items}
    i = 'kept'


def inl(n):
    i = 'outer'
    a = [i for i in range(n)]
    fs = [lambda: i for i in range(3)]
    vals = [g() for g in fs]
    try:
        bad = [1 / (2 - i) for i in range(4)]
    except ZeroDivisionError:
        after = i
    loc = [sorted(locals()) for q in range(1)]
    s = {k: v for k, v in zip('ab', a)}
    nested = [[i := i_ for i_ in range(2)] for z in range(2)] if False else [[(j, k) for j in range(2)] for k in range(2)]
    return a, vals, after, i, loc, s, nested


res = inl(3)
i = 5
top = [i for i in range(3)]
w = [(i, j) for i in range(2) for j in [i * 2]]
fstr = f'{", ".join([f"{x!r:>{5}}" for x in 'ab'])}'
