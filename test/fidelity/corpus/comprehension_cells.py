# Functions made in comprehensions keep the comprehension's variable: a cell in a module or a class.
# truth until 3.12
# (On 3.13.0 reading f_locals in the middle of such a comprehension crashes the interpreter.)
functions = [lambda: i for i in range(2)]
called = [f() for f in functions]
i = 'outer'
shadow = [i for i in range(2)]
table = {
    n: (lambda: n)
    for n in range(3)
}
called = [f() for f in table.values()]
grid = [[(lambda: (x, y)) for x in range(2)] for y in range(2)]
called = [[f() for f in row] for row in grid]


class Body:
    getters = [lambda self: i for i in range(2)]
    values = [
        g(None)
        for g in getters
    ]


def scope(n):
    a = [n + i for i in range(2)]
    b = {i: (lambda: i)() for i in a}
    return [x for x in (lambda: [i for i in b])()]


result = scope(5)
