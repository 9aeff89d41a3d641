log = []
data = [5, 3, 9, 1]
other = [1, 2, 3]


def key(value):
    log.append(value)
    other.insert(0, value)
    if value == 9:
        data.append('while sorting')
    return value


try:
    data.sort(key=key)
except ValueError as error:
    message = str(error)
after = list(data)
data[:] = [4, 2, 8]


class Cmp:
    made = 0

    def __init__(self, n):
        self.n = n
        Cmp.made += 1

    def __lt__(self, other_one):
        Cmp.made -= 10
        self.n, other_one.n = self.n, other_one.n
        log.append((self.n, other_one.n))
        holder['list'][0:0] = []
        return self.n < other_one.n


holder = {}
items = [Cmp(n) for n in (3, 1, 2)]
holder['list'] = other
items.sort()
items.sort(reverse=True)
best = max(items, key=lambda c: holder.setdefault(c.n, len(holder)) or 0)
worst = min(items)
ordered = sorted(items, key=lambda c: (other.pop(), -c.n)[1])


class Evil(list):
    def __getitem__(self, index):
        self.append(index)
        return super().__getitem__(index)


evil = Evil([1, 2])
got = evil[0]
first, *rest = evil
total = sum(evil)
s = sorted(evil, key=evil.count)
try:
    evil.sort(key=lambda v: evil.clear())
except ValueError:
    evil.extend('ab')
nested = [[3], [1], [2]]
nested.sort(key=lambda l: l.append(0) or l[0])
nested.sort(key=len, reverse=True)
data.sort(key=lambda v: [data.append(v) for _ in ()] or v)
done = True
