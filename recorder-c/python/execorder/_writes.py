"""Every write of a variable, an attribute or an item, out of the changes that the recording holds."""

from __future__ import annotations

from collections import namedtuple
from itertools import groupby

from execorder._native import UNBOUND
from execorder._raw import Entry, Slot

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Iterator, List, NamedTuple, Optional

    from execorder._native import Reader
    from execorder._raw import Location, RawValues

    class RawChange(NamedTuple):
        step: int  # the first that shows it
        is_image: bool
        op: int
        key: object
        value: object

    class Write(NamedTuple):
        seen: int  # the first step that shows it
        before: object
        after: object
else:
    RawChange = namedtuple('RawChange', ['step', 'is_image', 'op', 'key', 'value'])
    Write = namedtuple('Write', ['seen', 'before', 'after'])

LIST_SET, LIST_APPEND, LIST_SPLICE, LIST_REVERSE, CLEAR = 0x21, 0x22, 0x23, 0x24, 0x25
DICT_SET, DICT_DELETE, ATTR_SET, ATTR_DELETE, CELL_SET, ATTR_DICT = 0x26, 0x27, 0x2a, 0x2b, 0x2c, 0x2d
_SETS = {'item': DICT_SET, 'attribute': ATTR_SET}
_DELETES = {'item': DICT_DELETE, 'attribute': ATTR_DELETE}
_WHOLE = (CLEAR, ATTR_DICT)
ALL = 1 << 40
_PAGES = (64, 2048, 65536, ALL)


