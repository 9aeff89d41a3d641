# An update from a generator that raises in the middle leaves what it had.
class Boom(Exception):
    pass


def pairs(n):
    for i in range(n):
        yield i, [i]
    raise Boom(n)


def items(n):
    for i in range(n):
        yield i
    raise Boom(n)


d = {'k': 0}
for n in (0, 2, 5):
    try:
        d.update(pairs(n))
    except Boom as e:
        got = e.args
x = [0]
s = {0}
for n in (0, 3):
    try:
        x.extend(items(n))
    except Boom:
        pass
    try:
        x += items(n)
    except Boom:
        pass
    try:
        x[1:1] = items(n)
    except Boom:
        pass
    try:
        s.update(items(n), items(9))
    except Boom:
        pass
    try:
        s |= items(n)
    except TypeError:
        pass
try:
    d.update([(1, 2), (3,)])
except ValueError as e:
    bad = str(e)[:10]
try:
    d.update({'q': 1}, **{'r': 2, 'k': 3})
    d.update([('a', 1), ([], 2)])
except TypeError:
    pass


class Keys:
    def keys(self):
        yield 'one'
        yield 'two'
        raise Boom

    def __getitem__(self, key):
        d['seen ' + key] = len(d)
        return key


try:
    d.update(Keys())
except Boom:
    pass
try:
    s.difference_update([0], items(2))
except Boom:
    pass
try:
    s.symmetric_difference_update(items(2))
except Boom:
    pass
try:
    s.intersection_update([1, 2], items(1))
except Boom:
    pass
