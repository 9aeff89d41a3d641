# UserList, UserDict, UserString, ChainMap, Counter, OrderedDict subclasses.
import collections


class UL(collections.UserList):
    pass


class UD(collections.UserDict):
    def __setitem__(self, key, value):
        self.sets = getattr(self, 'sets', 0) + 1
        super().__setitem__(key, value)


class OD(collections.OrderedDict):
    def __init__(self, *a, **k):
        self.log = []
        super().__init__(*a, **k)

    def __setitem__(self, key, value):
        self.log.append(key)
        super().__setitem__(key, value)
        if len(self) > 3:
            self.popitem(last=False)


class Cnt(collections.Counter):
    def __missing__(self, key):
        return 10


class DD(collections.defaultdict):
    tag = None


class DQ(collections.deque):
    def append(self, x):
        super().append([x])


u = UL([3, 1])
u.append(2)
u.sort()
u += [9]
u[0:1] = ['s']
u.data.append('direct')
v = UD(a=1)
v['b'] = [v]
v.update(c=3)
v.pop('a')
v.data['raw'] = 1
o = OD(a=1)
for k in 'bcde':
    o[k] = k
o.move_to_end('c')
o.move_to_end('e', last=False)
o.update(f=1)
o.attr = o
o.popitem()
o.setdefault('g', [])
o.pop('c', None)
keys = list(o)
del o[keys[0]]
c = Cnt('aab')
c['zz'] += 1
c.update('bb')
c.subtract('a')
c = +c
c['x'] = -1
c = c - Cnt('b')
c.attr = 'kept?'
m = c.most_common()
d = DD(list, {'k': [0]})
d['n'].append(1)
d.tag = d['n']
d.default_factory = DD
d['sub'].tag = 'sub'
q = DQ([1], maxlen=3)
q.append(2)
q.extend([3, 4])
q.appendleft(0)
q.rotate(1)
q[0] = 'set'
del q[1]
q.tag = q
q.reverse()
q += [7]
q.insert(1, 'ins') if len(q) < 3 else q.pop()
q.clear()
cm = collections.ChainMap({}, {'a': 1}, d)
cm['a'] = 2
cm.maps[1]['b'] = 3
cm2 = cm.new_child({'c': 4})
cm2['k'] = 'shadow'
del cm2['c']
cm2.pop('k')
cm2.maps.append({'last': 1})
us = collections.UserString('abc')
us.data += 'd'
us += 'e'