class Writes:
    """Finds the writes of one place."""

    def __init__(self, reader: Reader, raw: RawValues) -> None:
        self._reader = reader
        self._raw = raw

    def all_of(self, location: Location, n: int) -> List[Write]:
        """All writes of a place that is there at step `n`, also those after it, oldest first."""
        if isinstance(location, Slot):
            end = self._reader.steps() - 1
            return list(self._of_cell(location, end) if location.in_cell else self._back(location, end))[::-1]
        last = self.last_known(location.object, n)
        return self._of_changes(location, self.changes(last, location.object), self._reader.steps() - 1)

    def newest(self, location: Location, n: int) -> Optional[Write]:
        """The last write that step `n` shows."""
        if isinstance(location, Slot) and location.in_cell:
            return next(self._of_cell(location, n), None)
        if isinstance(location, Slot) or _can_be_asked_for(location.key):
            return next(self._back(location, n), None)
        for limit in _PAGES:
            changes = self.changes(n, location.object, limit)
            is_all = len(changes) < limit
            if not is_all:  # the oldest step's may be there in part only
                changes = [change for change in changes if change.step != changes[0].step]
            writes = self._of_changes(location, changes, n)
            if writes or is_all:
                return writes[-1] if writes else None
        return None

    def changes(self, n: int, number: int, limit: int = ALL) -> List[RawChange]:
        """The newest changes of an object up to step `n`, oldest first."""
        try:
            found = self._reader.history(n, number, limit)
        except IndexError:
            return []
        return [RawChange._make(change) for change in reversed(found)]

    def last_known(self, number: int, n: int) -> int:
        """A step, as late as possible, that still knows the changes of an object that step `n` knows."""
        low, high = n, self._reader.steps()  # known at low, not known at high
        if self._is_known(number, high - 1):
            return high - 1
        while high - low > 1:
            middle = (low + high) // 2
            if self._is_known(number, middle):
                low = middle
            else:
                high = middle
        return low

    def _is_known(self, number: int, n: int) -> bool:
        try:
            return bool(self._reader.history(n, number, 1))
        except IndexError:
            return False

    def _back(self, location: Location, n: int) -> Iterator[Write]:
        """The writes that step `n` shows, newest first; of a variable, those that gave it another value."""
        is_slot = isinstance(location, Slot)
        kind, owner = ('variable', location.frame) if is_slot else (location.kind, location.object)
        key = location.name if is_slot else location.key
        first = self._reader.info()['first_step']
        found = self._reader.last_write(n, kind, owner, key)
        while found is not None:
            seen, value = found[0], found[4]
            before = self._raw.read(seen - 1, location) if seen > first else UNBOUND
            if not is_slot or not _same(before, value):
                yield Write(seen, before, value)
            found = self._reader.last_write(seen - 1, kind, owner, key) if seen > first else None

    # Variables in cells

    def _of_cell(self, slot: Slot, last: int) -> Iterator[Write]:
        """The writes up to step `last`, newest first, while the frame was there. Other frames write them too."""
        writes = []
        before: object = UNBOUND
        step = self._reader.find(-1, True, 0, 0, slot.frame)
        end = self._reader.find(last + 1, False, 0, 0, slot.frame)
        while step is not None and end is not None and step <= end:
            after = self._raw.read(step, slot)
            if slot.is_free and not writes and before is UNBOUND:  # what an outer function had written
                before = after
            if not _same(before, after):
                writes.append(Write(step, before, after))
                before = after
            step = self._reader.find(step, True)
        return reversed(writes)

    # Attributes and items

    def _of_changes(self, location: Entry, changes: List[RawChange], last: int) -> List[Write]:
        """The writes among these changes, which are the newest up to step `last`."""
        if not changes:
            return []
        first = changes[0].step
        contents = self._raw.contents(first - 1, location.object) if first else None
        known = contents or self._raw.contents(first, location.object)
        if location.kind == 'item' and known is not None and known.kind != 'dict':
            items = list(contents.items) if contents is not None else []
            return list(self._of_sequence(location, changes, items))
        before = self._raw.read(first - 1, location) if first else UNBOUND
        if contents is not None and contents.attribute_dict and location.kind == 'attribute':
            return list(self._of_shared(location, contents.attribute_dict, first - 1, last, before))
        return list(self._of_keyed(location, changes, last, before))

    def _of_keyed(self, location: Entry, changes: List[RawChange], last: int, before: object) -> Iterator[Write]:
        """Of a dict's item or an attribute."""
        for seen, group in groupby(changes, lambda change: change.step):
            relevant = [change for change in group if self._concerns(change, location)]
            if not any(change.is_image or change.op in _WHOLE for change in relevant):
                for i, change in enumerate(relevant):
                    after = UNBOUND if change.op == _DELETES[location.kind] else change.value
                    if i == 0 or not _same(before, after):  # a slot's write may be told twice
                        yield Write(seen, before, after)
                    before = after
                continue
            after = self._raw.read(seen, location)
            if any(change.op == _SETS[location.kind] for change in relevant) or not _same(before, after):
                yield Write(seen, before, after)
                before = after
            contents = self._raw.contents(seen, location.object)
            if location.kind == 'attribute' and contents is not None and contents.attribute_dict:
                yield from self._of_shared(location, contents.attribute_dict, seen, last, before)
                return

    def _of_shared(self, location: Entry, number: int, since: int, last: int, before: object) -> Iterator[Write]:
        """Of an attribute, from the moment on that the attributes are in a dict of their own."""
        entry = Entry(number, 'item', location.key)
        changes = self.changes(min(last, self.last_known(number, since)), number)
        yield from self._of_keyed(entry, [change for change in changes if change.step > since], last, before)

    def _concerns(self, change: RawChange, location: Entry) -> bool:
        if change.is_image or change.op in _WHOLE:
            return True
        if change.op not in (_SETS[location.kind], _DELETES[location.kind]):
            return False
        return self._raw.is_key(change.step, change.key, location.key)

    def _of_sequence(self, location: Entry, changes: List[RawChange], items: list) -> Iterator[Write]:
        """Of a list's item: also what moves to this index is a write of it."""
        index = location.key
        for seen, group in groupby(changes, lambda change: change.step):
            group = list(group)
            if all(change.op in (LIST_SET, LIST_APPEND) for change in group):
                yield from self._of_plain(index, group, items)
                continue
            before = _at(items, index)
            contents = self._raw.contents(seen, location.object)
            items[:] = contents.items if contents is not None else []
            if not _same(before, _at(items, index)):
                yield Write(seen, before, _at(items, index))

    def _of_plain(self, index: int, group: List[RawChange], items: list) -> Iterator[Write]:
        for change in group:
            before = _at(items, index)
            if change.op == LIST_APPEND:
                items.append(change.value)
                is_write = index == len(items) - 1 or index < 0
            else:
                items[change.key] = change.value
                is_write = change.key in (index, index + len(items))
            if is_write:
                yield Write(change.step, before, _at(items, index))


def _can_be_asked_for(key: object) -> bool:
    """Whether the reader knows a place by this key: not by one that counts from the end, nor by one that is an object."""
    return not (type(key) is int and key < 0 or isinstance(key, (tuple, frozenset)))


def _at(items: list, index: int) -> object:
    return items[index] if -len(items) <= index < len(items) else UNBOUND


def _same(one: object, other: object) -> bool:
    if type(one) is not type(other):
        return False
    return one is other or one == other or (one != one and other != other)
