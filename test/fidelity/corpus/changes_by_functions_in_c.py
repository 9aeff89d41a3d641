import datetime
import decimal
import fractions
import types
import uuid
import pathlib
import operator

f = fractions.Fraction(1, 3)
f += 1
d = decimal.Decimal('1.10')
ctx = decimal.localcontext()
with ctx as c:
    c.prec = 3
    d = d / 7
u = uuid.UUID(int=5)
path = pathlib.PurePosixPath('/a/b')
path = path / 'c'
td = datetime.timedelta(1) * 2
dt = datetime.datetime(2020, 1, 2, tzinfo=datetime.timezone.utc)
dt = dt.replace(day=3) + td
mp = types.MappingProxyType({'k': [1]})
ig = operator.itemgetter(1, 2)
mc = operator.methodcaller('append', 3)
l = []
mc(l)
sn = types.SimpleNamespace(a=1)
sn.b = sn
sn.__dict__['c'] = 3
operator.setitem(sn.__dict__, 'd', [4])
operator.iadd(l, [5])
operator.delitem(l, 0)
operator.imul(l, 2)
bm = l.append
bm(6)
sm = l.__setitem__
sm(0, 'zero')
un = list.append
un(l, 7)
list(map(l.append, [8, 9]))
list(filter(l.remove, [8]))
any(l.append(i) for i in range(2))
sorted([3, 2], key=l.append if False else lambda v: l.append(v) or v)
max([1, 2], key=lambda v: l.insert(0, v) or v)
gen = (l.append(i) or i for i in range(2))
t = tuple(gen)
d2 = dict(((k, l.append(k)) for k in 'ab'))
' '.join(l.append(s) or s for s in ('x', 'y'))
a, b = map(lambda v: l.pop() and v, (1, 2))
type.__call__(list)
object.__setattr__(sn, 'e', 5)
sn.__setattr__('f', 6)
sn.__delattr__('f')
X = type('X', (), {'cls': [], '__slots__': ('s',)})
x = X()
x.s = X.cls
X.s.__set__(x, [1])
X.s.__delete__(x)
sl = slice([1], None, 2)
fr = frozenset([1])
r = range(3)
e = enumerate(['a', 'b'])
n1 = next(e)
z = zip([1, 2], 'ab')
n2 = next(z)
it = iter([1, 2, 3])
next(it)
rv = reversed(l)
next(rv)
