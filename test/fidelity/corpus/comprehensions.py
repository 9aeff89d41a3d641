# needs 3.8
# Comprehensions of all kinds, nested, with walrus, with side effects.
squares = [n * n for n in range(5)]
pairs = [(a, b) for a in 'xy' for b in range(2) if b or a == 'x']
matrix = [[r * 3 + c for c in range(3)] for r in range(2)]
flipped = [[row[i] for row in matrix] for i in range(3)]
lengths = {word: len(word) for word in ('a', 'bb', 'ccc')}
letters = {c for word in lengths for c in word}
seen = []
values = [seen.append(n) or n for n in range(3)]
last = [y := n, y ** 2] if (n := 4) else None
running = 0
totals = [running := running + n for n in range(4)]
multi = [
    n
    for n in range(6)
    if n % 2
    if n > 1
]
by_key = {
    k: [v for v in range(k)]
    for k in range(3)
}


def scope(n):
    a = [n + i for i in range(2)]
    b = {i: -i for i in a}
    n = [
        n
        for n in b.values()
    ]
    return [x for x in [i for i in n]]


result = scope(5)


class Body:
    items = [1, 2]
    doubled = [i * 2 for i in items]
    pairs = {i: j for i in items for j in 'ab'}


i = 'outer'
shadow = [i for i in range(2)]
try:
    broken = [1 // n for n in (1, 0)]
except ZeroDivisionError:
    broken = 'no'
lazy = (n for n in squares)
squares.append('seen by the generator')
lazy = list(lazy)
deep = [[[n for n in range(a)] for a in range(b)] for b in range(3)]
