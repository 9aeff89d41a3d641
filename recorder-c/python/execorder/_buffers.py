"""Builds bytearrays, arrays, memoryviews and numpy's arrays and scalars from recorded memory.

Views share their memory with the copy of the object that they are views of. Numpy is used where it can be imported;
without it, its arrays come back as an OpaqueArray.
"""

from __future__ import annotations

import struct
import types
from array import array
from collections import namedtuple
from contextlib import contextmanager
from importlib import import_module
from io import BytesIO

from execorder._layout import built_in_base, look_up
from execorder._native import Ref
from execorder._opaque import OpaqueArray

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Optional

Memory = namedtuple('Memory', [
    'format', 'item_bytes', 'shape', 'strides', 'offset', 'memory', 'read_only', 'has_values',
])


def memory_of(contents) -> Memory:
    """How the elements lie in the memory: the bytes, a list of values, or the Ref of the object whose memory it is."""
    return Memory._make(contents.items)


def is_view(contents) -> bool:
    """Whether the memory is another object's."""
    return contents.kind == 'buffer' and type(contents.items[5]) is Ref


def numpy_or_none():
    """The numpy module, or None where there is none."""
    try:
        return import_module('numpy')
    except ImportError:
        return None


def make_buffer(cls: type, memory: Memory, storage: object = None) -> object:
    """A copy: of `cls` where that is a living class; None when it can't be made. `storage` is the copy of the object
    whose memory this is a view of."""
    base = built_in_base(cls)
    if base is bytearray:
        return _bytearray(cls, memory.memory)
    if base is array:
        return _array(cls, memory)
    if cls is memoryview:
        return _memoryview(memory, storage)
    if memory.format is None:
        return None
    return _numpy_object(cls, memory, storage)


def fill_values(copy: object, values: list) -> None:
    """Puts the elements into an array of objects."""
    if type(copy) is OpaqueArray:
        copy._fill(values)
        return
    with _writable(copy):
        flat = _numpy_flat(copy)
        for index, value in enumerate(values):
            flat[index] = value


def _bytearray(cls: type, data: bytes) -> bytearray:
    copy = bytearray.__new__(cls)
    bytearray.extend(copy, data)
    return copy


def _array(cls: type, memory: Memory) -> array:
    copy = array.__new__(cls, memory.format)
    array.frombytes(copy, memory.memory)
    return copy


# Memoryviews

def _memoryview(memory: Memory, storage: object) -> Optional[memoryview]:
    if memory.format == 'released':
        view = memoryview(b'')
        view.release()
        return view
    data = storage if storage is not None else memory.memory
    if storage is None and not memory.read_only:
        data = BytesIO(memory.memory).getbuffer()
    try:
        flat = memoryview(data).cast('B') if not _is_numpy(data) else memoryview(_numpy_bytes(data))
        view = _shaped(flat, memory)
        return view.toreadonly() if memory.read_only and hasattr(view, 'toreadonly') else view
    except (TypeError, ValueError):
        return None


def _shaped(flat: memoryview, memory: Memory) -> memoryview:
    shape, size = memory.shape, memory.item_bytes
    count = 1
    for length in shape:
        count *= length
    if len(shape) == 1 and memory.strides[0] != size:
        return _strided(flat, memory)
    part = flat[memory.offset:memory.offset + count * size]
    return part.cast(memory.format, list(shape)) if len(shape) != 1 else _cast(part, memory.format)


def _cast(part: memoryview, letter: str) -> memoryview:
    return part if letter == 'B' else part.cast(letter)


def _strided(flat: memoryview, memory: Memory) -> memoryview:
    stride, size, count = memory.strides[0], memory.item_bytes, memory.shape[0]
    if stride % size:
        raise ValueError('elements that overlap')
    step = stride // size
    first = memory.offset if stride > 0 else memory.offset + (count - 1) * stride
    items = _cast(flat[first:first + (count - 1) * abs(stride) + size], memory.format)
    return items[::step] if step > 0 else items[::-1][::-step]


# Numpy

def _is_numpy(value: object) -> bool:
    numpy = numpy_or_none()
    return numpy is not None and isinstance(value, numpy.ndarray)


def _numpy_object(cls: type, memory: Memory, storage: object) -> object:
    numpy = numpy_or_none()
    if numpy is None or type(storage) is OpaqueArray:
        return _without_numpy(cls, memory, storage)
    dtype = _dtype(numpy, memory)
    if issubclass(cls, numpy.generic):
        return numpy.ndarray((), dtype, buffer=memory.memory)[()]
    if not issubclass(cls, numpy.ndarray) or _finalizes_in_the_program(cls):
        cls = numpy.ndarray
    if storage is None:
        copy = _owner(numpy, cls, dtype, memory)
    else:
        with _writable(storage):
            copy = _view(numpy, cls, dtype, memory, storage)
    if memory.read_only:
        copy.flags.writeable = False
    return copy


