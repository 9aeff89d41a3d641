# itertools over things that change.
import itertools
import functools
import operator

x = [1, 2, 3]
it = iter(x)
a = next(it)
x.append(4)
rest = list(it)
t1, t2 = itertools.tee(x)
y = next(t1), next(t2)
x.append('late')
z = list(t1)
groups = [(k, list(g)) for k, g in itertools.groupby([1, 1, 2], key=lambda v: (x.append(v), v)[1])]
acc = list(itertools.accumulate([[1], [2]], lambda p, q: p + q))
chain = list(itertools.chain.from_iterable([x[:2], 'ab']))
prod = [p for p in itertools.product([1, 2], [x])]
prod[0][1].append('prod')
perms = list(itertools.permutations('abc', 2))[:3]
kept = []
for pair in zip(x, itertools.count()):
    kept.append(pair)
    if len(kept) > 2:
        break
for i, (p, q) in enumerate(zip('ab', [[], []])):
    q.append(i)
    kept.append(q)
r = functools.reduce(lambda s, v: s.append(v) or s, range(3), [])
sm = list(itertools.starmap(operator.mul, [(2, 3), (4, 5)]))
cyc = itertools.cycle([[1]])
c1 = next(cyc)
c1.append(2)
c2 = next(cyc)
d = {}
for k, v in itertools.zip_longest('abc', [1], fillvalue=x):
    d[k] = v
dv = d.values()
ks = d.keys() & {'a', 'z'}
del d['a']
rev = list(reversed(x))
it = filter(None, [0, 1, []])
f = next(it)
m = map(x.append, range(2))
next(m)
n = len(x)
list(m)
s = sorted(x, key=lambda v: (x.append('k') if len(x) < 20 else None, str(v))[1])
mn = min(x, key=lambda v: (d.__setitem__(str(v), v), str(v))[1])
try:
    for v in x:
        x.remove(v)
    for k in d:
        d[k + 'x'] = 1
except RuntimeError as e:
    msg = str(e)
