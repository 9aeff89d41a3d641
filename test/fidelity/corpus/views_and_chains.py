import collections
import types

a = {'x': 1}
b = {'y': 2, 'x': 0}
cm = collections.ChainMap(a, b)
cm['z'] = 3
cm.maps[1]['y'] = 20
child = cm.new_child({'w': 1})
child['x'] = 99
del child['x']
child.pop('w')
child.maps.append({'deep': []})
child['deep'].append(1)
k = a.keys()
v = b.values()
i = a.items()
a['later'] = None
snapshot = list(k), list(v), list(i)
diff = k - b.keys()
union = k | {'more'}
proxy = types.MappingProxyType(a)
a.update(proxy, q=4)
try:
    for key in a:
        a[key + '_'] = 1
except RuntimeError as error:
    text = str(error)
for key in list(a):
    if key.endswith('_'):
        a.pop(key)
for key, value in a.items():
    a[key] = [value]
for value in a.values():
    if value != [None]:
        value.append(0)
rev = list(reversed(list(a)))
a.setdefault('x', []).append('d')
a.popitem()
m = {**a, **b, 'x': 'own'}
n = dict(a, **b)
m.__ior__(b) if hasattr(m, '__ior__') else None
a.clear()
cm.clear()
ud = collections.UserDict(b)
ud['r'] = ud
ud.data['s'] = 1
ud.update(t=2)
ud |= {'u': 1} if hasattr(dict, '__or__') else ud
ud.pop('r')
ul = collections.UserList([3, 1, 2])
ul.sort()
ul += [4]
ul *= 2
ul[1:3] = 'ab'
ul.data.reverse()
ul.extend(ul)
us = collections.UserString('abc')
us += 'd'
c = collections.Counter('hello')
c.update('world')
c -= collections.Counter('lll')
c += collections.Counter(a=3)
c['neg'] = -1
p = +c
c.subtract('he')
top = c.most_common(2)
c &= collections.Counter('low')
c |= collections.Counter(z=1)
del c['missing']
c.update({'z': 5})
elements = sorted(c.elements())
nt = collections.namedtuple('P', 'x y', defaults=[[]])
p1 = nt(1)
p1.y.append(p1.x)
p2 = p1._replace(x=p1)
d = p2._asdict()
dd = collections.defaultdict(lambda: collections.defaultdict(list))
dd['a']['b'].append(dd)
dd['c']
dd.default_factory = None
try:
    dd['zz']
except KeyError:
    dd['zz'] = 1
