# __del__, weak references and reference counts: nothing may live longer because somebody watches.
# truth from 3.13
import gc
import sys
import weakref

log = []


class Loud:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        log.append('gone ' + self.name)


a = Loud('a')
a = None
b = Loud('b')
ref = weakref.ref(b, lambda r: log.append('ref dead'))
alive = ref() is b
b = [b]
b.clear()
dead = ref() is None


def scope():
    local = Loud('local')
    log.append('end of scope')


scope()
d = {'x': Loud('in dict')}
d['x'] = 1
s = Loud('s')
s.me = s
del s
gc.collect()
keep = weakref.WeakValueDictionary()
keep['k'] = k = Loud('k')
count = len(keep)
del k
count = len(keep)
final = Loud('final')
weakref.finalize(final, log.append, 'finalized')
del final
thing = object()
refs = sys.getrefcount(thing)
items = [thing] * 3
refs = sys.getrefcount(thing)
items.pop()
refs = sys.getrefcount(thing), sys.getrefcount(items)


class Zombie:
    def __del__(self):
        saved.append(self)


saved = []
z = Zombie()
z.n = 1
del z
saved[0].n += 1


def generator():
    try:
        held = Loud('held')
        yield 1
    finally:
        log.append('generator closed')


g = generator()
next(g)
del g
ws = weakref.WeakSet()
w = Loud('w')
ws.add(w)
w = None
left = len(ws)
