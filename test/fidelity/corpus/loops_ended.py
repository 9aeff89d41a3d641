"""Variables of loops: bound by each round, and by no visit of the loop's line that ends it."""


class Numbers:
    def __init__(self, stop, fails_at=None):
        self.at, self.stop, self.fails_at = 0, stop, fails_at

    def __iter__(self):
        return self

    def __next__(self):
        if self.at == self.stop:
            raise StopIteration
        if self.at == self.fails_at:
            raise LookupError(self.at)
        self.at += 1
        return self.at


def counted(n):
    for i in range(n):
        yield i, -i


def plain():
    for i in range(3):
        last = i
    i = 'free'
    for i in ():
        last = i
    return i, last


def nested(rows):
    total = 0
    for row in rows:
        for a, *rest in row:
            for b in rest:
                total += a * b
        else:
            row = 'done'
    return total, row


def on_one_line(items):
    for x in items: break
    for y in items: pass
    for z in items: w = z
    for x in items: return x, y, z, w


def left_early(items):
    for i, item in enumerate(items):
        if item == 2:
            break
        if item == 0:
            continue
        kept = item
    else:
        kept = 'all'
    for item in items:
        pass
    for item in items:
        try:
            for item in Numbers(4, item):
                kept = item
        except LookupError as error:
            kept = error.args
            continue
        finally:
            i = item
    return i, item, kept


def wrong_shape():
    a = b = 0
    try:
        for a, b in [(1, 2), (3, 4, 5)]:
            c = a
    except ValueError:
        return a, b, c


def into_other_places():
    box = {}
    holder = Numbers(0)
    for box['key'] in range(2):
        seen = dict(box)
    for holder.stop in range(2):
        seen = holder.stop

    def inner():
        nonlocal cell
        for cell in range(3):
            before = cell
        return before
    cell = 'outer'
    return inner(), cell, box, seen


def from_generators():
    for pair in counted(3):
        i, j = pair
    for i, j in counted(2):
        pair = None
    for i in (j for j in range(2)):
        pair = [k for k in range(i)]
    return i, j, pair


def in_finally(fails):
    try:
        if fails:
            raise ValueError
    except ValueError:
        return 'caught'
    else:
        i = 0
    finally:
        for i in range(2):
            try:
                last = i
            finally:
                for j in (i, last):
                    seen = j
    return i, j, seen


for number in range(3):
    twice = number * 2
for number, letter in zip(range(2), 'ab'):
    twice = letter
for number in Numbers(2):
    twice = number
number = None
for number in []:
    twice = number


class Body:
    for name in 'ab':
        last = name
    for name, count in ():
        last = name


results = [plain(), nested([[(1, 2, 3), (4, 5)], []]), on_one_line([1, 2]), left_early([0, 1, 2]), left_early([3]),
           wrong_shape(), into_other_places(), from_generators(), in_finally(True), in_finally(False)]
