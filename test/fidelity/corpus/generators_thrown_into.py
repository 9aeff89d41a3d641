# Exceptions thrown into generators that have not started, where others were freed while they were suspended.
import asyncio


def counting(limit):
    total = 0
    while total < limit:
        total += yield total
    return total


# Far below, so that no line of these is one of the other.
























def short():
    yield 1


def swallowing():
    try:
        yield 'first'
    except ValueError as error:
        yield error.args


def delegating():
    result = yield from counting(5)
    yield [result]


def returning():
    try:
        got = yield 1
    except RuntimeError as error:
        got = error.args
    return [got]


def around_returning():
    result = yield from returning()
    kept = result
    yield kept


def straight_through():
    return (yield from returning())


caught = []
for turn in range(6):
    left = counting(10)
    next(left)
    left.send(turn)
    del left
    other = (short, swallowing, counting)[turn % 3](*(() if turn % 3 < 2 else (3,)))
    try:
        other.throw(ValueError(turn))
    except ValueError as error:
        caught.append(error.args[0])
    del other

inner = delegating()
steps = [next(inner), inner.send(2)]
try:
    inner.throw(KeyError('through'))
except KeyError as error:
    steps.append(error.args)

outer = around_returning()
steps.append(next(outer))
steps.append(outer.throw(RuntimeError('swallowed')))
through = straight_through()
steps.append(next(through))
try:
    through.throw(RuntimeError('swallowed'))
except StopIteration as end:
    steps.append(end.value)


async def job():
    value = await asyncio.sleep(0, 'slept')
    return value


async def main():
    for turn in range(3):
        coroutine = job()
        coroutine.send(None)
        del coroutine
        task = asyncio.ensure_future(job())
        task.cancel()
        try:
            await task
        except asyncio.CancelledError:
            caught.append('cancelled')


asyncio.run(main())
