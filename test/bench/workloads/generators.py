"""Generators: pipelines, and trees walked with yield from."""

from clock import measure


def numbers(limit):
    n = 0
    while n < limit:
        yield n
        n += 1


def pairs(source):
    before = None
    for item in source:
        if before is not None:
            yield before, item
        before = item


def running_mean(width):
    window = []
    mean = None
    while True:
        value = yield mean
        window.append(value)
        if len(window) > width:
            window.pop(0)
        mean = sum(window) / len(window)


def tree(depth, label):
    if depth == 0:
        return None
    return (tree(depth - 1, label * 2), label, tree(depth - 1, label * 2 + 1))


def walk(node):
    if node is not None:
        yield from walk(node[0])
        yield node[1]
        yield from walk(node[2])


def main():
    for _ in range(24):
        total = sum(a * b for a, b in pairs(n for n in numbers(60000) if n % 3))
        mean = running_mean(5)
        next(mean)
        for n in numbers(30000):
            mean.send(n)
        mean.close()
        count = 0
        for label in walk(tree(12, 1)):
            count += label & 1
        assert total and count


measure(main)
