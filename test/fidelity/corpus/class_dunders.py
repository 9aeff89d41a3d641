# Assigning to __class__, __bases__, __name__, __doc__, __dict__ and slots of classes.
class A:
    x = 1

    def f(self):
        return 'A'


class B:
    x = 2

    def f(self):
        return 'B'


class C(A):
    pass


a = A()
a.y = [1]
a.__class__ = B
got = a.f()
a.__dict__ = {'z': 3}
a.z += 1
d = a.__dict__
a.__dict__ = {}
d['z'] = 'detached'
C.__bases__ = (B,)
got = C().f(), C.x
C.__name__ = 'Renamed'
C.__doc__ = 'doc'
C.__qualname__ = 'Q'
C.__module__ = 'elsewhere'
A.f = lambda self: 'patched'
A.__init__ = lambda self, n=0: setattr(self, 'n', n)
e = A(5)
del A.f
A.__slots__ = ('late',)
e.late = 1


class Meta(type):
    count = 0

    def __call__(cls, *args):
        made = super().__call__(*args)
        Meta.count += 1
        cls.made = getattr(cls, 'made', []) + [made]
        return made

    def __setattr__(cls, name, value):
        log.append(name)
        super().__setattr__(name, value)


log = []


class D(metaclass=Meta):
    pass


D()
one = D()
D.attr = [D]
D.attr.append(one)
del D.attr
Meta.more = 1
