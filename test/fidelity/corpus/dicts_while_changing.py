# Dicts changed while something iterates over them, and by callbacks.
d = {c: ord(c) for c in 'hello'}
try:
    for key in d:
        d[key + key] = 1
except RuntimeError as error:
    said = str(error)
for key in list(d):
    d.pop(key)
    if len(d) == 2:
        break
d = {'a': 1, 'b': 2}
for key, value in d.items():
    d[key] = value * 10
memo = {}


def collatz(n):
    if n not in memo:
        memo[n] = 0
        memo[n] = 1 + (collatz(n // 2) if n % 2 == 0 else collatz(3 * n + 1)) if n != 1 else 0
    return memo[n]


longest = max(range(1, 8), key=collatz)
groups = {}
for word in 'one two three four five six'.split():
    groups.setdefault(len(word), []).append(word)
inverted = {}
for length, words in groups.items():
    for word in words:
        inverted[word] = length
nested = {'a': {'b': {'c': 1}}}
nested['a']['b']['c'] += 1
nested['a']['x'] = nested
del nested['x' if 'x' in nested else 'a']
table = {(x, y): x * y for x in range(3) for y in range(2)}
while table:
    key, value = table.popitem()
    if value == 0:
        table.clear()
