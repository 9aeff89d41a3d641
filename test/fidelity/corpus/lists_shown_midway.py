# Containers that are made and filled in one line, by code that has its first look at them in the middle of that.
import collections


def seen(container, item):
    looks.append(len(container))
    return item


looks = []
a = [1, 2, 3]; a *= 2; a += (seen(a, x) for x in a[:2]); a.sort(key=lambda x: seen(a, x))
b = []; b.extend(seen(b, x) for x in range(3)); b.append(looks)
c = {}; c.update((x, seen(c, x)) for x in range(3)); c['more'] = b
d = set(); d.update(seen(d, x) for x in range(3)); d |= {seen(d, 7)}
e = collections.deque(); e.extend(seen(e, x) for x in range(3)); e.rotate(1)
f = bytearray(); f.extend(seen(f, x) for x in range(3)); f += bytes([seen(f, 9)])


def fill(container, count):
    for x in range(count):
        yield len(container)
        looks.append(container)


def inside():
    g = []; g.extend(fill(g, 2)); g += fill(g, 2)
    h = collections.deque(maxlen=3); h.extend(fill(h, 5))
    i = [3, 1, 2]; i.sort(key=lambda x: seen(i, -x)); i[1:2] = fill(i, 2)
    return g, h, i


j = inside()
