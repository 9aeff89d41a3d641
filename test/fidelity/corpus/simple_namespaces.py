"""types.SimpleNamespace: its attributes by every way in, subclasses with slots, aliases, copies."""
import copy
import operator
import pickle
from types import SimpleNamespace

ns = SimpleNamespace(a=1, b=[1])
ns.b.append(2)
ns.c = ns
del ns.a
ns.__dict__['z'] = 5
vars(ns).update(y=ns.b)
setattr(ns, 'q', {1: ns.b})
object.__setattr__(ns, 'direct', ns.z)
ns.__init__(z=6, fresh=(1,))
held = vars(ns)
held.pop('y')
ns.via = held


class Counting(SimpleNamespace):
    total = 0

    def bump(self):
        self.n = getattr(self, 'n', 0) + 1
        Counting.total += self.n


class Slotted(SimpleNamespace):
    __slots__ = ('fixed',)


m = Counting(n=3)
m.bump()
m.__dict__.update(k=2)
s = Slotted(x=1)
s.fixed = [s]
s.x += 1
del s.fixed
twin = copy.copy(m)
twin.n = 'other'
deep = copy.deepcopy(ns)
deep.b.append('deep')
loaded = pickle.loads(pickle.dumps(SimpleNamespace(p=[0])))
loaded.p.append(loaded)
m.__class__ = Counting
list(map(lambda item: setattr(loaded, item, item), ['u', 'v']))
operator.delitem(vars(loaded), 'u')
same = SimpleNamespace(**held) == ns
held.clear()
count = len(vars(ns))
