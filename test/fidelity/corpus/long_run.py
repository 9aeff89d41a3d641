# Many thousand steps over the same few objects: chunks, milestones, frames that outlive them.
# states every 97
import random


class Node:
    def __init__(self, key):
        self.key = key
        self.count = 0
        self.links = []

    def touch(self, other):
        self.count += 1
        self.links.append(other.key)
        if len(self.links) > 4:
            del self.links[:3]
        other.last = self
        return self.count


def forever():
    total = 0
    seen = {}
    while True:
        got = yield total
        total += got
        seen[got % 13] = total
        if len(seen) > 10:
            seen.clear()


def descend(n, trail):
    mine = [n]
    trail.append(mine)
    if n:
        descend(n - 1, trail)
    mine.append('back')
    return trail


def outer(rounds):
    outer_list = []
    outer_text = ''
    running = forever()
    next(running)
    for r in range(rounds):
        a, b = nodes[r * 7 % 11], nodes[r * 5 % 11]
        value = a.touch(b)
        if r % 3 == 0:
            table[r % 17] = [value, a]
        elif r % 3 == 1:
            table.pop(r % 17, None)
        else:
            members.add(r % 23)
            members.discard(r % 19)
        outer_list.append(running.send(r))
        if len(outer_list) > 15:
            outer_list[:10] = []
        if r % 50 == 0:
            random.shuffle(order)
            trail = descend(6, [])
            outer_text = (outer_text + str(len(trail)))[-20:]
        if r % 400 == 399:
            nodes[r % 11] = Node('new %d' % r)
    return outer_list


random.seed(5)
nodes = [Node('node %d' % i) for i in range(11)]
table = {}
members = set()
order = list(range(20))
result = outer(2500)
nodes.clear()
