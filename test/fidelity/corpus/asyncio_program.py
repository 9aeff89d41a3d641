# A simple asyncio program: tasks, gather, queue, timeouts that do not happen.
import asyncio

log = []
shared = {'n': 0}


async def worker(name, queue):
    handled = 0
    while True:
        item = await queue.get()
        if item is None:
            queue.task_done()
            return handled
        log.append((name, item))
        shared['n'] += item
        handled += 1
        await asyncio.sleep(0)
        queue.task_done()


async def failing():
    await asyncio.sleep(0)
    raise ValueError('from a task')


async def main():
    queue = asyncio.Queue()
    workers = [asyncio.create_task(worker(name, queue)) for name in 'ab']
    for item in range(4):
        await queue.put(item)
        if item % 2:
            await asyncio.sleep(0)
    for _ in workers:
        queue.put_nowait(None)
    await queue.join()
    counts = await asyncio.gather(*workers)
    results = await asyncio.gather(failing(), asyncio.sleep(0, 'slept'), return_exceptions=True)
    lock = asyncio.Lock()
    async with lock:
        shared['locked'] = lock.locked()
    future = asyncio.get_running_loop().create_future()
    asyncio.get_running_loop().call_soon(future.set_result, [1])
    value = await future
    value.append(2)
    return counts, type(results[0]).__name__, results[1], value


result = asyncio.run(main())
