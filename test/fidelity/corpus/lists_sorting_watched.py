# A list is looked at, and changed, while it is being sorted.
seen = []
values = [3, 1, 2]


def key(n):
    seen.append((n, len(values)))
    return -n


values.sort(key=key)
values = sorted(values, key=key)


class Item:
    def __init__(self, weight):
        self.weight = weight
        self.compared = 0

    def __lt__(self, other):
        self.compared += 1
        return self.weight < other.weight


items = [Item(w) for w in (4, 2, 6, 1)]
items.sort()
order = [item.weight for item in items]
items.sort(reverse=True)
heaviest = max(items, key=lambda item: item.weight)


def meddling(n):
    changed.append(n)
    return n


changed = [2, 1]
try:
    changed.sort(key=meddling)
except ValueError as error:
    said = str(error)
changed = [3, 'x']
try:
    changed.sort()
except TypeError as error:
    said = str(error)


def failing(n):
    if n == 2:
        raise KeyError(n)
    return n


changed = [3, 2, 1]
try:
    changed.sort(key=failing)
except KeyError as error:
    said = error.args
