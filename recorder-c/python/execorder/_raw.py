"""Recorded values as the reader gives them (scalars, and Refs to objects), and the way from one to the next."""

from __future__ import annotations

from collections import namedtuple

from execorder._classes import Contents
from execorder._native import UNBOUND, Ref
from execorder._paths import Part

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NamedTuple, Optional, Union

    from execorder._native import Reader
    from execorder._places import Places

    class Slot(NamedTuple):
        thread: int
        frame: int
        index: int
        name: str
        in_cell: bool
        is_free: bool  # its cell was made by an outer function

    class Entry(NamedTuple):
        object: int
        kind: str  # 'attribute' or 'item'
        key: object

    Location = Union[Slot, Entry]
else:
    Slot = namedtuple('Slot', ['thread', 'frame', 'index', 'name', 'in_cell', 'is_free'])
    Entry = namedtuple('Entry', ['object', 'kind', 'key'])

HIDDEN = 8  # XO_VARIABLE_HIDDEN
_CELL, _FREE = 2, 4  # XO_VARIABLE_CELL, XO_VARIABLE_FREE
_SEQUENCES = ('list', 'tuple')


class RawValues:
    """Looks values up without building objects."""

    def __init__(self, reader: Reader, places: Places) -> None:
        self._reader = reader
        self._places = places

    def frame_at(self, n: int) -> Optional[tuple]:
        """The running frame at step `n` as the reader's stack() shows it; None when there is none."""
        thread, frame = self._reader.step(n)[2:4]
        for view in self._reader.stack(n, thread):
            if view[0] == frame:
                return view
        return None

    def contents(self, n: int, number: int) -> Optional[Contents]:
        """The contents of an object; None when they are not known at this step."""
        try:
            return Contents._make(self._reader.contents(n, number))
        except IndexError:
            return None

    def locate(self, n: int, name: str) -> Optional[Location]:
        """Where the running frame at step `n` keeps the variable with this name, bound or not; a name that is
        nowhere is a global. None when no frame runs."""
        view = self.frame_at(n)
        if view is None:
            return None
        slot = self.slot_of(n, view, name)
        if slot is not None:
            return slot
        for number in (view[5], view[4]):
            if number and self.read(n, Entry(number, 'item', name)) is not UNBOUND:
                return Entry(number, 'item', name)
        return Entry(view[4], 'item', name) if view[4] else None

    def slot_of(self, n: int, view: tuple, name: str) -> Optional[Slot]:
        """The slot of a frame's local variable; None when its names are in a dict, or when it has none such."""
        code = self._places.code(view[1])
        if view[5]:
            return None
        for index, (found, flags) in enumerate(zip(code.variable_names, code.variable_flags)):
            if found == name and not flags & HIDDEN:
                thread = self._reader.step(n)[2]
                return Slot(thread, view[0], index, name, bool(flags & (_CELL | _FREE)), bool(flags & _FREE))
        return None

    def read(self, n: int, location: Location) -> object:
        """What is there at step `n`; UNBOUND when nothing is, or when the frame is not on a stack."""
        if isinstance(location, Slot):
            return self._read_slot(n, location)
        contents = self.contents(n, location.object)
        if contents is None or contents.unknown:
            return UNBOUND
        if location.kind == 'item':
            return self._item(n, contents, location.key)
        found = _entry_of(contents.attributes, location.key)
        if found is UNBOUND and contents.attribute_dict:
            return self.read(n, Entry(contents.attribute_dict, 'item', location.key))
        return found

    def _read_slot(self, n: int, slot: Slot) -> object:
        try:
            return self._reader.variables(n, slot.thread, slot.frame)[0][slot.index]
        except IndexError:
            return UNBOUND

    def follow(self, n: int, number: int, part: Part) -> Optional[Entry]:
        """Where an attribute or an item of an object is: in itself or in its class. None when there is no such thing."""
        contents = self.contents(n, number)
        if contents is None:
            return None
        if part.kind == 'item':
            found = self._item(n, contents, part.key) is not UNBOUND
            return Entry(number, 'item', part.key) if found else None
        return self._attribute(n, number, contents, part.key)

    def _attribute(self, n: int, number: int, contents: Contents, name: object) -> Optional[Entry]:
        entry = Entry(number, 'attribute', name)
        if self.read(n, entry) is not UNBOUND:
            return entry
        above = contents.bases if contents.kind == 'class' else (contents.class_object,)
        for base in above:
            of_base = self.contents(n, base) if base else None
            found = self._attribute(n, base, of_base, name) if of_base is not None else None
            if found is not None:
                return found
        return None

    def _item(self, n: int, contents: Contents, key: object) -> object:
        if contents.kind == 'dict':
            for found, value in contents.items:
                if self.is_key(n, found, key):
                    return value
        elif contents.kind in _SEQUENCES and type(key) is int and -len(contents.items) <= key < len(contents.items):
            return contents.items[key]
        return UNBOUND

    def is_key(self, n: int, recorded: object, key: object) -> bool:
        """Whether a recorded key is this constant."""
        if type(recorded) is not Ref:
            return recorded == key
        contents = self.contents(n, recorded.number) if isinstance(key, (tuple, frozenset)) else None
        if contents is None or contents.kind != type(key).__name__ or len(contents.items) != len(key):
            return False
        if contents.kind == 'tuple':
            return all(self.is_key(n, *pair) for pair in zip(contents.items, key))
        return all(any(self.is_key(n, item, other) for other in key) for item in contents.items)


def _entry_of(attributes: list, name: object) -> object:
    for found, value in attributes:
        if found == name:
            return value
    return UNBOUND
