import collections


class Ranked(collections.OrderedDict):
    __slots__ = ('rank', '_seen')

    def __init__(self, *args, rank=0, **kwargs):
        self.rank = rank
        self._seen = []
        super().__init__(*args, **kwargs)

    def __setitem__(self, key, value):
        self._seen.append(key)
        super().__setitem__(key, value)
        if len(self) > 3:
            self.popitem(last=False)
            self.rank += 1

    def __missing__(self, key):
        self[key] = made = [key]
        return made


r = Ranked([('a', 1), ('b', 2)], rank=5)
r['c'] = 3
r['d'] = 4
r.move_to_end('b')
x = r['zz']
x.append('more')
r.update(b=7, q=8)
r.setdefault('new', {})['k'] = 1
del r['q']
c = r.copy()
c.rank = -1
r.clear()
d = dict(c)
e = collections.OrderedDict(reversed(list(c.items())))
same = c == e
c |= {'pipe': 1} if hasattr(dict, '__or__') else ()
try:
    c.move_to_end('nope')
except KeyError as error:
    caught = error.args


class Plain(collections.OrderedDict):
    pass


p = Plain.fromkeys('xyz', [])
p['x'].append(1)
p.attr = p
p.__dict__['other'] = 2
it = iter(p)
next(it)
p['y'] = 'changed'
k = next(it)
last = p.popitem()
vars(p).clear()
p.pop('x')
for key in list(p):
    del p[key]
end = p
