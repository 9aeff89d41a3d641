# objects that recorded code meets first while their deallocator runs: a handler is shown them, and may keep them
import asyncio
import gc

kept = []
seen = []


def handler(loop, context):
    future = context['future']
    seen.append((context['message'], future.done(), type(context['exception']).__name__))
    if len(seen) % 2 == 0:
        kept.append(future)
    del future


def fail(number):
    loop = asyncio.new_event_loop()
    loop.set_exception_handler(handler)
    loop.create_future().set_exception(ValueError(number))
    gc.collect()
    filler = [[number] * 3 for _ in range(50)]
    loop.close()
    return len(filler)


async def fails(number):
    raise KeyError(number)


def fail_task(number):
    loop = asyncio.new_event_loop()
    loop.set_exception_handler(handler)
    loop.create_task(fails(number))
    loop.call_soon(loop.stop)
    loop.run_forever()
    gc.collect()
    filler = [[number] * 3 for _ in range(50)]
    loop.close()
    return len(filler)


total = 0
for number in range(6):
    total += fail(number)
    total += fail_task(number)
states = [future.done() for future in kept]
kept.clear()
again = [{number: [number]} for number in range(40)]


class Closing:
    def __init__(self):
        self.log = []

    def run(self):
        try:
            yield self
        finally:
            self.log.append('closed')


closing = Closing()
for value in closing.run():
    break
rounds = closing.run()
next(rounds)
del rounds, value
gc.collect()
log = list(closing.log)
