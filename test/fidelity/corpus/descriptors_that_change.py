class Mutates:
    def __set_name__(self, owner, name):
        self.name = name
        self.gets = 0
        owner.registered = getattr(owner, 'registered', []) + [name]

    def __get__(self, obj, owner=None):
        self.gets += 1
        if obj is None:
            return self
        obj.__dict__.setdefault('reads', []).append(self.name)
        return obj.__dict__.get('_' + self.name)

    def __set__(self, obj, value):
        obj.__dict__['_' + self.name] = value
        history.append((self.name, value))

    def __delete__(self, obj):
        del obj.__dict__['_' + self.name]


history = []


class Holder:
    a = Mutates()
    b = Mutates()

    def __getattr__(self, name):
        self.__dict__.setdefault('missing', {})[name] = len(history)
        if name == 'never':
            raise AttributeError(name)
        return name

    def __setattr__(self, name, value):
        history.append(name)
        object.__setattr__(self, name, value)

    def __delattr__(self, name):
        history.append('del ' + name)
        super().__delattr__(name)


h = Holder()
h.a = 1
h.b = [h.a]
v = h.a, h.b, h.zzz
del h.a
w = hasattr(h, 'never')
h.plain = 3
h.plain += 4
del h.plain
object.__setattr__(h, 'raw', {})
h.raw['k'] = h
object.__delattr__(h, 'raw')
h.__dict__ = {'fresh': 1}
x = h.a
vars(h).update(p=1, q=2)
h.__dict__.pop('p')
h.__dict__ |= {'z': 1} if hasattr(dict, '__or__') else h.__dict__
d = h.__dict__
h.__dict__ = {}
d['detached'] = True
Holder.a.name = 'renamed'
Holder.c = Mutates()
try:
    h.c
except AttributeError as e:
    m = str(e)
Holder.c.__set_name__(Holder, 'c')
h.c = 'late'


class Prop:
    def __init__(self):
        self._v = 0

    @property
    def v(self):
        self._v += 1
        return self._v

    @v.setter
    def v(self, value):
        self._v = value * 10

    @v.deleter
    def v(self):
        self._v = None


p = Prop()
p.v = 4
t = p.v + p.v
p.v += 1
del p.v
Prop.v = 'shadow'
p.v = 1
del Prop.v
p.v = 2


class Other:
    extra = 1


p.__class__ = Other
p.new = p.extra
Other.extra = [p]
setattr(p, 'not an identifier', 1)
setattr(p, '\udcff', 2)
q = getattr(p, '\udcff')
delattr(p, 'not an identifier')
f = lambda self: self.__dict__.update(n=1)
f(p)
import operator
operator.attrgetter('n')(p)
list(map(setattr, [p, p], ['s', 't'], [1, 2]))
