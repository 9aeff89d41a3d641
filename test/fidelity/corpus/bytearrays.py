"""Everything a bytearray can do to itself."""


class Packet(bytearray):
    pass


def methods():
    data = bytearray(b'hello')
    alias = data
    data.append(33)
    data.extend(b' world')
    data.extend([1, 2, 3])
    data.extend(x for x in (4, 5))
    data += b'tail'
    data.insert(0, 65)
    data.insert(-1, 66)
    data.insert(100, 67)
    last = data.pop()
    first = data.pop(0)
    middle = data.pop(-3)
    data.remove(33)
    data.reverse()
    data *= 2
    data[3] = 255
    data[-1] = 0
    data[2:4] = b'XYZ'
    data[::3] = bytes(len(data[::3]))
    del data[0]
    del data[-2:]
    del data[::4]
    data[5:5] = b'inserted'
    copy = bytes(data)
    data *= 0
    data += copy
    data.clear()
    return alias, last, first, middle


def failures():
    data = bytearray(b'abc')
    for action in (lambda: data.append(300), lambda: data.pop(10), lambda: data.remove(1),
                   lambda: data.extend([1, 2, 400]), lambda: data.__setitem__(9, 1)):
        try:
            action()
        except (ValueError, IndexError, TypeError) as error:
            text = str(error)
    return data


def init_again():
    data = bytearray(b'one')
    data.__init__(b'two and more')
    data.__init__(3)
    data.__init__([7, 8, 9])
    return data


def init_with_itself(data):
    try:
        data.__init__(data)  # empties it before it reads it
    except BufferError:
        data.append(1)
    return data


class Index:
    def __init__(self, data, value):
        self.data = data
        self.value = value

    def __index__(self):
        seen = len(self.data)
        return self.value


def code_in_between():
    data = bytearray(b'abcdef')
    data[Index(data, 1)] = 1
    data.append(Index(data, 5))
    data.extend([Index(data, 6), Index(data, 7)])
    data.insert(Index(data, 0), 3)
    return data


def attributes():
    packet = Packet(b'payload')
    packet.name = 'first'
    packet += b'!'
    packet.parent = packet
    packet[0:1] = b'P'
    del packet.name
    return packet


def long_queue():
    queue = bytearray()
    for number in range(300):
        queue += number.to_bytes(2, 'little')
        if number % 3 == 0:
            del queue[:2]
    while len(queue) > 10:
        queue.pop(0)
    return queue


table = {'buffer': bytearray(4)}
table['buffer'][2] = 7
results = [methods(), failures(), init_again(), init_with_itself(bytearray(b'abc')), code_in_between(), attributes(), long_queue()]
list(map(table['buffer'].append, [1, 2, 3]))
