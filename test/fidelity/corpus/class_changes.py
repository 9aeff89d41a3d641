# Class attributes changed, __class__ assigned, classes made on the fly.
class Counter:
    total = 0
    registry = []

    def __init__(self):
        Counter.total += 1
        self.registry.append(self)
        self.number = self.total


class Special(Counter):
    registry = Counter.registry + ['special']
    limits = {'low': 0}


a, b = Counter(), Counter()
c = Special()
Counter.total = 10
Special.total = 20
Special.limits['high'] = 9
setattr(Counter, 'added', [1])
Counter.added.append(2)
d = Special()
del Special.total
Special.nested = Special.limits
type.__setattr__(Counter, 'by_type', 1)
a.__class__ = Special
a.limits['mine'] = a
b.__class__ = Special
b.__class__ = Counter
Made = type('Made', (Counter,), {'size': 3, 'grow': lambda self: setattr(self, 'size', self.size + 1)})
m = Made()
m.grow()
m.grow()


def shout(self):
    self.shouted = str(self.number) + '!'


Counter.shout = shout
a.shout()
m.shout()
Counter.shout = lambda self: None
a.shout()


class Body:
    squares = []
    for i in range(4):
        squares.append(i * i)
        last = i
    del i
    table = {n: n + 1 for n in range(3)}
    try:
        table[99]
    except KeyError as missing:
        reason = missing.args

    def method(self, kept=squares):
        kept.append('kept')
        return kept


result = Body().method()
Body.squares.append('end')
del Body.table
