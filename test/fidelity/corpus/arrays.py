"""array.array: its methods, slots and views."""
import array
import io


class Samples(array.array):
    pass


def methods():
    numbers = array.array('i', [3, 1, 2])
    alias = numbers
    numbers.append(-4)
    numbers.extend([5, 6])
    numbers.extend(array.array('i', [7]))
    numbers.extend(n for n in (8, 9))
    numbers.insert(0, 100)
    numbers.insert(-2, 200)
    last = numbers.pop()
    second = numbers.pop(1)
    numbers.remove(200)
    numbers.reverse()
    numbers[0] = 11
    numbers[1:3] = array.array('i', [21, 22, 23])
    numbers[::2] = array.array('i', [0] * len(numbers[::2]))
    del numbers[0]
    del numbers[1:2]
    del numbers[::3]
    numbers += array.array('i', [31, 32])
    numbers *= 2
    numbers.byteswap()
    numbers.byteswap()
    numbers.fromlist([41, 42])
    numbers.frombytes(array.array('i', [51]).tobytes())
    return alias, last, second


def kinds():
    doubles = array.array('d', [0.0, -0.0, float('nan'), float('inf'), 1.5])
    floats = array.array('f', [1.5, 2.5])
    wide = array.array('q', [-2 ** 63, 2 ** 63 - 1])
    unsigned = array.array('Q', [2 ** 64 - 1])
    small = array.array('b', b'\xff\x01')
    letters = array.array('u', 'text')
    letters.fromunicode('more')
    letters[0] = 'T'
    doubles[1] = 3
    doubles.append(7)
    unsigned[0] -= 1
    return doubles, floats, wide, unsigned, small, letters


def views():
    numbers = array.array('h', range(8))
    view = memoryview(numbers)
    view[2] = -5
    view[4:6] = array.array('h', [1, 2])
    inner = view[::3]
    inner[1] = 77
    with io.BytesIO(b'\1\2\3\4') as source:
        source.readinto(numbers)
    inner.release()
    view.release()
    numbers.append(9)
    return numbers


def attributes():
    samples = Samples('d', [1.0])
    samples.rate = 44100
    samples.append(2.0)
    samples.rate += 1
    return samples


def sorting(values):
    for i in range(1, len(values)):
        j = i
        while j > 0 and values[j - 1] > values[j]:
            values[j - 1], values[j] = values[j], values[j - 1]
            j -= 1
    return values


results = [methods(), kinds(), views(), attributes(), sorting(array.array('i', [5, 2, 9, 1, 7]))]
