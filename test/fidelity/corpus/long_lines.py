"""Lines of hundreds of instructions: tables of lines tell of at most 254 bytes of code at once."""

one = 1
table = {'a': (one, [one, 2, one]), 'b': (one, [one, 2, one]), 'c': (one, [one, 2, one]), 'd': (one, [one, 2, one]), 'e': (one, [one, 2, one]), 'f': (one, [one, 2, one]), 'g': (one, [one, 2, one]), 'h': (one, [one, 2, one]), 'i': (one, [one, 2, one]), 'j': (one, [one, 2, one]), 'k': (one, [one, 2, one]), 'l': (one, [one, 2, one]), 'm': (one, [one, 2, one]), 'n': (one, [one, 2, one]), 'o': (one, [one, 2, one]), 'p': (one, [one, 2, one]), 'q': (one, [one, 2, one]), 'r': (one, [one, 2, one]), 's': (one, [one, 2, one]), 't': (one, [one, 2, one]), 'u': (one, [one, 2, one]), 'v': (one, [one, 2, one]), 'w': (one, [one, 2, one]), 'x': (one, [one, 2, one]), 'y': (one, [one, 2, one])}
found = {}
for key, (number, items) in table.items():
    for item in items:
        found[item, key] = number
del table
count = len(found)


def long_sums(a):
    total = a + a * 2 + a * 3 + a * 4 + a * 5 + a * 6 + a * 7 + a * 8 + a * 9 + a * 10 + a * 11 + a * 12 + a * 13 + a * 14 + a * 15 + a * 16 + a * 17 + a * 18 + a * 19 + a * 20 + a * 21 + a * 22 + a * 23 + a * 24 + a * 25 + a * 26 + a * 27 + a * 28 + a * 29 + a * 30 + a * 31 + a * 32 + a * 33 + a * 34 + a * 35 + a * 36 + a * 37 + a * 38 + a * 39 + a * 40
    b = total
    for c in range(3):
        d = c + b
        b = d
    other = [a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a]
    e = other[0]
    e += 1
    return e


print(long_sums(one), count)
