# Texts built up piece by piece.
def build(n):
    s = ''
    b = b''
    for i in range(n):
        s += 'ab'
        b += b'x'
        if i % 7 == 0:
            t = s
    return s, t, b


got = build(40)


class H:
    text = ''


h = H()
for i in range(30):
    h.text += 'chunk%d' % i
d = {'t': ''}
for i in range(30):
    d['t'] += 'é' * i
x = 'abc' * 50
y = x
x += 'd'
x = x[:-1]
x += '漢'
z = x == y
u = []
for c in 'hello world':
    u.append(c)
    w = ''.join(u)
v = w * 20
v = v + v
v = v[1:]
v += v
