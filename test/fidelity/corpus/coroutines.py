# Coroutines run by hand, and awaitables of our own.
import types

log = []


class Pause:
    def __init__(self, value):
        self.value = value

    def __await__(self):
        log.append(('pausing', self.value))
        got = yield self.value
        return got


@types.coroutine
def old_style():
    got = yield 'old'
    return [got]


async def leaf(n):
    a = await Pause(n)
    b = await old_style()
    return a, b


async def root():
    results = []
    for n in range(2):
        results.append(await leaf(n))
    try:
        await Pause('last')
    except KeyError as error:
        results.append(error.args)
    return results


def run(coroutine, answers):
    sent = None
    asked = []
    try:
        while True:
            asked.append(coroutine.send(sent))
            sent = answers.pop(0)
            if sent is None:
                asked.append(coroutine.throw(KeyError('thrown')))
    except StopIteration as stop:
        return asked, stop.value


result = run(root(), ['a', 'b', 'c', 'd', None])


class Managed:
    async def __aenter__(self):
        log.append('aenter')
        self.inside = await Pause('in')
        return self

    async def __aexit__(self, *error):
        log.append('aexit')
        await Pause('out')
        return True


async def count(n):
    for i in range(n):
        await Pause(i)
        yield i


async def uses():
    total = []
    async with Managed() as m:
        m.total = total
        async for i in count(2):
            total.append(i)
        total += [i async for i in count(2)]
        raise ValueError
    return m


result = run(uses(), list('xyzuvwq'))
never = leaf(1)
never.close()
started = leaf(2)
started.send(None)
started.close()
