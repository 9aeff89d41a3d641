"""Tasks that are awaited by each other: directly, by gather, and through many coroutines."""
import asyncio

written_in_python = asyncio.tasks._PyTask


class Nosy(asyncio.Task):
    @property
    def _coro(self):
        raise SystemExit('nobody but the program may ask for this')


async def leaf(number):
    await asyncio.sleep(0)
    return number


async def tree(depth):
    if depth == 0:
        return await leaf(1)
    return sum(await asyncio.gather(tree(depth - 1), tree(depth - 1)))


async def deep(count):
    if count > 0:
        return await deep(count - 1)
    return await asyncio.ensure_future(leaf(1))


async def counted():
    for number in range(3):
        await asyncio.sleep(0)
        yield number


async def cancelled():
    task = asyncio.ensure_future(asyncio.sleep(10))
    await asyncio.sleep(0)
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        return 'cancelled'


async def made_by(kind, loop):
    loop.set_task_factory(lambda its_loop, coroutine, **more: kind(coroutine, loop=its_loop))
    found = await asyncio.gather(leaf(6), leaf(7))
    loop.set_task_factory(None)
    return found


async def main():
    loop = asyncio.get_running_loop()
    found = [await tree(3), await deep(20), [number async for number in counted()]]
    for kind in (written_in_python, Nosy):
        found.append(await made_by(kind, loop))
    found.append(await cancelled())
    return found


print(asyncio.run(main()))
