# needs 3.7
import dataclasses
import enum
import sys


@dataclasses.dataclass
class A:
    x: int
    y: list = dataclasses.field(default_factory=list)
    z: dict = dataclasses.field(default_factory=dict, repr=False, compare=False)
    cls: 'ClassVar' = 3

    def __post_init__(self):
        self.z['x'] = self.x
        self.y.append(self)


a = A(1)
b = dataclasses.replace(a, x=2)
b.y.append(3)
if sys.version_info >= (3, 10):
    @dataclasses.dataclass(slots=True)
    class S:
        a: int
        b: list = dataclasses.field(default_factory=list)

        def bump(self):
            self.a += 1
            self.b.append(self.a)
            return __class__ is S

    s = S(1)
    s.bump()
    del s.b
    s.b = {}

    @dataclasses.dataclass(frozen=True, slots=True)
    class F(S):
        c: tuple = () if False else dataclasses.field(default=(), kw_only=True)
    F = None if False else F
if sys.version_info >= (3, 11):
    @dataclasses.dataclass(slots=True, weakref_slot=True)
    class W:
        v: int = 1
        w: object = None
    w = W()
    import weakref
    wr = weakref.ref(w)
    w.w = [w]
    w.v, w.w = w.w, w.v
d = None if False else a
try:
    @dataclasses.dataclass(frozen=True)
    class Fr:
        p: int
        q: list

    f = Fr(1, [])
    f.q.append(f)
    f.p = 2
except dataclasses.FrozenInstanceError as e:
    msg = e.args
object.__setattr__(f, 'p', 5)
f.__dict__['q'] = 'direct'
h = {Fr(1, (2,)): 'v'}
h[Fr(1, (2,))] = 'w'


class Col(enum.Enum):
    RED = 1
    GREEN = [2]
    ALIAS = 1

    def __init__(self, v):
        self.extra = [v]

    @property
    def hot(self):
        self.extra.append('hot')
        return self is Col.RED


t = Col.RED.hot
Col.GREEN.value.append(3)
Col.GREEN.extra = 'changed'
k = Col([2, 3]) if False else Col(1)


class Fl(enum.Flag):
    A = enum.auto()
    B = enum.auto()
    C = A | B


x = Fl.A
x |= Fl.B
same = x is Fl.C
y = ~Fl.A
z = Fl.A & Fl.B
bits = Fl(0)


class If(enum.IntFlag):
    R = 4
    W = 2
    X = 1


m = If.R | If.W
m ^= If.R
un = If(9)
n = m + 1
members = dict(Col.__members__)
dyn = enum.Enum('Dyn', {'P': 1, 'Q': 'two'})
dp = dyn.P
dp.note = [dp]


class Meta(enum.EnumMeta):
    def __call__(cls, *a, **k):
        Meta.calls = getattr(Meta, 'calls', 0) + 1
        return super().__call__(*a, **k)


class E2(enum.Enum, metaclass=Meta):
    ONE = 1


e = E2(1)
g = E2(1)
asd = dataclasses.asdict(A(3, [1]) if False else Fr(1, [2]))
ast = dataclasses.astuple(Fr(1, [{2: 3}]))
mk = dataclasses.make_dataclass('Mk', ['u', ('v', int, 5)])
o = mk([1])
o.u.append(o.v)
