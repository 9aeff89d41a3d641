# Loops with else, break, continue, try in loops, while, nested conditions, match without match.
found = []
for n in range(2, 12):
    for d in range(2, n):
        if n % d == 0:
            break
    else:
        found.append(n)
n = 10
while n > 0:
    n -= 3
    if n == 4:
        continue
    if n < 2:
        break
else:
    n = 'never'
while n < 3:
    n += 1
else:
    n = 'done'
i = 0
while True:
    i += 1
    try:
        if i == 2:
            continue
        if i == 4:
            break
        found.append('try %d' % i)
    finally:
        found.append('finally %d' % i)
kind = 'a' if i > 3 else 'b' if i > 2 else 'c'
both = i and found and None or 'default'
chain = 1 < i < 5 != 3
for x in []:
    pass
else:
    x = 'empty'
for found[0] in 'ab':
    pass
for i, found[1] in enumerate('cd'):
    i = -1
for i in range(3): pass
if i: pass
elif x: x = 1
else: x = 2
a = 1; b = 2; c = [a, b]; a, b = b, a
if a > b: a -= 1; b += 1
for i in range(2): c.append(i); c.append(-i)
x = [
    a,
    b,
    (
        c[0]
        + c[1]
    ),
]; y = (
    'two '
    'texts'
)
result = max(
    len(y),
    sum(
        x
    ),
)
if (
    a
    and b
):
    x = {
        'k': [
            1,
        ],
    }
backslash = 1 + \
    2 + \
    3
