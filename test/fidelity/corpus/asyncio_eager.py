# needs 3.12
import asyncio

log = []
cache = {}


async def quick(n):
    log.append(n)
    if n in cache:
        return cache[n]
    await asyncio.sleep(0)
    cache[n] = n * 2
    return cache[n]


async def main():
    loop = asyncio.get_running_loop()
    loop.set_task_factory(asyncio.eager_task_factory)
    a = await quick(1)
    t = asyncio.create_task(quick(1))
    done = t.done()
    u = asyncio.create_task(quick(2))
    undone = u.done()
    r = await asyncio.gather(t, u, quick(3))
    async with asyncio.TaskGroup() as tg:
        ts = [tg.create_task(quick(i)) for i in range(4)]
        states = [x.done() for x in ts]
    vals = [x.result() for x in ts]
    try:
        bad = asyncio.create_task(boom())
        await bad
    except ValueError as e:
        text = e.args
    return r, vals, states


async def boom():
    log.append('boom')
    raise ValueError('eager')


result = asyncio.run(main())
