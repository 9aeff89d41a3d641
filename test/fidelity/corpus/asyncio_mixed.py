import asyncio
import contextlib

log = []


async def agen(n):
    try:
        for i in range(n):
            try:
                got = yield i
                if got is not None:
                    log.append(('sent', got))
            except KeyError as e:
                log.append(('thrown', e.args))
                yield 'recovered'
    finally:
        log.append('cleanup')
        await asyncio.sleep(0)
        log.append('cleaned')


@contextlib.asynccontextmanager
async def managed(name):
    log.append('enter ' + name)
    try:
        yield [name]
    except ValueError as e:
        log.append('swallowed %s' % e)
    finally:
        log.append('leave ' + name)


class Aiter:
    def __init__(self, n):
        self.n = n

    def __aiter__(self):
        return self

    async def __anext__(self):
        if not self.n:
            raise StopAsyncIteration
        self.n -= 1
        await asyncio.sleep(0)
        return self.n


class Awaitable:
    def __await__(self):
        self.before = True
        r = yield from asyncio.sleep(0, 'slept').__await__()
        self.after = r
        return [r]


async def worker(name, queue, results):
    while True:
        item = await queue.get()
        if item is None:
            break
        results.setdefault(name, []).append(item)
        await asyncio.sleep(0)
        queue.task_done()
    return name


async def cancelled():
    try:
        await asyncio.Event().wait()
    except asyncio.CancelledError:
        log.append('cancel')
        raise
    finally:
        log.append('fin')


async def main():
    a = agen(5)
    x = await a.__anext__()
    y = await a.asend('hello')
    z = await a.athrow(KeyError('q'))
    w = await a.__anext__()
    await a.aclose()
    r = [i async for i in agen(3) if i != 1]
    d = {i: [j async for j in Aiter(i)] async for i in Aiter(3)}
    async with managed('m') as m, managed('n') as n:
        m.append(n)
        raise ValueError('inside')
    got = await Awaitable()
    q = asyncio.Queue(2)
    results = {}
    tasks = [asyncio.ensure_future(worker(i, q, results)) for i in 'ab']
    for i in range(4):
        await q.put(i)
    await q.put(None)
    await q.put(None)
    names = await asyncio.gather(*tasks)
    t = asyncio.ensure_future(cancelled())
    await asyncio.sleep(0)
    t.cancel()
    out = await asyncio.gather(t, return_exceptions=True)
    kind = type(out[0]).__name__
    del t, out
    f = asyncio.get_event_loop().create_future()
    f.add_done_callback(lambda fut: log.append(fut.result()))
    f.set_result([1])
    v = await f
    v.append(2)
    try:
        raise asyncio.TimeoutError
    except asyncio.TimeoutError:
        log.append('timeout')
    lock = asyncio.Lock()
    async with lock:
        locked = lock.locked()
    s = asyncio.Semaphore(1)
    async with s:
        pass
    e = asyncio.Event()

    async def setter():
        nonlocal locked
        locked = 'set'
        e.set()
    st = asyncio.ensure_future(setter())
    await e.wait()
    await st
    async for i in Aiter(2):
        if i:
            continue
        break
    else:
        log.append('never')
    return results, names


loop = asyncio.new_event_loop()
res = loop.run_until_complete(main())
loop.run_until_complete(loop.shutdown_asyncgens())
loop.close()