@contextmanager
def _writable(storage: object):
    """Lets read-only memory be written for a while; views of it that are made meanwhile stay writable."""
    is_locked = _is_numpy(storage) and not storage.flags.writeable
    if is_locked:
        storage.flags.writeable = True
    try:
        yield
    finally:
        if is_locked:
            storage.flags.writeable = False


def _dtype(numpy, memory: Memory):
    return numpy.dtype(_parsed(numpy, memory.format))


def _parsed(numpy, text: str):
    """A typestr, or a record: `{12|x:<f8@0,y:(2,3)<i4@8}`, where names are quoted as in JSON."""
    if text[:1] != '{' and text[:1] != '(':
        return text
    from execorder._dtypes import parse
    return parse(text)


def _finalizes_in_the_program(cls: type) -> bool:
    finalize = look_up(cls, '__array_finalize__')
    if type(finalize) is not types.FunctionType:
        return False
    return (finalize.__module__ or '').partition('.')[0] not in ('numpy', 'pandas')


def _owner(numpy, cls: type, dtype, memory: Memory):
    """An array that owns its memory."""
    plain = numpy.ndarray.__new__(numpy.ndarray, memory.shape, dtype)
    if plain.strides != memory.strides and plain.size:
        plain = numpy.ndarray.__new__(numpy.ndarray, memory.shape, dtype, order='F')
    size = plain.nbytes if memory.has_values else len(memory.memory)
    if plain.size and (plain.strides != memory.strides or memory.offset or plain.nbytes != size):
        return _view(numpy, cls, dtype, memory, numpy.frombuffer(bytearray(memory.memory), numpy.uint8))
    copy = plain if cls is numpy.ndarray else numpy.ndarray.__new__(
        cls, memory.shape, dtype, order='C' if plain.flags.c_contiguous else 'F')
    if plain.size and not memory.has_values:
        _numpy_bytes(copy)[:] = numpy.frombuffer(memory.memory, numpy.uint8)
    return copy


def _numpy_flat(owner):
    """The elements of an array, in the order in which they lie in memory; shared with it."""
    numpy = numpy_or_none()
    plain = owner.view(numpy.ndarray) if type(owner) is not numpy.ndarray else owner
    return plain.reshape(-1, order='C' if plain.flags.c_contiguous else 'F')


def _numpy_bytes(owner):
    return _numpy_flat(owner).view(numpy_or_none().uint8)


def _view(numpy, cls: type, dtype, memory: Memory, storage: object):
    try:
        return numpy.ndarray.__new__(cls, memory.shape, dtype, storage, memory.offset, memory.strides)
    except (TypeError, ValueError):  # the storage is not in C's order, or holds objects
        pass
    if dtype.hasobject:
        first = _numpy_flat(storage)[memory.offset // memory.item_bytes:]
    else:
        first = _numpy_bytes(storage)[memory.offset:memory.offset + memory.item_bytes].view(dtype)
    plain = numpy.lib.stride_tricks.as_strided(first, memory.shape, memory.strides)
    return plain if cls is numpy.ndarray else plain.view(cls)


# Without numpy

_LETTERS = {
    ('i', 1): 'b', ('i', 2): 'h', ('i', 4): 'i', ('i', 8): 'q', ('u', 1): 'B', ('u', 2): 'H', ('u', 4): 'I',
    ('u', 8): 'Q', ('f', 2): 'e', ('f', 4): 'f', ('f', 8): 'd', ('b', 1): '?', ('M', 8): 'q', ('m', 8): 'q',
}


def _without_numpy(cls: type, memory: Memory, storage: object) -> object:
    opaque = OpaqueArray(cls.__qualname__, memory.format, tuple(memory.shape))
    if storage is None and memory.has_values:
        opaque._memory, opaque._view = [None] * len(memory.memory), memory
        return opaque
    opaque._memory = storage._memory if type(storage) is OpaqueArray else storage or memory.memory
    opaque._view = memory
    return opaque


def element_at(memory: object, view: Memory, place: int) -> object:
    """The element at a byte of the memory; as its bytes when it has no simple value."""
    if type(memory) is list:
        return memory[place // view.item_bytes]
    data = bytes(memory[place:place + view.item_bytes])
    order, kind = view.format[:1], view.format[1:2]
    letter = _LETTERS.get((kind, view.item_bytes))
    if letter is None:
        return data.decode('utf-32-be' if order == '>' else 'utf-32-le').rstrip('\0') if kind == 'U' else data
    return struct.unpack(('>' if order == '>' else '<') + letter, data)[0]
