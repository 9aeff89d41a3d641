# Slots, inherited, with weak references, with a dict, and deleted.
import weakref


class A:
    __slots__ = ('a', '__weakref__')


class B(A):
    __slots__ = ('b',)

    def __init__(self, a, b):
        self.a = a
        self.b = b


class C(B):
    pass


class D(B):
    __slots__ = ('__dict__', '_D__p')

    def set(self):
        self.__p = 'private'
        self.free = 1


b = B([1], 2)
b.a.append(b)
c = C(1, 2)
c.free = [c]
d = D(1, 2)
d.set()
del d.b
try:
    d.b
except AttributeError as e:
    kind = str(e)[:1]
try:
    b.zzz = 1
except AttributeError as e:
    kind = type(e).__name__
B.b.__set__(b, 'by descriptor')
A.a.__delete__(b)
object.__setattr__(b, 'a', 'again')
b.__setattr__('a', b)
r = weakref.ref(b)
del b.a
del b
gone = r() is None
c.__dict__['a'] = 'shadowed'
c.a = 'slot'
setattr(d, 'b', {'k': d})
d.__dict__ = {'b': 'in dict'}
d.b['k2'] = 1
