# Frozen and slotted dataclasses.
# needs 3.10
import dataclasses
from dataclasses import dataclass, field


@dataclass(frozen=True)
class P:
    x: int
    y: list = field(default_factory=list)
    z: int = field(init=False, default=0)

    def __post_init__(self):
        object.__setattr__(self, 'z', self.x * 2)


@dataclass(frozen=True, slots=True)
class S:
    a: int
    b: list


@dataclass(slots=True, order=True)
class M:
    n: int
    items: dict = field(default_factory=dict, compare=False)


p = P(1)
p.y.append(p)
try:
    p.x = 2
except dataclasses.FrozenInstanceError as e:
    msg = str(e)
object.__setattr__(p, 'x', 9)
q = dataclasses.replace(p, x=3)
q.y.append('shared')
s = S(1, [2])
s.b.append(3)
try:
    s.a = 2
except (dataclasses.FrozenInstanceError, TypeError) as e:
    msg = type(e).__name__
object.__setattr__(s, 'a', 7)
m = [M(3), M(1), M(2)]
m.sort()
m[0].n += 10
m[0].items['k'] = m
d = dataclasses.asdict(P(5, [P(6)]))
d['y'][0]['x'] = 'copied'
h = hash(P(1, ())) == hash(P(1, ()))
