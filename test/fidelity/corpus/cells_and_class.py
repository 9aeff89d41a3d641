# super(), __class__ cells, class bodies in functions, functions in class bodies.
def make(base, items):
    n = len(items)

    class Made(base):
        size = n
        items2 = items

        def __init__(self):
            super().__init__()
            self.n = n
            items.append(self)

        def renew(self):
            nonlocal n
            n += 1
            return __class__

    items = items + ['rebound']
    return Made


class Base:
    def __init__(self):
        self.base = type(self).__name__


found = []
First = make(Base, found)
one = First()
two = First()
same = one.renew() is First
one.renew()
Second = make(First, found)
three = Second()


def outer():
    x = ['outer']

    class Inner:
        x = x if False else 'class'
        y = [x]

        def get(self):
            return x

    return Inner


try:
    Inner = outer()
    got = Inner().get()
except (NameError, UnboundLocalError) as error:
    got = type(error).__name__


def cells(a):
    def first():
        return a, b

    def second(v):
        nonlocal b
        b = v

    b = [a]
    second(first())
    a = 'late'
    return first, second


first, second = cells(1)
value = first()
second(value)
value = first()
contents = [c.cell_contents for c in first.__closure__]
first.__closure__[0].cell_contents = 'set from outside'
value = first()
del first.__closure__[1].cell_contents
try:
    first()
except NameError:
    value = 'empty cell'
