# A generator that changes objects others hold, between its steps.
def filler(target, items):
    for item in items:
        target.append(item)
        yield len(target)
    target.append('end')


def swapper(d):
    while d:
        key, value = d.popitem()
        back = yield key, value
        if back is not None:
            d[back] = value


basket = []
f = filler(basket, 'abc')
next(f)
basket.append('between')
next(f)
basket = basket[:]
next(f)
left = list(f)
d = {'a': 1, 'b': 2}
s = swapper(d)
pair = next(s)
pair = s.send('c')
d['more'] = pair
pair = next(s)
pair = s.send('again')
s.close()


def pipeline():
    numbers = (n for n in range(6))
    kept = []
    odd = (kept.append(n) or n for n in numbers if n % 2)
    doubled = [n * 2 for n in odd]
    return kept, doubled


result = pipeline()
chunks = iter([[1], [2], [3]])
flat = []
for chunk in chunks:
    flat += chunk
    extra = next(chunks, None)
    if extra:
        flat.append(extra)


class Countdown:
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        while self.n:
            self.n -= 1
            yield self.n


c = Countdown(3)
for n in c:
    c.seen = getattr(c, 'seen', ()) + (n,)
