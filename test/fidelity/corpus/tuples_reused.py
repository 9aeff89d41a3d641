# Iterators that use one result tuple again and again, and tuples that hold what changes.
for j in enumerate('abc'):
    pass
for j in zip('ab', 'cd'):
    pass
for j in {1: 2, 3: 4}.items():
    pass
x = [None]
for j in enumerate('abcd'):
    x[0] = j
    j = None
pass
it = enumerate('abcd')
p = next(it)
p = None
p = next(it)
pass
v = [1]
v = (v, 2)[:1]
v = (v, 2)[:1]
v = (v, [5])
v = (v[1],)
w = (v, v)
v = None
w = (1, [2])
u = (3, w)
pass
import itertools

pairs = []
for pair in enumerate('abc'):
    pairs.append(pair)
    last = pair
for pair in itertools.zip_longest('ab', 'cde'):
    pass
for combination in itertools.combinations('abcd', 2):
    pass
for product in itertools.product('ab', repeat=2):
    first = product[0]
for permutation in itertools.permutations('abc', 2):
    pass
for pair in itertools.pairwise('abcd'):
    pass
for key, group in itertools.groupby('aab'):
    items = list(group)
    pass
for pair in reversed(dict(a=1, b=2).items()):
    pass
d = dict(zip('abc', enumerate('xyz')))
rows = [row for row in zip('ab', [1, 2])]
found = max(enumerate([3, 9, 4]), key=lambda pair: pair[1])
