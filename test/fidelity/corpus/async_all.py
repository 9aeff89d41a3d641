# Coroutines, async generators, context managers, tasks, cancellation.
import asyncio

log = []


class Res:
    async def __aenter__(self):
        log.append('enter')
        await asyncio.sleep(0)
        return self

    async def __aexit__(self, *exc):
        log.append(exc[0] and exc[0].__name__)
        return exc[0] is ValueError


class Count:
    def __init__(self, n):
        self.n = n

    def __aiter__(self):
        return self

    async def __anext__(self):
        if self.n == 0:
            raise StopAsyncIteration
        self.n -= 1
        return self.n


async def agen(n):
    try:
        for i in range(n):
            got = yield i
            if got:
                log.append(got)
    finally:
        log.append('agen closed')


async def worker(name, q, out):
    while True:
        item = await q.get()
        if item is None:
            return name
        out.setdefault(name, []).append(item)
        await asyncio.sleep(0)


async def cancelled():
    try:
        await asyncio.get_event_loop().create_future()
    except asyncio.CancelledError:
        log.append('cancelled')
        raise


async def main():
    async with Res() as r:
        r.x = [1]
        raise ValueError
    async for i in Count(3):
        log.append(i)
    squares = [i * i async for i in agen(3) if i]
    d = {i: [i] async for i in Count(2)}
    g = agen(5)
    first = await g.__anext__()
    second = await g.asend('sent')
    await g.aclose()
    q = asyncio.Queue()
    out = {}
    tasks = [asyncio.ensure_future(worker(n, q, out)) for n in 'ab']
    for i in range(4):
        await q.put(i)
    for _ in tasks:
        await q.put(None)
    names = await asyncio.gather(*tasks)
    t = asyncio.ensure_future(cancelled())
    await asyncio.sleep(0)
    t.cancel()
    try:
        await t
    except asyncio.CancelledError:
        done = True
    lock = asyncio.Lock()
    async with lock:
        locked = lock.locked()
    results = await asyncio.gather(fail(1), fail(2), return_exceptions=True)
    tasks = t = None
    return squares, d, names, out


async def fail(n):
    await asyncio.sleep(0)
    raise KeyError(n)


loop = asyncio.new_event_loop()
result = loop.run_until_complete(main())
loop.run_until_complete(loop.shutdown_asyncgens())
loop.close()
loop = None


class Await:
    def __await__(self):
        x = yield 'pending'
        return [x]


async def manual():
    a = await Await()
    b = await Await()
    return a + b


co = manual()
s = co.send(None)
s = co.send(1)
try:
    co.send(2)
except StopIteration as e:
    value = e.value
