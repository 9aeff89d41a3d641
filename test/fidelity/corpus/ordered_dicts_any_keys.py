# Ordered dicts whose keys are no scalars: their order is their own.
from collections import OrderedDict
class Plain: pass
p, q = Plain(), Plain()
a, b, c = (p, 1), (q, 2), (p, 1)
o = OrderedDict([((1, 2), 'a'), (frozenset([3]), 'b'), (p, 'c'), (a, 'd')])
o.move_to_end((1, 2))
o.move_to_end(p, last=False)
o[c] = 'same key'
o[b] = o
o.move_to_end(c)
x = o.popitem()
y = o.popitem(last=False)
o[q] = [y]
del o[1, 2]
o[1, 2] = 'again'
e = o.copy()
e.move_to_end(q)
o.clear()
class L(OrderedDict):
    def __getitem__(self, k):
        v = super().__getitem__(k); self.move_to_end(k); return v
l = L([(p, 1), (q, 2), ((), 3)])
l[p]
l[()]
l[1.5] = 0; l[q]
r = list(reversed(l))
del p, q
