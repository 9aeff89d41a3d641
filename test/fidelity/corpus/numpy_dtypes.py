"""numpy: all kinds of elements, records, objects and scalars."""
# needs numpy
import numpy as np


def numbers():
    kinds = ['b1', 'i1', 'u1', 'i2', 'u2', 'i4', 'u4', 'i8', 'u8', 'f2', 'f4', 'f8', 'c8', 'c16', '>i4', '>f8']
    arrays = [np.arange(3).astype(kind) for kind in kinds]
    for a in arrays:
        a[1] = 1
    arrays[8][0] = 2 ** 64 - 1
    arrays[11][0] = float('nan')
    return arrays


def texts_and_dates():
    names = np.array(['one', 'two', 'grün'])
    names[0] = 'zero'
    raw = np.array([b'ab', b'c'])
    raw[1] = b'dd'
    days = np.array(['2024-01-01', '2024-02-03'], dtype='M8[D]')
    days[0] += 1
    spans = np.array([1, 2], dtype='m8[25s]')
    spans *= 2
    nothing = np.array(['NaT'], dtype='M8[ns]')
    return names, raw, days, spans, nothing


def records():
    people = np.zeros(2, dtype=[('name', 'U5'), ('age', '<i4'), ('place', '<f8', (2,))])
    people[0] = ('Ann', 30, (1.0, 2.0))
    people['age'][1] = 40
    people[1]['name'] = 'Bob'
    people['place'][0, 1] = 9
    inner = np.zeros(1, dtype={'names': ['x', 'y'], 'formats': ['i2', [('z', 'u1')]], 'offsets': [0, 6], 'itemsize': 8})
    inner['y']['z'] = 3
    return people, inner


def objects():
    a = np.empty(3, dtype=object)
    a[0] = [1, 2]
    a[1] = a[0]
    a[2] = 'text'
    a[0].append(3)
    grid = np.array([[1, None], [{'k': 1}, (2,)]], dtype=object)
    grid[1, 0]['k'] = 2
    row = grid[1]
    row[1] = row
    a[:2] = 5
    a += 1 if False else np.array([1, 2, '!'], dtype=object)
    a.sort(axis=0) if False else None
    a[::-1][0] = 'last'
    for i in range(4):
        a[0] = a[0] + 1000
        a[1] = [i]
    row[1] = 0
    return a, grid, row


def scalars():
    one = np.int64(1)
    half = np.float32(0.5)
    exact = np.float64(0.1)
    yes = np.bool_(True)
    z = np.complex64(1j)
    day = np.datetime64('2024-05-06')
    span = np.timedelta64(3, 'h')
    tiny = np.uint8(255)
    big = np.uint64(2 ** 64 - 1)
    text = np.str_('s')
    table = {np.int64(3): 'three', 'total': np.arange(3).sum()}
    total = np.int32(0)
    for n in range(3):
        total += np.int32(n)
    return one, half, exact, yes, z, day, span, tiny, big, text, table, total


class Tagged(np.ndarray):
    pass


def subclasses():
    a = np.arange(3).view(Tagged)
    a.tag = 'first'
    a[0] = 9
    a += 1
    return a


results = [numbers(), texts_and_dates(), records(), objects(), scalars(), subclasses()]
