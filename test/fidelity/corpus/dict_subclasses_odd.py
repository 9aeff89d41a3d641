import collections
import functools
import operator
import itertools

od = collections.OrderedDict(a=1, b=[2], c={})
operator.setitem(od, 'd', od)
functools.reduce(lambda o, k: o.move_to_end(k) or o, 'ab', od)
list(map(od.pop, ['c']))
od.__init__(x=1)
collections.OrderedDict.__setitem__(od, 'y', 2)
od |= {'z': 3} if hasattr(dict, '__or__') else []
k = od.keys() & {'a', 'x'}
od.popitem(last=False)
rk = list(reversed(od))
it = iter(od.items())
next(it)
od.update(od)
od2 = od.__class__.fromkeys(od, od)
od2['x'].pop('x')
vals = [v for v in od2.values()]
del od2['a' if 'a' in od2 else 'x']
od.__dict__['attr'] = [1]
od.attr.append(od)
cp = od.copy()
cp.attr = 0 if not hasattr(cp, 'attr') else cp.attr
c = collections.Counter()
for w in 'abca':
    c[w] += 1
collections.Counter.update(c, 'zz')
c.update(c)
c2 = c + c
c2 -= c
c.subtract(c2)
c3 = -c
mc = c.most_common()


class MyCounter(collections.Counter):
    def __init__(self, *a, **k):
        self.history = []
        super().__init__(*a, **k)

    def __setitem__(self, k, v):
        self.history.append((k, v))
        super().__setitem__(k, v)

    def get(self, k, d=None):
        self.history.append(k)
        return super().get(k, d)


m = MyCounter('aab')
m.update('b')
m['q'] += 2
m.update({'a': 1})
dd = collections.defaultdict(int, {'a': 1})
dd['b'] += 1
dd['a'] -= 5
dd.default_factory = list
dd['c'].append(dd)
dd.setdefault('d', {})['k'] = 1
dd |= {'e': 1} if hasattr(dict, '__or__') else {}
cp2 = dd.copy()
cp2['f']


class DD(collections.defaultdict):
    def __missing__(self, key):
        self.misses = getattr(self, 'misses', 0) + 1
        if self.misses > 1:
            return super().__missing__(key)
        self[key] = value = [key]
        return value


q = DD(dict)
q['x'].append(1)
q['y']['deep'] = q
tree = lambda: collections.defaultdict(tree)
t = tree()
t['a']['b']['c'] = 1
d = dict.fromkeys('abc', [])
d['a'].append(1)
d2 = {**d, 'd': d}
d2.update([('e', 1), ('f', 2)], g=3)
d2.update(zip('hi', range(2)))
d3 = dict(d2)
d3.pop('a')
d3.popitem()
d3.setdefault('new')
d3.clear()
d4 = {}
d4[d4.setdefault('k', 'j')] = d4
d4.__setitem__('l', 1)
d4.__delitem__('l')
dict.update(d4, m=1)
dict.setdefault(d4, 'n', []).append(2)


class Dt(dict):
    def __getitem__(self, k):
        self.gets = self.__dict__.get('gets', 0) + 1
        return super().__getitem__(k)

    def keys(self):
        self.asked = True
        return super().keys()

    def __contains__(self, k):
        self['asked ' + str(k)] = 1
        return True


dt = Dt(a=1)
z = dt['a']
inn = 'zz' in dt
d5 = {**dt}
d6 = dict(dt)
d7 = {}
d7.update(dt)


def kw(**k):
    k['added'] = 1
    return k


d8 = kw(**dt)
'%(a)s %(a)s' % dt
'{a}'.format_map(dt)


class It:
    def keys(self):
        trace.append('keys')
        return ['a', 'b']

    def __getitem__(self, k):
        trace.append(k)
        if k == 'b' and raising:
            raise KeyError(k)
        return [k]


trace = []
raising = False
d9 = dict(It())
raising = True
try:
    d9.update(It())
except KeyError:
    d9['failed'] = True
d10 = {}
try:
    d10.update([(1, 2), (3, 4), 5])
except TypeError:
    n = len(d10)
grouped = {k: list(g) for k, g in itertools.groupby('aabbc')}
