"""A bytearray that is changed by those who hold its memory."""
import io
import os
import struct
import tempfile


def views():
    data = bytearray(range(16))
    view = memoryview(data)
    view[0] = 200
    view[-1] = 201
    view[4:8] = b'abcd'
    part = view[2:10]
    part[0] = 1
    part[::2] = b'\0\0\0\0'
    data[5] = 77
    words = view.cast('H')
    words[3] = 0xffff
    backwards = view[::-1]
    backwards[0] = 9
    grid = view.cast('B', [4, 4])
    grid[2, 1] = 5
    del words, grid, backwards, part
    view.release()
    data += b'longer now'
    with memoryview(data) as held:
        held[1] = 2
    data.append(3)
    return data


def packed():
    data = bytearray(24)
    struct.pack_into('<IhB', data, 0, 1 << 31, -2, 3)
    record = struct.Struct('>d')
    record.pack_into(data, 8, 1.5)
    record.pack_into(memoryview(data), 16, -1.5)
    return record.unpack_from(data, 8), data


def read_into():
    data = bytearray(8)
    source = io.BytesIO(b'0123456789')
    count = source.readinto(data)
    count = source.readinto(memoryview(data)[4:])
    with tempfile.TemporaryFile() as file:
        file.write(b'from a file')
        file.seek(0)
        count = file.readinto(data)
        file.seek(2)
        count = os.readv(file.fileno(), [data]) if hasattr(os, 'readv') else 0
    return data


def writes_of_others():
    target = bytearray(5)
    stream = io.BytesIO()
    stream.write(target)
    inner = stream.getbuffer()
    inner[0] = 65
    inner.release()
    text = stream.getvalue()
    return text


def no_change():
    data = bytearray(b'key=value')
    parts = data.split(b'=')
    upper = data.upper()
    joined = b''.join([data, upper])
    number = int.from_bytes(data[:4], 'big')
    same = data == b'key=value'
    return data, parts


results = [views(), packed(), read_into(), writes_of_others(), no_change()]
shared = bytearray(b'shared')
one, two = memoryview(shared), memoryview(shared)[3:]
one[3] = 83
two[1] = 33
frozen = memoryview(b'constant')
slices = [frozen[1:3], frozen[::2]]
