"""numpy: everything that writes into an array."""
# needs numpy
import numpy as np


def elements():
    a = np.zeros(6)
    a[0] = 1.5
    a[-1] = 2
    a[1:4] = [7, 8, 9]
    a[::2] = -1
    a[[1, 3]] = 5, 6
    a[a > 5] = 0
    a[...] = 4
    grid = np.arange(12).reshape(3, 4)
    grid[1, 2] = 100
    grid[2] = 0
    grid[:, 1] = -1
    grid[0, ::2] += 5
    grid[(0, 1), (3, 3)] = 77
    return a, grid


def in_place():
    a = np.arange(5, dtype=np.int32)
    b = a
    a += 1
    a *= 2
    a -= np.int32(3)
    a //= 2
    a **= 2
    a %= 7
    a <<= 1
    a |= 1
    a ^= 2
    f = np.ones(3)
    f /= 3
    np.add(f, 1, out=f)
    np.multiply(f, 2, f)
    np.negative(f, out=f)
    np.sqrt(np.abs(f), out=f)
    np.add.at(f, [0, 0, 1], 10)
    np.cumsum(f, out=f)
    np.add.accumulate(f, out=f)
    np.add.reduce(np.ones((2, 3)), out=f)
    np.dot(np.eye(3), f, out=np.zeros(3))
    np.clip(f, 0, 1, out=f)
    f.clip(0.5, 0.75, out=f)
    np.maximum(f, 0.6, out=f)
    return a, b, f


def methods():
    a = np.array([3, 1, 2, 9, 5])
    a.sort()
    a.fill(7)
    a.put([0, 2], [1, 2])
    np.put(a, [1], [40])
    np.copyto(a, np.arange(5))
    np.copyto(a, 9, where=a > 2)
    np.putmask(a, a == 9, 0)
    np.place(a, a == 0, [5])
    a[::-1].sort()
    a.partition(2)
    np.fill_diagonal(np.zeros((2, 2)), 1)
    a.byteswap(True)
    a.byteswap(True)
    a.flat[1] = 11
    a.flat = 3
    c = np.array([1 + 2j, 3j])
    c.real = 9
    c.imag[0] = 7
    np.take(a, [0, 1], out=a[:2])
    rng = np.random.RandomState(3)
    rng.shuffle(a)
    np.concatenate([a[:2], a[2:]], out=np.zeros(5, int))
    a.resize(7, refcheck=False)
    return a, c


def views():
    base = np.arange(10)
    part = base[2:8]
    part[0] = 100
    back = base[::-1]
    back[0] = -1
    table = np.arange(6).reshape(2, 3)
    turned = table.T
    turned[2, 0] = 50
    turned += 1
    flat = table.ravel()
    flat[0] = 9
    fortran = np.asfortranarray(np.arange(6).reshape(2, 3))
    fortran[1, 0] = 8
    column = fortran[:, 1]
    column[:] = 0
    column.sort()
    wide = np.broadcast_to(np.arange(3), (2, 3))
    table.shape = (3, 2)
    words = np.arange(4, dtype='<u4').view('<u2')
    words[1] = 1
    return base, part, back, table, turned, flat, fortran, column, wide, words


def shared_with_python():
    data = bytearray(8)
    a = np.frombuffer(data, dtype=np.uint8)
    a[3] = 7
    data[0] = 9
    view = memoryview(a)
    view[1] = 5
    b = np.zeros(4)
    held = memoryview(b)
    held[2] = 1.5
    return data, a, b


def no_dimensions():
    a = np.array(5)
    a[()] = 6
    a += 1
    empty = np.zeros((0, 3))
    return a, empty


results = [elements(), in_place(), methods(), views(), shared_with_python(), no_dimensions()]
a = np.arange(4)
failed = []
for key, value in ((9, 1), (0, 'text'), (-9, 1), ((0, 0), 1), (slice(0, 2), [1, 2, 3]), (10 ** 30, 1), (slice(1, 9, 0), 1)):
    try:
        a[key] = value
    except (IndexError, ValueError) as error:
        failed.append(type(error).__name__)
a.setflags(write=False)
try:
    a[1] = 5
except ValueError as error:
    failed.append(str(error))
a.flags.writeable = True
a.resize((2, 2), refcheck=False)
a[1] = 9
view = a[0]
view.flags['WRITEABLE'] = False
view.setflags(write=True)
view[0] = 8
frozen = np.array([[1], 'two'], dtype=object)
turned, row = frozen[::-1], a.T
for array in (frozen, a):
    array.setflags(write=False)
frozen[0].append(2)
turned[0] = row[0, 0] = 3
