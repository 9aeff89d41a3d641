# Functions whose defaults, code and cells are changed; what functools makes of them; copies by __reduce__.
import types, functools, copyreg, pickle, copy
def f(a, b=[1], *, c={'k': 1}):
    b.append(a)
    c['k'] += a
    return b, c
f(1)
f.__defaults__ = ([9],)
f(2)
f.__kwdefaults__['c'] = {'k': 100}
f(3)
f.__kwdefaults__ = {'c': {'k': 7}}
x = f(4)
f.__defaults__[0].append('direct')
y = f(5)
def g(z): return z * 2, 'g'
def h(z): return z * 3, 'h'
r1 = g(1)
g.__code__ = h.__code__
r2 = g(1)
g.attr = [1]
g.attr.append(2)
g.__dict__['q'] = 3
g.__annotations__['z'] = int
g.__doc__ = 'doc'
def outer():
    v = [1]
    w = 'w'
    def inner():
        nonlocal w
        w += 'x'
        v.append(len(w))
        return v, w
    c = inner.__closure__
    names = inner.__code__.co_freevars
    cell = c[names.index('w')]
    cell.cell_contents = 'set'
    a = inner()
    b = w
    try:
        del cell.cell_contents
        w
    except NameError as e:
        err = type(e).__name__
    cell.cell_contents = 'again'
    new = types.FunctionType(inner.__code__, globals(), 'new', None, c)
    d = new()
    if hasattr(types, 'CellType'):
        mycell = types.CellType(5)
        mycell.cell_contents = [mycell]
        mycell.cell_contents.append(1)
    return a, b, d, w
o = outer()
@functools.singledispatch
def sd(v): return 'default'
@sd.register(int)
def _(v): return ['int', v]
s1 = sd(1), sd('x')
sd.register(str, lambda v: 'str' + v)
s2 = sd('x')
class CP:
    calls = 0
    def __init__(self): self.n = 1
    @property
    def p(self):
        self.n += 1
        return self.n
    @functools.lru_cache(maxsize=2)
    def lc(self, k):
        self.n += 1
        return [k, self.n]
    @functools.wraps(f)
    def w(self): pass
    if hasattr(functools, 'cached_property'):
        @functools.cached_property
        def cp(self):
            CP.calls += 1
            return [self.n]
    pm = functools.partialmethod(lambda self, a, b: (self.n, a, b), 1)
cp = CP()
q = [cp.p, cp.lc(1), cp.lc(1), cp.lc(2), cp.lc(3), cp.lc(1)]
cp.lc(1).append('shared')
if hasattr(CP, 'cp'):
    cp.cp.append(2)
    cp.n = 5
    t = cp.cp
    del cp.cp
    t2 = cp.cp
pm = cp.pm(2)
pa = functools.partial(f, 1, b=[2])
pa.extra = [1]
pa.extra.append(pa.keywords)
pv = pa()
pa.keywords['b'].append(7)
pa2 = functools.partial(pa, c={'k': 1})
pb = pa2()
class Red:
    def __init__(self, a): self.a = a
    def __reduce__(self): return (rebuild, (self.a,), {'s': [1]}, iter([1, 2]), iter([('k', 'v')]))
    def append(self, v): self.a.append(v)
    def extend(self, v): self.a.extend(v)
    def __setitem__(self, k, v): self.a.append((k, v))
    def __setstate__(self, st): self.__dict__.update(st)
def rebuild(a): return Red(a)
rr = copy.copy(Red([0]))
rd = copy.deepcopy(Red([[0]]))
class St:
    __slots__ = ('u', 'v', '__dict__')
st = St(); st.u = [1]; st.w = 2
sc = copy.copy(st); sc.u.append(3)
sd2 = copy.deepcopy(st); sd2.u.append(4)
mp = types.MappingProxyType(st.__dict__)
st.new = mp['w']
sn = types.SimpleNamespace(a=1)
sn.b = [sn]
sn.__dict__['c'] = 3
del sn.a
m = types.ModuleType('m')
m.x = [1]
exec('x.append(2); y = x', m.__dict__)
m.y.append(3)
mx = m.x
bound = cp.__init__
bound.__func__.attr = 1
meth = types.MethodType(f, 10)
mv = meth()
gl = types.FunctionType(g.__code__, {'z': 5})
gv = gl(2)
red = functools.reduce(lambda a, b: a.append(b) or a, [1, 2, 3], [])
cmpk = sorted([3, 1, 2], key=functools.cmp_to_key(lambda a, b: red.append((a, b)) or a - b))
tot = functools.total_ordering
@tot
class T:
    def __init__(self, v): self.v = v
    def __lt__(self, o): self.v += 0; return self.v < o.v
    def __eq__(self, o): return self.v == o.v
tt = T(1) >= T(0)
end = 1
