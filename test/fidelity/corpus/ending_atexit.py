# atexit handlers and generators that are finished late.
import atexit

log = []
atexit.register(log.append, 'registered')
atexit.unregister(log.append)


def handler(x):
    log.append(x)


atexit.register(handler, 1)
atexit.unregister(handler)


def gen():
    try:
        yield 1
        yield 2
    finally:
        log.append('finally')


g = gen()
next(g)
class Cleanup:
    def __del__(self):
        log.append('cleanup')


c = Cleanup()
cycle = [c]
cycle.append(cycle)
del c
