# Comparisons, key functions and finalizers that change the very container that C code works on.
import heapq, bisect
log = []
class L:
    def __init__(self, n): self.n = n
    def __lt__(self, o):
        log.append((self.n, o.n))
        if len(log) in (5, 9):
            target.append(L(self.n + 100))
        if len(log) == 14 and target:
            target.pop()
        return self.n < o.n
    def __eq__(self, o):
        if len(log) % 7 == 3:
            log.append('eq')
            target.insert(0, self)
        return isinstance(o, L) and self.n == o.n
    __hash__ = None
target = [L(5), L(3), L(8), L(1)]
def tried(f, *a, **k):
    try:
        return f(*a, **k)
    except (RuntimeError, ValueError, IndexError, TypeError) as e:
        return type(e).__name__
r1 = tried(heapq.heapify, target)
r2 = tried(heapq.heappush, target, L(2))
r3 = tried(heapq.heappop, target)
log.clear()
r4 = tried(heapq.heapreplace, target, L(4))
r5 = tried(heapq.heappushpop, target, L(9))
log.clear()
target = [L(1), L(2), L(4), L(6), L(7)]
r6 = tried(bisect.insort, target, L(3))
r7 = tried(bisect.insort_left, target, L(5))
log.clear()
r8 = tried(target.sort)
r9 = tried(target.index, L(3))
log[:] = [1, 2, 3]
r10 = tried(target.remove, L(4))
log[:] = [1, 2, 3]
r11 = tried(target.count, L(4))
log[:] = [1, 2, 3]
r12 = tried(max, target)
def key(x):
    target2.append(x)
    if len(target2) > 10:
        target2.clear()
    return -x
target2 = [3, 1, 2, 5, 4]
r13 = tried(target2.sort, key=key)
def key2(x):
    global snapshot
    snapshot = list(target3)
    target3.extend([x, x])
    return x
target3 = [3, 1, 2]
r14 = tried(target3.sort, key=key2)
class H:
    def __init__(self, n): self.n = n; self.calls = 0
    def __hash__(self):
        return self.n % 2
    def __eq__(self, o):
        if armed: a = armed.pop(); a()
        return isinstance(o, H) and self.n == o.n
armed = []
s = set()
d = {}
hs = [H(i) for i in range(5)]
for h in hs:
    s.add(h)
    d[h] = h.n
armed = [lambda: s.add('big'), lambda: d.__setitem__('big', 2), lambda: s.discard('big')] * 3
s |= {H(1), H(7)}
s &= set(hs[:3]) | {100, 'big'}
s ^= {H(0), 100}
t = s.union(hs)
u = s.difference([H(2)])
s.difference_update([H(0), 1])
s.symmetric_difference_update([H(4), H(4)])
s.intersection_update(list(s) + [H(1)])
x = tried(d.pop, H(3), None)
y = tried(d.setdefault, H(2), 'no')
z = tried(d.update, {H(4): 'upd', 5: 6})
del d[H(1)]
class Del:
    def __init__(self, n): self.n = n
    def __del__(self):
        dl.append(self.n)
        dd[self.n] = self.n
        log.append(len(dl))
log = []
dl = []
dd = {}
lst = [Del(i) for i in range(4)]
lst[0] = None
lst[1:3] = []
lst.clear()
dl2 = {1: Del(5), 2: Del(6)}
dl2[1] = dl2
dl2.clear()
dd[7] = Del(7)
dd[7] = 1
dd[8] = Del(8)
dd.clear()
dl.append(Del(9))
dl[-1] = 0
dl.append(Del(10))
del dl[-1:]
dl += [Del(11)]
dl.pop()
st = {Del(12)}
st.clear()
end = 1
