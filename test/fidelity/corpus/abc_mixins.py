# collections.abc mix-in methods over classes of one's own.
import collections.abc
import random


class Seq(collections.abc.MutableSequence):
    def __init__(self, *items):
        self.items = list(items)

    def __getitem__(self, i):
        return self.items[i]

    def __setitem__(self, i, v):
        self.items[i] = v

    def __delitem__(self, i):
        del self.items[i]

    def __len__(self):
        return len(self.items)

    def insert(self, i, v):
        self.items.insert(i, v)


class Map(collections.abc.MutableMapping):
    def __init__(self):
        self.d = {}

    def __getitem__(self, k):
        return self.d[k]

    def __setitem__(self, k, v):
        self.d[k] = v

    def __delitem__(self, k):
        del self.d[k]

    def __iter__(self):
        return iter(self.d)

    def __len__(self):
        return len(self.d)


class Set(collections.abc.MutableSet):
    def __init__(self, it=()):
        self.e = []
        for x in it:
            self.add(x)

    def __contains__(self, x):
        return x in self.e

    def __iter__(self):
        return iter(list(self.e))

    def __len__(self):
        return len(self.e)

    def add(self, x):
        if x not in self.e:
            self.e.append(x)

    def discard(self, x):
        if x in self.e:
            self.e.remove(x)


s = Seq(1, 2)
s.append(3)
s.extend([4, 5])
s.reverse()
s.pop()
s.remove(4)
s += [6]
random.Random(3).shuffle(s)
s.clear()
m = Map()
m['a'] = [m]
m.update(b=2, c=3)
m.setdefault('d', []).append(1)
m.pop('b')
p = m.popitem()
view = m.items()
m.clear()
t = Set([1, 2, 2])
t |= {3}
t -= {1}
t ^= {2, 9}
t &= [9, 3]
u = t | Set([7])
x = t.pop()
