# Attributes set and deleted in every way there is.
class Thing:
    kind = 'class attribute'

    def __init__(self, size):
        self.size = size
        self.parts = []

    def grow(self, by=1):
        self.size += by
        return self


thing = Thing(1)
thing.grow().grow(5)
thing.color = 'red'
setattr(thing, 'weight', 3.5)
setattr(thing, 'not an identifier', True)
object.__setattr__(thing, 'raw', None)
thing.__setattr__('dunder', 1)
thing.__dict__['by dict'] = [1]
vars(thing).update(a=1, b=2)
d = thing.__dict__
d['c'] = 3
thing.d = 4
del d['a']
del thing.color
delattr(thing, 'weight')
object.__delattr__(thing, 'raw')
thing.__delattr__('dunder')
try:
    del thing.color
except AttributeError as error:
    said = str(error)
thing.kind = 'instance attribute'
del thing.kind
thing.__dict__ = {'fresh': 1}
thing.size = 'new dict'
d['old dict'] = 'no longer tied'
other = Thing(2)
other.__dict__ = thing.__dict__
other.shared = 'both see it'
thing.fresh += 1
thing.__dict__.clear()
other.parts = other
third = Thing(3)
third.parts.append(third)
third.parts += [other]
third.__dict__ |= {'x': 1}
third.__dict__.pop('size')
for i in range(40):
    setattr(third, 'n%d' % i, i)
for i in range(0, 40, 3):
    delattr(third, 'n%d' % i)
