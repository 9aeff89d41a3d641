# What a `finally` binds in its last line, before the exception goes on: no event comes between the two.
kept = []


def function():
    count = 0

    def fails():
        nonlocal count
        try:
            1 / 0
        finally:
            count += 1

    try:
        fails()
    except ZeroDivisionError:
        seen = count
    return seen


def generators():
    count = 0

    def numbers():
        nonlocal count
        try:
            yield count
        finally:
            count += 1

    thrown = numbers()
    next(thrown)
    try:
        thrown.throw(ZeroDivisionError)
    except ZeroDivisionError:
        seen = count
    closed = numbers()
    next(closed)
    closed.close()
    seen = count
    return seen


def coroutines():
    done = None

    async def wait():
        nonlocal done
        try:
            raise KeyError('a')
        finally:
            done = ['yes']

    try:
        wait().send(None)
    except KeyError:
        seen = done
    return seen


def handler_is_left():
    def fails():
        try:
            1 / 0
        except ZeroDivisionError as error:
            kept.append(lambda: error)
            raise

    try:
        fails()
    except ZeroDivisionError:
        cell = kept.pop().__closure__[0]
    return cell


def names():
    space = {'total': 1}
    try:
        exec('try:\n    1 / 0\nfinally:\n    total += 1', space)
    except ZeroDivisionError:
        total = space['total']
    try:
        exec('try:\n    1 / 0\nfinally:\n    total += 1', {}, space)
    except ZeroDivisionError:
        total = space['total']
    return total


def globals_too():
    global kept
    try:
        1 / 0
    finally:
        kept = ['new']


print(function(), generators(), coroutines(), names())
handler_is_left()
try:
    globals_too()
except ZeroDivisionError:
    last = kept
print(last)
