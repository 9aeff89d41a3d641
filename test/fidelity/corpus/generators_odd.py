# Generators and coroutines that are closed, thrown into, delegated to and driven by hand.
import sys, gc
log = []
def g(n):
    try:
        while True:
            try:
                x = yield n
                log.append(('got', x))
                n += 1
            except ValueError as e:
                log.append(e.args)
                n = -n
                del e
    except GeneratorExit:
        log.append('exit')
        raise
    finally:
        log.append('fin')
a = g(1)
next(a); a.send('s'); a.throw(ValueError('v')); a.throw(ValueError, 'w') if sys.version_info < (3, 12) else a.throw(ValueError('w'))
a.close()
def outer():
    r = yield from inner()
    log.append(r)
    try:
        yield from broken()
    except KeyError as e:
        log.append(e)
    return (yield 'last')
def inner():
    x = yield 1
    y = yield x
    return [x, y]
def broken():
    z = [1]
    yield z
    z.append(2)
    raise KeyError(z)
b = outer()
out = [next(b), b.send('a'), b.send('b'), next(b), next(b)]
out[2].append('mut') if isinstance(out[2], list) else None
try: b.send('ret')
except StopIteration as e: out.append(e.value)
def self_ref():
    global gen
    try:
        next(gen)
    except ValueError as e:
        log.append(str(e))
    yield gen
gen = self_ref()
c = next(gen)
def swap():
    a, b = 1, 2
    for i in range(3):
        a, b = b, (yield a)
    return a, b
d = swap()
e = [next(d), d.send('x'), d.send('y')]
def lots(): yield from (x for x in [y for y in range(3)] if (lambda: x)())
f = list(lots())
gens = [g(i) for i in range(3)]
for q in gens: next(q)
gens.pop(0)
q = None
del gens[:]
class It:
    def __init__(self): self.n = 0
    def __iter__(self): return self
    def __next__(self):
        self.n += 1
        if self.n > 3: raise StopIteration(self)
        return self.n
    def send(self, v): self.n = v; return -v
    def throw(self, t, v=None, tb=None): self.n = 'thrown'; raise t if v is None else v
    def close(self): self.n = 'closed'
it = It()
def deleg(): 
    r = yield from it
    return r
h = deleg(); next(h); h.send(1)
try: h.throw(KeyError('k'))
except KeyError: pass
h = deleg(); it.n = 0; next(h); h.close()
import types
@types.coroutine
def sw(): 
    x = yield 'sw'
    return x
async def co(l):
    l.append(await sw())
    async with Acm() as z:
        l.append(z)
        await sw()
    return l
class Acm:
    async def __aenter__(self): self.v = await sw(); return self.v
    async def __aexit__(self, *e): self.v = None; await sw(); return False
k = co([])
vals = []
try:
    s = k.send(None)
    while True:
        vals.append(s); s = k.send(len(vals))
except StopIteration as ex: res = ex.value
async def ag():
    for i in range(3):
        try: y = yield i
        finally: log.append(('ag', i))
async def use():
    r = []
    async for i in ag():
        r.append(i)
        if i == 1: break
    r += [x async for x in ag()]
    g = ag(); r.append(await g.asend(None)); r.append(await g.asend('v')); await g.aclose()
    return r
def drive(c):
    try:
        while True: c.send(None)
    except StopIteration as e: return e.value
u = drive(use())
un = co([]); un.close()
w = k.cr_frame, k.cr_running
gi = g(5); next(gi); fr = gi.gi_frame; ln = fr.f_lineno; fl = sorted(fr.f_locals); del fr
gi2 = gi; del gi; gi2.close(); gc.collect()
def ret_in_finally():
    for i in range(3):
        try: yield i
        finally:
            if i == 1: return
rf = list(ret_in_finally())
def nested_try():
    l = []
    for i in range(4):
        try:
            try:
                if i == 1: continue
                if i == 2: break
                l.append(i)
            finally: l.append('f%d' % i)
        except Exception: pass
        else: l.append('else')
    else: l.append('no')
    return l
nt = nested_try()
end = 1
