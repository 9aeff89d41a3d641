# Closures: nonlocal, cells shared by functions, cells deleted, loops that bind late and early.
def counter(start=0):
    count = start

    def up(by=1):
        nonlocal count
        count += by
        return count

    def read():
        return count

    return up, read


def late():
    functions = []
    for i in range(3):
        functions.append(lambda: i)
    functions.append(lambda i=i: i)
    i = 'changed'
    return [f() for f in functions]


def deleting():
    x = [1]

    def use():
        return x

    use().append(2)
    del x
    try:
        use()
    except NameError as error:
        said = type(error).__name__
    x = 'back'
    return use(), said


def nested():
    a = 1

    def middle():
        b = [a]

        def inner():
            nonlocal a, b
            a += 1
            b = b + [a]
            return b
        return inner
    f = middle()
    f()
    a = 10
    return f(), a


def argument_cell(value, *rest, **options):
    def change():
        nonlocal value, rest
        value += 1
        rest += (value,)
        options[str(value)] = rest
    change()
    change()
    return value, rest, options


up, read = counter(5)
up()
up(10)
value = read()
up2, read2 = counter()
up2()
results = late()
results = deleting()
results = nested()
results = argument_cell(1, 2, three=3)


def accumulate():
    total = 0
    while True:
        def add(n):
            nonlocal total
            total += n
            return total
        yield add
        if total > 5:
            return


for add in accumulate():
    add(2)
    add(1)


class Holder:
    def __init__(self):
        secret = []
        self.put = lambda x: secret.append(x)
        self.get = lambda: secret


h = Holder()
h.put(1)
h.put(h)
got = h.get()
