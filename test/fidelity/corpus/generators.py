# Generators: send, throw, close, yield from, abandoned, endless, interleaved.
log = []


def echo():
    received = None
    try:
        while True:
            try:
                received = yield received
                log.append(received)
            except ValueError as error:
                received = 'caught ' + str(error)
    finally:
        log.append('closed')


def inner(n):
    for i in range(n):
        got = yield i
        if got:
            log.append(('inner got', got))
    return 'inner done'


def outer():
    first = yield from inner(2)
    second = yield from [10, 20]
    return first, second


def endless(step):
    n = 0
    while True:
        yield n
        n += step


def failing():
    yield 1
    raise KeyError('in generator')


g = echo()
next(g)
g.send('one')
value = g.send([2])
value = g.throw(ValueError('bad'))
g.close()
g = outer()
values = [next(g)]
values.append(g.send('hello'))
try:
    while True:
        values.append(next(g))
except StopIteration as stop:
    values.append(stop.value)
twos, threes = endless(2), endless(3)
merged = []
for _ in range(4):
    merged.append(next(twos))
    merged.append(next(threes))
del twos
threes.close()
f = failing()
next(f)
try:
    next(f)
except KeyError as error:
    said = error.args[0]
done = next(f, 'finished')
squares = (n * n for n in range(5) if n % 2)
first = next(squares)
rest = list(squares)
never = endless(1)
unstarted = echo()
unstarted.close()
total = sum(x * y for x in range(3) for y in range(2))


def tree(node):
    if node:
        left, value, right = node
        yield from tree(left)
        yield value
        yield from tree(right)


ordered = list(tree(((None, 1, None), 2, (None, 3, (None, 4, None)))))
a, *b = (c for c in 'unpack')
