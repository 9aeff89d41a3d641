# Slots that a subclass hides behind a property or a value of the class, with and without a dict.
class Slots:
    __slots__ = ('x', 'y', 'z')


class Hides(Slots):
    __slots__ = ()
    z = 'of the class'

    @property
    def y(self):
        return Slots.y.__get__(self)


class HidesWithDict(Slots):
    @property
    def y(self):
        return Slots.y.__get__(self)


h, d = Hides(), HidesWithDict()
h.x = 1
for o in (h, d):
    Slots.y.__set__(o, [1])
    o.y.append(2)
    Slots.z.__set__(o, o)
    o.x = o.y
d.more = d.y
Slots.y.__delete__(h)
d.__dict__['y'] = 'in the dict'
