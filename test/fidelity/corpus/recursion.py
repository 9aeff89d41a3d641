# Recursion: direct, mutual, with a memo in a default argument, over nested data.
def factorial(n):
    if n < 2:
        return 1
    rest = factorial(n - 1)
    return n * rest


def even(n):
    return n == 0 or odd(n - 1)


def odd(n):
    return n != 0 and even(n - 1)


def fib(n, memo={}):
    if n in memo:
        return memo[n]
    memo[n] = n if n < 2 else fib(n - 1) + fib(n - 2)
    return memo[n]


def permutations(items):
    if not items:
        return [[]]
    result = []
    for i, item in enumerate(items):
        for rest in permutations(items[:i] + items[i + 1:]):
            result.append([item] + rest)
    return result


def flatten(nested, into=None):
    into = [] if into is None else into
    for item in nested:
        if isinstance(item, list):
            flatten(item, into)
        else:
            into.append(item)
    return into


def hanoi(n, a, b, c):
    if n:
        hanoi(n - 1, a, c, b)
        c.append(a.pop())
        hanoi(n - 1, b, a, c)


def ackermann(m, n):
    if m == 0:
        return n + 1
    return ackermann(m - 1, 1 if n == 0 else ackermann(m, n - 1))


value = factorial(6)
value = even(5), odd(3)
value = fib(8)
memo = fib.__defaults__[0]
memo[100] = 'by hand'
value = permutations([1, 2, 3])
value = flatten([1, [2, [3, []], 4], [[5]]])
left, middle, right = [3, 2, 1], [], []
hanoi(3, left, middle, right)
value = ackermann(1, 2)
