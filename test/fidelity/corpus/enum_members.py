# Enums: members, attributes of members, flags.
import enum


class Color(enum.Enum):
    RED = 1
    GREEN = 2
    ALIAS = 1

    def __init__(self, n):
        self.n = n
        self.seen = []

    @property
    def next(self):
        return Color.GREEN


c = Color.RED
c.seen.append(c)
c.extra = {'k': Color.GREEN}
d = {Color.RED: 1}
d[Color.GREEN] = c
Color.RED.n += 10
Color.helper = 'class attr'


class Perm(enum.Flag):
    R = 4
    W = 2
    X = 1


p = Perm.R | Perm.W
p |= Perm.X
q = p & ~Perm.R
r = Perm(6) is (Perm.R | Perm.W)


class Num(enum.IntEnum):
    A = 1
    B = 2


n = {Num.A: 'a'}
n[1] = 'one'
n[Num.B] = 'b'
total = Num.A + Num.B
members = list(Num)
Dyn = enum.Enum('Dyn', 'x y')
dy = Dyn['x']
dy.z = [dy]
