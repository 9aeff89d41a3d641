import asyncio
import gc

log = []


async def ag():
    x = []
    try:
        while True:
            try:
                v = yield x
                x.append(v)
            except ValueError as e:
                x.append(e.args)
            except GeneratorExit:
                log.append('exit')
                raise
    finally:
        log.append(('fin', list(x)))


async def delegating(a):
    async for v in a:
        if len(v) > 1:
            return
        yield v


async def main():
    g = ag()
    a = await g.asend(None)
    b = await g.asend(1)
    c = await g.athrow(ValueError('t'))
    c = await g.athrow(ValueError, ValueError('t2'))
    try:
        await g.athrow(KeyError)
    except KeyError as e:
        d = e.args
    g2 = ag()
    await g2.__anext__()
    del g2
    gc.collect()
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    g3 = ag()
    await g3.__anext__()
    await g3.aclose()
    try:
        await g3.__anext__()
    except StopAsyncIteration:
        s = 'stopped'

    async def bad():
        yield 1
        raise StopAsyncIteration
    try:
        async for z in bad():
            pass
    except RuntimeError as e:
        cause = type(e.__cause__).__name__
    lst = [v async for v in delegating(two())]
    dct = {v: w async for v, w in pairs()}
    st = {v async for v, _ in pairs()}
    gen = (v async for v, _ in pairs() if v)
    got = [v async for v in gen]
    co = coro([1])
    r = await co
    try:
        await co
    except RuntimeError as e:
        msg = e.args
    unawaited = coro([2])
    unawaited.close()
    t = asyncio.ensure_future(coro([3]))
    t.add_done_callback(lambda f: log.append(f.result()))
    await t
    sh = asyncio.shield(coro([4]))
    rr = await sh
    for f in asyncio.as_completed([coro([5])]):
        log.append(await f)
    done, pending = await asyncio.wait([asyncio.ensure_future(coro([6]))])
    vals = [x.result() for x in done]
    vals[0].append(7)
    loop = asyncio.get_event_loop()
    loop.call_soon(log.append, 'soon')
    h = loop.call_soon(log.append, 'never')
    h.cancel()
    await asyncio.sleep(0)
    del loop, h, t, done, f, sh, pending
    return vals


async def two():
    yield [1]
    yield [1, 2]
    yield [3]


async def pairs():
    for i in range(3):
        await asyncio.sleep(0)
        yield i, i * 2


async def coro(x):
    try:
        await asyncio.sleep(0)
        x.append('coro')
        return x
    except GeneratorExit:
        log.append('closed')
        raise


loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
res = loop.run_until_complete(main())
loop.run_until_complete(loop.shutdown_asyncgens())
loop.close()
del loop


def manual(co):
    try:
        while True:
            log.append(co.send(None))
    except StopIteration as e:
        return e.value


class Aw:
    def __await__(self):
        x = yield 'sus'
        return [x]


async def direct():
    v = await Aw()
    async with Cm() as c:
        c.append(v)
    async for q in It():
        c.append(q)
    return c


class Cm:
    async def __aenter__(self):
        self.l = ['in']
        await Aw()
        return self.l

    async def __aexit__(self, *a):
        self.l.append(a[0])


class It:
    n = 0

    def __aiter__(self):
        return self

    async def __anext__(self):
        It.n += 1
        if It.n > 2:
            raise StopAsyncIteration
        return await Aw()


out = manual(direct())
d = direct()
d.send(None)
try:
    d.throw(KeyError('thrown'))
except KeyError as e:
    te = e.args
