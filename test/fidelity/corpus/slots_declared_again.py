class Base:
    __slots__ = ('x', 'y')


class Sub(Base):
    __slots__ = ('x', 'z')

    def base_x(self):
        return Base.x.__get__(self)


s = Sub()
s.x = 'sub'
Base.x.__set__(s, 'base')
a = s.x, s.base_x()
s.y = [s]
Base.x.__set__(s, ['changed'])
b = s.base_x()
s.x = 'sub again'
Base.x.__delete__(s)
c = s.x
del s.x
Base.x.__set__(s, 1)
d = s.base_x()
