"""Answers who wrote what, for Recording.history and Recording.last_write."""

from __future__ import annotations

from execorder._native import UNBOUND, Ref
from execorder._origins import Origins
from execorder._paths import Path, parse_path, path_text
from execorder._raw import Entry, RawValues, Slot
from execorder._views import Change
from execorder._writes import (
    ALL,
    ATTR_DELETE,
    ATTR_DICT,
    ATTR_SET,
    DICT_DELETE,
    DICT_SET,
    RawChange,
    Writes,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Iterator, List, Optional, Tuple

    from execorder._native import Reader
    from execorder._places import Places
    from execorder._raw import Location
    from execorder._states import States
    from execorder._writes import Write

CALL = 1 << 1  # bit of a step's kind in a filter of the reader
_NAMES = {
    0x21: '[%s]', 0x22: 'append', 0x23: 'items from %s on', 0x24: 'reverse', 0x25: 'clear', 0x26: '[%s]',
    0x27: 'del [%s]', 0x28: 'add', 0x29: 'discard', 0x2a: '.%s', 0x2b: 'del .%s', 0x2c: 'content',
    0x2e: '__class__', 0x2f: 'unknown',
}

_AS_ATTRIBUTE = {DICT_SET: ATTR_SET, DICT_DELETE: ATTR_DELETE}


class Histories:
    """Turns names, paths and objects into places, and their writes into Changes."""

    def __init__(self, reader: Reader, places: Places, states: States) -> None:
        self._reader = reader
        self._places = places
        self._states = states
        self._raw = RawValues(reader, places)
        self._writes = Writes(reader, self._raw)
        self._origins = Origins(reader)

    def of_path(self, text: str, n: int) -> List[Change]:
        """All writes of what the path means at step `n`."""
        location = self._resolve(parse_path(text), n)
        writes = self._writes.all_of(location, n)
        if not writes:
            raise self._unwritten(text, location, n)
        return [self._change(text, location, write) for write in writes]

    def of_function(self, text: str, function: str) -> List[Change]:
        """All writes of a variable in every call of a function."""
        path = parse_path(text)
        if path.parts:
            raise ValueError('with function= stands a plain name, and %r is none: give a step with at= instead' % text)
        changes: List[Change] = []
        is_called = False
        for n in self._calls_of(function):
            is_called = True
            view = self._raw.frame_at(n)
            slot = self._raw.slot_of(n, view, path.name) if view is not None else None
            if slot is not None:
                changes += [self._change(text, slot, write) for write in self._writes.all_of(slot, n)]
        if not changes:
            raise NameError('%s has no variable %r' % (function, text) if is_called
                            else 'no function %r was recorded' % function)
        return sorted(changes, key=lambda change: change.step)

    def newest(self, text: str, n: int) -> Change:
        """The last write, up to step `n`, of what the path means there."""
        path = parse_path(text)
        location = self._resolve(path, n)
        write = self._writes.newest(location, n)
        if write is None:
            raise self._unwritten(text, location, n)
        return self._change(text, location, write)

    def newest_inside(self, number: int, n: int) -> Change:
        """The newest change inside an object up to step `n`."""
        for limit in (16, 4096, ALL):
            changes = self._inside(number, n, limit)
            if changes:
                return self._change_inside(*changes[-1])
        raise ValueError('the object is not known at step %d yet' % n)

    def of_object(self, number: int, n: int) -> List[Change]:
        """All changes inside an object that step `n` knows."""
        last = self._writes.last_known(number, n)
        return [self._change_inside(*found) for found in self._inside(number, last, ALL)]

    def _inside(self, number: int, last: int, limit: int) -> List[Tuple[int, RawChange]]:
        """The newest changes of an object and of the dict that holds its attributes, each with the number of the object
        that changed, oldest first."""
        own = self._writes.changes(last, number, limit)
        found = [(number, change) for change in own if not self._says_nothing_new(number, change)]
        contents = self._raw.contents(last, number)
        if contents is not None and contents.attribute_dict:
            shared = self._writes.changes(last, contents.attribute_dict, limit)
            for change in shared:
                found += [(number, one) for one in self._as_attributes(contents.attribute_dict, change)]
            found.sort(key=lambda pair: pair[1].step)
        return found

    def _as_attributes(self, shared: int, change: RawChange) -> Iterator[RawChange]:
        """A change of a dict of attributes as the changes of attributes that it is."""
        if change.op in _AS_ATTRIBUTE:
            yield change._replace(op=_AS_ATTRIBUTE[change.op])
            return
        contents = [self._raw.contents(n, shared) if n >= 0 else None for n in (change.step - 1, change.step)]
        before, after = [{} if one is None else dict(one.items) for one in contents]
        for name, value in after.items():
            if name not in before or type(before[name]) is not type(value) or before[name] != value:
                yield RawChange(change.step, False, ATTR_SET, name, value)
        for name in before:
            if name not in after:
                yield RawChange(change.step, False, ATTR_DELETE, name, UNBOUND)

    def _says_nothing_new(self, number: int, change: RawChange) -> bool:
        """Whether the contents were only written again, to be found sooner or because the attributes moved to a dict."""
        if change.op == ATTR_DICT:
            return True
        if not change.is_image or change.step == 0:
            return False
        before, after = (self._raw.contents(n, number) for n in (change.step - 1, change.step))
        return before is not None and after is not None and before._replace(attribute_dict=0, attributes=[]) == (
            after._replace(attribute_dict=0, attributes=[])
        ) and (before.attributes == after.attributes or bool(after.attribute_dict))

    # Where

    def _resolve(self, path: Path, n: int) -> Location:
        location = self._raw.locate(n, path.name)
        if location is None:
            raise NameError(self._missing(path.name, n))
        for i, part in enumerate(path.parts):
            value = self._raw.read(n, location)
            start = path_text(path.name, path.parts[:i])
            if value is UNBOUND:
                raise NameError(self._missing(start, n))
            found = self._raw.follow(n, value.number, part) if type(value) is Ref else None
            if found is None:
                kind = AttributeError if part.kind == 'attribute' else LookupError
                raise kind('%s has no %s at step %d' % (start, path_text('', path.parts[i:i + 1]), n))
            location = found
        return location

    def _unwritten(self, text: str, location: Location, n: int) -> Exception:
        first = self._reader.info()['first_step']
        if first == 0 or self._raw.read(n, location) is UNBOUND:
            return NameError(self._missing(text, n))
        return LookupError('%s was written before step %d, where this recording of bounded size begins' % (text, first))

    def _missing(self, name: str, n: int) -> str:
        step = self._reader.step(n)
        code = self._places.code(step[5])
        return 'there is no %s in %s at step %d (line %d): give a step at which it is there' % (
            name, code.name, n, step[6],
        )

    def _calls_of(self, function: str) -> Iterator[int]:
        step = self._reader.find(-1, True, CALL)
        while step is not None:
            code = self._places.code(self._reader.step(step)[5])
            if function in (code.name, code.qualname):
                yield step
            step = self._reader.find(step, True, CALL)

    # What

    def _change(self, target: str, location: Location, write: Write) -> Change:
        own = isinstance(location, Slot) and not location.in_cell
        if own:
            step = self._origins.of_variable(write.seen, location.frame)
        else:
            step = self._origins.of_object(write.seen)
        return self._made(step, write.seen, target, write.before, write.after)

    def _change_inside(self, number: int, change: RawChange) -> Change:
        """One change of an object; where the value before is not a part of it, that is UNBOUND."""
        target, location = self._target(number, change)
        before = UNBOUND
        if location is not None and change.step:
            before = self._raw.read(change.step - 1, location)
        elif change.is_image and change.step and self._raw.contents(change.step - 1, number) is not None:
            before = Ref(number)
        after = Ref(number) if change.is_image else change.value
        return self._made(self._origins.of_object(change.step), change.step, target, before, after)

    def _target(self, number: int, change: RawChange) -> Tuple[str, Optional[Entry]]:
        if change.is_image:
            return 'object', None
        name = _NAMES.get(change.op, 'object')
        if '%s' not in name:
            return name, None
        kind = 'attribute' if '.' in name else 'item'
        key = self._states.build(change.step, [change.key])[0]
        text = name % (key if kind == 'attribute' or 'from' in name else repr(key))
        return text, None if 'from' in name or type(change.key) is Ref else Entry(number, kind, change.key)

    def _made(self, step: int, seen: int, target: str, before: object, after: object) -> Change:
        view = self._reader.step(step)
        code = self._places.code(view[5])
        return Change(
            step, self._value(max(seen - 1, 0), seen, before), self._value(seen, seen, after),
            seen=seen, target=target, file=self._places.path(code.file), line=view[6], function=code.name,
        )

    def _value(self, n: int, later: int, value: object) -> object:
        """The value as it was at step `n`; one that was made after it as at the later step."""
        if type(value) is Ref and self._raw.contents(n, value.number) is None:
            n = later
        return self._states.build(n, [value])[0] if type(value) is Ref else value
