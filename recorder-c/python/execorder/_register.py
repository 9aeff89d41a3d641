"""Tells the recorder where the data of a type written in C is, so that its objects are recorded with contents."""

from __future__ import annotations

import ctypes
import types

from execorder._layout import dict_of, mro_of
from execorder._native import register_fields

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Iterable, Mapping, Optional, Tuple, Union

_LETTERS = {
    'object': 'O', 'char*': 's', 'bool': '?', 'int8': 'b', 'uint8': 'B', 'int16': 'h', 'uint16': 'H', 'int32': 'i',
    'uint32': 'I', 'int64': 'q', 'uint64': 'Q', 'float': 'f', 'double': 'd',
}
_SIZES = {'int': ctypes.c_int, 'long': ctypes.c_long, 'ssize': ctypes.c_ssize_t, 'pointer': ctypes.c_void_p}


def register(type: type, fields: Union[Mapping[str, Tuple[int, str]], Iterable[str]]) -> None:
    """Describes a type written in C, so that its objects are recorded with these fields as attributes.

    `fields` maps each name to `(offset, kind)`: the offset in bytes from the start of the object, and what is there:
    'object' (a PyObject pointer, may be NULL), 'char*' (a text that ends with a zero, or NULL), 'bool', 'int8' … 'uint64',
    'int', 'long', 'ssize', 'float' or 'double'. Instead of a mapping, names of members that the type itself describes
    (its member descriptors, as `T_OBJECT` in C or `__slots__` make them) are enough.

    Nothing of the type's is run: the recorder reads these bytes when it first meets an object and compares them before
    each step. It holds for subclasses too, and for the rest of the process. TypeError or ValueError when the type or a
    field can't be so.

    >>> import execorder
    >>> execorder.register(slice, ['start', 'stop', 'step'])
    """
    if not isinstance(type, _type):
        raise TypeError('register() takes a type, not %r' % (type,))
    if isinstance(fields, str):
        raise TypeError('fields is a mapping of names or a list of names, not a single text')
    if hasattr(fields, 'items'):
        table = [_described(name, entry) for name, entry in fields.items()]
    else:
        table = [_member(type, name) for name in fields]
    if not table:
        raise ValueError('no fields: name at least one')
    register_fields(type, table)


_type = type


def _described(name: object, entry: object) -> Tuple[str, int, str]:
    if not isinstance(name, str):
        raise TypeError('the name of a field is a text, not %r' % (name,))
    if not isinstance(entry, (tuple, list)) or len(entry) != 2 or not isinstance(entry[0], int):
        raise TypeError("field '%s': write (offset, kind), for instance (16, 'object')" % name)
    offset, kind = entry
    letter = _letter(kind)
    if letter is None:
        raise ValueError("field '%s': no kind %r; there are %s" % (name, kind, ', '.join([*_LETTERS, 'int', 'long', 'ssize'])))
    return name, offset, letter


def _letter(kind: object) -> Optional[str]:
    if kind in _SIZES:
        return 'i' if ctypes.sizeof(_SIZES[kind]) == 4 else 'q'
    return _LETTERS.get(kind) if isinstance(kind, str) else None


#: The beginning of a PyMemberDef, and of the descriptor that points to it: object head, type, name, qualified name.
class _Member(ctypes.Structure):
    _fields_ = [('name', ctypes.c_char_p), ('kind', ctypes.c_int), ('offset', ctypes.c_ssize_t)]


_MEMBER_KINDS = {
    0: 'h', 1: 'i', 2: 'q' if ctypes.sizeof(ctypes.c_long) == 8 else 'i', 3: 'f', 4: 'd', 5: 's', 6: 'O', 8: 'b', 9: 'B',
    10: 'H', 11: 'I', 12: 'Q' if ctypes.sizeof(ctypes.c_long) == 8 else 'I', 14: '?', 16: 'O', 17: 'q', 18: 'Q', 19: 'q',
}


def _member(cls: type, name: object) -> Tuple[str, int, str]:
    for base in mro_of(cls):
        found = dict_of(base).get(name)
        if _type(found) is types.MemberDescriptorType:
            member = _member_of(found)
            letter = _MEMBER_KINDS.get(member.kind)
            if letter is None:
                raise ValueError("field '%s': members of its kind (%d) can't be recorded" % (name, member.kind))
            return name, member.offset, letter
    raise ValueError(
        "%s has no member descriptor '%s': give its offset and kind, {'%s': (16, 'object')}" % (cls.__qualname__, name, name))


def _member_of(descriptor: object) -> _Member:
    # PyMemberDescrObject: the head, then the type, the name, the qualified name, then the pointer to the PyMemberDef.
    place = id(descriptor) + object.__basicsize__ + 3 * ctypes.sizeof(ctypes.c_void_p)
    return ctypes.cast(ctypes.c_void_p.from_address(place).value, ctypes.POINTER(_Member)).contents
