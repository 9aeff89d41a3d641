# Weak dictionaries and sets whose objects end.
import weakref, gc
class A:
    def __init__(self, n): self.n = n
d = weakref.WeakKeyDictionary()
v = weakref.WeakValueDictionary()
s = weakref.WeakSet()
objs = [A(i) for i in range(5)]
for o in objs:
    d[o] = o.n
    v[o.n] = o
    s.add(o)
del o
objs.pop()
x = len(d), len(v), len(s)
objs.pop(0)
x = len(d), len(v), len(s)
raw = d.data
n = len(raw)
objs.clear()
x = len(d), len(v), len(s)
