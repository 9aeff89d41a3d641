# needs 3.11
import asyncio

log = []


async def child(n, fail=False):
    log.append(('start', n))
    try:
        await asyncio.sleep(0)
        if fail:
            raise ValueError(n)
        await asyncio.sleep(0)
        return n
    finally:
        log.append(('end', n))


async def main():
    async with asyncio.TaskGroup() as tg:
        t1 = tg.create_task(child(1))
        t2 = tg.create_task(child(2))
    total = t1.result() + t2.result()
    try:
        async with asyncio.TaskGroup() as tg:
            tg.create_task(child(3, True))
            tg.create_task(child(4))
            tg.create_task(child(5, True))
    except* ValueError as group:
        args = [e.args for e in group.exceptions]
        group.add_note('seen')
        notes = group.__notes__
    async with asyncio.timeout(None):
        log.append('no timeout')
    b = asyncio.Barrier(2)

    async def waits(i):
        got = await b.wait()
        log.append(sorted([got >= 0, True]))
    await asyncio.gather(waits(0), waits(1))
    return total, args, notes


with asyncio.Runner() as runner:
    first = runner.run(child(0))
    res = runner.run(main())
