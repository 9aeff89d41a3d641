# Slots, inherited slots, slots with a dict below or above, name mangling.
class Point:
    __slots__ = ('x', 'y')

    def __init__(self, x, y):
        self.x = x
        self.y = y


class Point3(Point):
    __slots__ = ('z',)


class Named(Point3):
    pass


class Private:
    __slots__ = ('__secret', '__weakref__')

    def set(self, value):
        self.__secret = value


class WithDict:
    __slots__ = ('fast', '__dict__')


p = Point(1, 2)
p.x += 10
setattr(p, 'y', [p])
del p.x
try:
    p.x
except AttributeError:
    p.x = 'again'
try:
    p.other = 1
except AttributeError:
    refused = True
q = Point3(0, 0)
q.z = p
p.y.append(q)
object.__setattr__(q, 'x', 'raw')
Point.x.__set__(q, 'by descriptor')
Point.x.__delete__(q)
n = Named(1, 2)
n.name = 'n'
n.z = n.__dict__
n.z['more'] = 1
n.x, n.y = n.y, n.x
secret = Private()
secret.set(1)
secret.set([secret])
mixed = WithDict()
mixed.fast = 1
mixed.slow = 2
mixed.__dict__['fast'] = 'shadowed by the slot'
del mixed.fast
mixed.fast = mixed
many = [Point(i, -i) for i in range(4)]
for point in many:
    point.x, point.y = point.y, point
many[0].y = many[1].y = many
del many[1:]
