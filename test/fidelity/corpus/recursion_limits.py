# Recursion to the limit, in Python and through C.
# truth from 99.0
import sys

depth = 0


def down():
    global depth
    depth += 1
    return down()


sys.setrecursionlimit(120)
try:
    down()
except RecursionError as e:
    kind = type(e).__name__
    e = None
hit = depth > 50
depth = 0


class A:
    def __repr__(self):
        return repr(self)

    def __getattr__(self, name):
        return getattr(self, name + '_')


try:
    repr(A())
except RecursionError:
    kind = 'repr'
try:
    A().x
except RecursionError:
    kind = 'getattr'
sys.setrecursionlimit(3000)
nested = []
for i in range(200):
    nested = [nested]
n = 0
x = nested
while x:
    x = x[0]
    n += 1


def hanoi(n, a, b, c):
    if n:
        hanoi(n - 1, a, c, b)
        c.append(a.pop())
        hanoi(n - 1, b, a, c)


a, b, c = [4, 3, 2, 1], [], []
hanoi(4, a, b, c)
