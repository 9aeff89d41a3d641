import gc
import weakref

log = []
registry = {}
counter = 0


class Node:
    def __init__(self, name):
        self.name = name
        self.children = []

    def __del__(self):
        global counter
        counter += 1
        registry[self.name] = 'gone'
        log.append(self.name)


def died(ref):
    log.append('callback')
    registry['refs'] = registry.get('refs', 0) + 1
    globals()['made_by_callback'] = len(log)


a = Node('a')
r = weakref.ref(a, died)
p = weakref.proxy(a)
p.via_proxy = 1
p.children.append(2)
del a
b = Node('b')
b.children.append(b)
fin = weakref.finalize(b, log.append, 'finalized')
rb = weakref.ref(b, died)
del b
gc.collect()
wv = weakref.WeakValueDictionary()
c = Node('c')
wv['c'] = c
keep = wv['c']
keep.x = 1
del c
size = len(wv)
del keep
size = len(wv)
wk = weakref.WeakKeyDictionary()
d = Node('d')
wk[d] = [1]
wk[d].append(2)
del d
ws = weakref.WeakSet()
e = Node('e')
ws.add(e)
e = Node('f')
n = len(ws)


class Phoenix:
    lives = 3

    def __init__(self):
        self.log = []

    def __del__(self):
        Phoenix.lives -= 1
        self.log.append(Phoenix.lives)
        saved.append(self)


saved = []
ph = Phoenix()
del ph
ph = saved.pop()
ph.again = True
del ph
left = len(saved)


class Cyc:
    def __del__(self):
        self.other.touched = True
        saved.append(self.other)


x, y = Cyc(), Cyc()
x.other, y.other = y, x
del x, y
gc.collect()
tags = [s.touched for s in saved]
saved.clear()
gc.collect()


class DelRaises:
    def __del__(self):
        log.append('raising')
        try:
            raise ValueError('in del')
        except ValueError as err:
            log.append(err.args)


z = DelRaises()
z = None


def scope():
    n = Node('local')
    registry['inside'] = n.name
    return counter


s = scope()
t = counter
lst = [Node(i) for i in range(3)]
lst[1] = None
lst.pop()
del lst[:]
dct = {i: Node(str(i)) for i in range(3)}
dct[0] = 0
dct.pop(1)
dct.clear()
m = weakref.WeakMethod(Node('m').__init__)
dead = m() is None
