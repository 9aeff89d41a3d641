import gc

log = []
gc.collect()


def gen(name):
    held = [name]
    try:
        while True:
            got = yield held
            held.append(got)
    finally:
        log.append(('closed', name, list(held)))
        held.clear()


g = gen('dropped')
next(g)
g.send(1)
g = None
h = gen('cycle')
state = next(h)
state.append(h)
del h
del state
n = gc.collect()
log.append('after')


def outer():
    try:
        x = yield from inner()
        log.append(('got', x))
        while True:
            try:
                yield x
            except KeyError as e:
                log.append(e.args)
                x += 1
    except GeneratorExit:
        log.append('exit')
        raise


def inner():
    t = 0
    try:
        t = yield 1
        t += yield 2
    except ValueError as e:
        t = -1
        e.seen = True
    return t


o = outer()
a = next(o)
b = o.send(5)
c = o.send(6)
d = o.throw(KeyError('k'))
e = o.throw(KeyError, KeyError('l'))
o.close()
o2 = outer()
next(o2)
f = o2.throw(ValueError)
try:
    o2.throw(ZeroDivisionError('z'))
except ZeroDivisionError as err:
    ctx = err.__context__
o3 = outer()
o3.close()


def keeps():
    try:
        yield 1
    except GeneratorExit:
        yield 'refuses'


k = keeps()
next(k)
try:
    k.close()
except RuntimeError as err:
    refused = str(err)


def stop():
    yield 1
    raise StopIteration('inner')


try:
    list(stop())
except RuntimeError as err:
    cause = err.__cause__.args


class It:
    def __init__(self):
        self.n = 0

    def __iter__(self):
        return self

    def __next__(self):
        self.n += 1
        if self.n > 3:
            raise StopIteration(self.n)
        return self.n

    def throw(self, *args):
        self.thrown = args[0]
        return 'thrown'

    def send(self, v):
        self.sent = v
        return v


def dele(it):
    r = yield from it
    log.append(r)


it = It()
dg = dele(it)
next(dg)
dg.send('s')
dg.throw(OSError)
rest = list(dg)
gens = [(i * j for j in range(i)) for i in range(3)]
lists = [list(x) for x in gens]
lazy = (log.append(i) for i in range(2))
next(lazy)
del lazy
