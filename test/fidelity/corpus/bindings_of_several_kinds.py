"""Lines that bind variables of several kinds at once: local, shared with an inner function, global, of a class."""

total = 0


def loops(names):
    global total
    found = []

    def show():
        return name, total

    for name, number in names:
        total, last = total + number, number
        found.append(show())
    (first, total), name = found[0], 'end'
    return first, last, show()


def count(limit):
    def tell():
        return done, rest

    done, rest, steps = 0, limit, []
    while rest:
        done, half, rest = done + 1, rest // 2, rest - 1
        steps.append((half, tell()))
    return steps


pairs = [(letter * 3, index) for index, letter in enumerate('abcdefghij')]
for round_number in range(6):
    result, (head, *tail) = loops(pairs), count(9)


class Table:
    rows, width = [], 0
    for row, size in pairs:
        rows, width = rows + [(row, size)], width + size
    cells = [(row, width) for row, width in rows if (lambda: width)() > 2]


print(result, head, len(tail), total, Table.width, len(Table.cells))
