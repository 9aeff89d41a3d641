# Functions made and dropped: the next one may lie where the last one lay.
def make(a):
    b = [a]
    def inner(c):
        nonlocal a, b
        b = [c, b][:2]
        return a, b
    inner(1)
    return inner
f = make(1)
v = f(2)
def make(a):
    b = [a]
    def inner(c):
        nonlocal a, b
        return a, b
    inner(1)
    return inner
f = make(1)
v = f(2)
f = make(3)
f = make(4)
g = make(5)
pass


def generate(n):
    yield n
    yield [n]


for i in range(5):
    h = lambda: i
    g = generate(i)
    first = next(g)
    bound = [].append
    bound(h)
    iterator = iter([i])
    h = g = bound = iterator = None
    h = lambda x: x
    kept = [h, generate]
    del h
