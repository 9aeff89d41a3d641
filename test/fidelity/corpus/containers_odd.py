import collections

d = collections.deque([1, 2, 3], maxlen=4)
d.append(4)
d.append(5)
d.appendleft(0)
d.extend([7, 8])
d.extendleft('ab')
d.rotate(1)
d.rotate(-2)
d[0] = [d]
d[-1] = 'last'
del d[1]
d.insert(1, 'ins')
try:
    d.insert(0, 'full')
    d.insert(0, 'full')
except IndexError as e:
    m = e.args
d.reverse()
d.remove('ins')
c = d.copy()
d += [1, 2]
d *= 2
d.clear()
d.extend(d)
c.extend(c)
e = collections.deque()
e.extend(iter([1, [2]]))
e[1].append(e)
x = e.pop()
y = e.popleft()


class Dq(collections.deque):
    def __init__(self, it=(), n=None):
        super().__init__(it, n)
        self.tag = []

    def append(self, v):
        self.tag.append(v)
        super().append(v)


q = Dq('abc', 3)
q.append('d')
q += 'ef'
q.tag = q
big = collections.deque(range(200))
big[100] = 'mid'
del big[50]
big.rotate(70)
big.insert(99, None)
big = collections.deque(maxlen=0)
big.append(1)
n = len(big)
s = {1, 2, (3, frozenset([4]))}
s |= {5}
s &= {1, 5, 7}
s -= {1}
s ^= {5, 6}
s.add(frozenset({1}))
s.discard(99)
s.remove(6)
s.update([1, 2], (3,), {4: 'k'})
s.intersection_update([1, 2, 3], [2, 3])
s.difference_update([2])
s.symmetric_difference_update([9, 3])
p = s.pop()
s.clear()


class St(set):
    __slots__ = ('extra',)


t = St([1])
t.extra = t
t.add(2)
t |= {3}
u = t | {4}
u.add(5)
k = t.copy()


class FS(frozenset):
    def __new__(cls, it):
        self = super().__new__(cls, it)
        self.made = True
        return self


f = FS('ab')
f.more = [f]


w = set(map(tuple, [[1], [1], [2]]))
w.update({k: v for k, v in [((0,), 1)]})
l = [3, 1, 2]
l.insert(-1, l)
l.extend(l)
l[::2] = [0] * len(l[::2])
del l[1::2]
l *= 3
l[1:2] = []
l[5:] = 'xy'
l.remove(0)
l.reverse()
l += (1,)
l += l
l.extend(x for x in l[:2])
l[:] = l[1:]
l.pop(0)
l.pop(-1)
del l[:2]
l.clear()
l.append(l)
l[0][0][0].append(1)
