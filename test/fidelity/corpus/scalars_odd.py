# Numbers and texts at the edges.
big = 10 ** 100
neg = -(2 ** 63)
neg2 = -(2 ** 63) - 1
pos = 2 ** 63
edge = [2 ** 62, 2 ** 63 - 1, 2 ** 64, -2 ** 64, 2 ** 30, -2 ** 30, 2 ** 31]
nan = float('nan')
inf = [float('inf'), -float('inf'), -0.0, 0.0, 5e-324, 1.7976931348623157e308]
c = complex(-0.0, nan)
c2 = complex(inf[0], -0.0)
s = '\ud800x\udfff'
t = '\x00null\x00'
u = ['é', '漢字', '😀', '\u0100', '\xff', '']
b = [b'', b'\x00\xff', bytes(range(256))]
d = {nan: 1, 0.0: 'zero', s: t}
d[nan] = 2
d[float('nan')] = 3
d[-0.0] = 'minus'
d[False] = 'false'
del d[nan]
st = {nan, nan, 1, 1.0, True}
st.add(float('nan'))
st.discard(nan)
e = {1: 'a', True: 'b', 1.0: 'c', 1 + 0j: 'd'}


class I(int):
    pass


class S(str):
    pass


class F(float):
    pass


class B(bytes):
    pass


i = I(7)
i.attr = [i]
x = S('text')
x.attr = x
f = F(-0.0)
f.y = f
y = B(b'bb')
y.z = 1
k = {i: 'int sub', x: 'str sub', f: 0}
k[7] = 'plain'
k['text'] = 'plain'
k[S('text')] = 'other sub'
r = [range(3), slice(1, None, 2), ..., NotImplemented]
fact = 1
for n in range(1, 60):
    fact *= n
big >>= 300
digits = len(str(fact))
