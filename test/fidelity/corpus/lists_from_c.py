# Lists changed by code written in C, and by the standard library.
import bisect
import collections
import functools
import heapq
import itertools
import operator
import random

x = [5, 3, 8]
list(map(x.append, [1, 2]))
collections.deque(map(x.append, range(3)), maxlen=0)
operator.setitem(x, 0, 'zero')
operator.delitem(x, 1)
operator.iadd(x, [7, 7])
operator.imul(x, 2)
operator.setitem(x, slice(0, 2), ['s', 't', 'u'])
functools.reduce(lambda into, n: into.append(n) or into, [1, 2, 3], x)
functools.partial(x.insert, 0)('partial')
operator.methodcaller('extend', [1.5])(x)
list.append(x, 'unbound')
list.__setitem__(x, 0, 'dunder')
x.__delitem__(1)
x.__iadd__(['more'])
x.__imul__(1)
getattr(x, 'append')('by getattr')
heap = []
for n in [5, 1, 4, 1, 5, 9, 2, 6]:
    heapq.heappush(heap, n)
smallest = heapq.heappop(heap)
smallest = heapq.heapreplace(heap, 7)
smallest = heapq.heappushpop(heap, 0)
heap2 = [9, 8, 7, 6, 5]
heapq.heapify(heap2)
ordered = []
for n in [5, 1, 4, 1.0, True]:
    bisect.insort(ordered, n)
bisect.insort_left(ordered, 4)
random.shuffle(ordered)
random.shuffle(heap)
x.clear()
cycle = itertools.cycle([1, 2])
x.extend(itertools.islice(cycle, 5))
x[:] = map(str, x)
x.extend(zip(x, heap))
x.sort(key=str)
any(x.append(n) for n in range(3))
min(range(3), key=x.append and (lambda n: x.append(n) or n))
sum(x.pop() * 0 for _ in range(3))
