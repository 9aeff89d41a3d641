def counter(start=0, *, step=1, log=[]):
    count = start
    hist = log

    def inc(by=None):
        nonlocal count
        count += by or step
        hist.append(count)

        def undo():
            nonlocal count, hist
            count -= by or step
            hist = hist[:-1]
            return count
        return undo

    def get():
        return count

    return inc, get


inc, get = counter()
u = inc()
v = inc(5)
a = u()
b = v()
c = get()
inc.__closure__[0].cell_contents if False else None
counter.__kwdefaults__['log'].append('x')
counter.__kwdefaults__['step'] = 10
counter.__defaults__ = (100,)
inc2, get2 = counter()
inc2()
d = get2()
try:
    cells = {n: c_ for n, c_ in zip(inc2.__code__.co_freevars, inc2.__closure__)}
    cells['count'].cell_contents = 'set from outside'
except AttributeError:
    pass
e = get2()


def deleted():
    x = 1

    def show():
        return x
    del x
    try:
        show()
    except NameError as err:
        r = str(err)
    x = [2]
    show().append(3)
    return r, x, show


f = deleted()
fs = []
for i in range(3):
    def late(i=i, j=[]):
        j.append(i)
        return j
    fs.append(late)
g = [h() for h in fs]
fs2 = [lambda: i for i in range(3)]
k = [h() for h in fs2]


def args(a, b=[], *rest, c, d={}, **kw):
    b.append(a)
    d[c] = rest
    kw['self'] = kw
    a = rest = None
    del c
    return b, d, kw


m = args(1, c=2)
n = args(*[1, [2]], **{'c': 3, 'z': []})
n[2]['z'].append('later')
o = args(5, c=6, d={})


def rec(n, acc=()):
    local = [n]
    if n:
        local += rec(n - 1, acc + (n,))
    else:
        local.append(acc)
    return local


p = rec(4)


def walrus(xs):
    return xs


q = walrus([1, 2, 3])
tot = 0


def gl():
    global made, tot
    made = []
    made.append(tot)
    tot = 'g'
    del tot
    tot = 'h'


gl()
s = (lambda *a, **k: (a, k))(1, x=2)
s[1]['y'] = s


class Scope:
    x = 1

    def meth(self):
        try:
            return x
        except NameError:
            return __class__.x

    def __init_subclass__(cls, **kw):
        cls.kw = kw
        super().__init_subclass__()

    y = [x for _ in range(2)] if False else [z for z in [x]]


class Sub(Scope, flag=[1]):
    def meth(self):
        w = super().meth()
        super(Sub, self).__setattr__('w', w)
        return self.w


t = Sub().meth()
Sub.kw['flag'].append(2)
x = 1
del x
for x in []:
    pass
else:
    w = 'else'
for x, (y, *z) in [(1, (2, 3, 4))]:
    z.append(x)
arr = [0, 1, 2]
for arr[0] in range(3):
    pass
for arr[arr[0]], arr in [(5, arr)]:
    pass
with open('/dev/null') as arr[1]:
    arr[1] = 0
i = 0
i, arr[i] = 1, 9
arr[i], i = 7, 2
aa = bb = cc = []
aa += [1]
bb.append(cc)
