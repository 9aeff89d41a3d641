"""Dicts whose keys answer __eq__ and __hash__ themselves, change by change: new, set anew by the key itself and by an equal
one, removed, while a comparison changes the dict, and with weak references as keys."""
import collections
import weakref

log = []


class Key:
    def __init__(self, n):
        self.n = n

    def __hash__(self):
        log.append(self.n)
        return self.n % 3

    def __eq__(self, other):
        log.append((self.n, other.n))
        return self.n == other.n


class Meddler(Key):
    def __eq__(self, other):
        target.pop('other', None)
        target['meddled'] = self.n
        return Key.__eq__(self, other)

    __hash__ = Key.__hash__


class Refuser(Key):
    def __eq__(self, other):
        raise LookupError(self.n)

    __hash__ = Key.__hash__


keys = [Key(n) for n in range(7)]
d = {}
for key in keys:
    d[key] = [key.n]
d[keys[2]] = 'itself'
d[Key(4)] = 'equal'
del d[keys[1]]
del d[Key(3)]
d[keys[1]] = 'again'
for key in list(d):
    d[key] = d
target = {'other': 1, Key(0): 0}
target[Meddler(3)] = 1
target[Meddler(0)] = 2
target[Meddler(3)] = 3
del target[Meddler(3)]
try:
    target[Refuser(0)] = 'no'
except LookupError as error:
    refused = error.args
try:
    del d[Key(99)]
except KeyError:
    missing = True
dd = collections.defaultdict(list)
dd[Key(1)].append('x')
dd[Key(1)].append('y')
counts = collections.Counter([Key(1), Key(1), Key(2)])
counts[Key(2)] += 5
od = collections.OrderedDict()
od[Key(5)] = 1
od[Key(6)] = 2
od[Key(5)] = 3
weak = {weakref.ref(key): key.n for key in keys}
weak[weakref.ref(keys[3])] = 'three'
del weak[weakref.ref(keys[4])]
mixed = {1.0: 'f', frozenset([1]): 's', (1, Key(1)): 't'}
mixed[1] = 'int'
mixed[frozenset([1])] = 'S'
mixed[(1, keys[1])] = 'T'
del mixed[frozenset([1])]
count = len(log)
