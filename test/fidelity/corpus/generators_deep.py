# Generators: send, throw, close, delegation, finalisation, return values.
log = []


def inner(n):
    try:
        got = yield n
        while got is not None:
            log.append(got)
            got = yield [got]
        return 'inner done'
    except ValueError as e:
        log.append(e)
        yield 'recovered'
    finally:
        log.append('inner closed')


def outer():
    r = yield from inner(1)
    log.append(r)
    try:
        yield from inner(2)
    except GeneratorExit:
        log.append('exit')
        raise
    finally:
        x = 'final'
        log.append(x)


g = outer()
a = next(g)
b = g.send('s1')
b.append(1)
c = next(g)
d = g.throw(ValueError('thrown'))
del g
h = outer()
next(h)
h.close()
try:
    h.send(1)
except StopIteration as e:
    stopped = e.value


def never():
    log.append('never')
    yield


n = never()
n.close()
try:
    never().throw(KeyError('early'))
except KeyError as e:
    early = e


def stubborn():
    while True:
        try:
            yield 1
        except GeneratorExit:
            yield 'no'


s = stubborn()
next(s)
try:
    s.close()
except RuntimeError as e:
    refused = str(e)
s = None


def recursive(t):
    if isinstance(t, list):
        for u in t:
            yield from recursive(u)
    else:
        yield t


flat = list(recursive([1, [2, [3, [4]]], 5]))


def self_aware():
    me = yield
    try:
        me.send(None)
    except ValueError as e:
        log.append(str(e))
    yield me


g = self_aware()
next(g)
x = g.send(g)
x = g = None


def stop_inside():
    yield 1
    raise StopIteration('inside')


try:
    list(stop_inside())
except RuntimeError as e:
    cause = e.__cause__


def accumulate():
    total = 0
    parts = []
    while True:
        v = yield total
        if v is None:
            return parts
        parts.append(v)
        total += v


acc = accumulate()
next(acc)
for v in (1, 2, 3):
    t = acc.send(v)
try:
    acc.send(None)
except StopIteration as e:
    parts = e.value
gen = (log.append(i) or i for i in range(3))
z = next(gen)
gi = gen.gi_frame is not None
zipped = list(zip(gen, gen))
