# Strings, big and special numbers, bytes.
import math

text = ''
for c in 'gröüß\U0001f600\x00\ud800 end':
    text += c
text = text.encode('utf-8', 'surrogatepass')
words = 'a,b,,c'.split(',')
joined = '-'.join(words) * 2
parts = joined.partition('-')
formatted = '%05d|%-6s|%r' % (42, 'left', None)
formatted = f'{math.pi:.3f} {formatted!r:>40} {"x" * 3}'
table = joined.maketrans('abc', 'xyz')
translated = joined.translate(table)
long_text = 'x' * 1000
long_text = long_text + 'y'
long_text += long_text
same = long_text
same += 'z'
n = 1
for i in range(6):
    n = n * 1000003 + i
n = -n
n <<= 100
n >>= 90
edges = [2 ** 31, 2 ** 62, 2 ** 63 - 1, 2 ** 63, 2 ** 64, -2 ** 63, -2 ** 63 - 1, -1, 0, 255, 256, 257]
n = 10 ** 50 // 7
flags = [True, False, 1, 0, True + True]
floats = [0.0, -0.0, 1e308 * 10, -math.inf, math.nan, 5e-324, 0.1 + 0.2, 1.0, 2.0 ** 70]
z = 3 + 4j
z *= -1j
zero = complex(-0.0, 0.0)
b = b'abc' + bytes([0, 255])
b += b[::-1]
array = bytearray(b)
array[0] = 0
array.extend(b'!')
array += b'?'
del array[1:3]
view = memoryview(array)
view[0] = 65
view.release()
whole = 7 / 7
divided = divmod(-7, 2)
rounded = round(2.5), round(-1.5), round(1234.567, -2)
number = float('1e3'), int('-0x1f', 16), bool(''), str(0.1)
nothing = ...
unknown = NotImplemented
r = range(10, 0, -3)
s = slice(1, None)


class Celsius(float):
    pass


class Id(int):
    def __new__(cls, n):
        made = super().__new__(cls, n)
        made.original = str(n)
        return made


class Name(str):
    __slots__ = ()


c = Celsius(36.6)
c.note = 'warm'
i = Id(7)
i += 1
i = Id(9)
i.extra = [i]
name = Name('bob')
names = {name: i}
names['bob'] = 'equal key'
