"""The names that the running frame sees, read step after step without building objects."""

from __future__ import annotations

from execorder._native import UNBOUND
from execorder._raw import HIDDEN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Dict, List, Optional, Tuple

    from execorder._native import Reader
    from execorder._places import Places
    from execorder._raw import RawValues

_MOST_FRAMES = 10_000  # remembered at a time


class Names:
    """Answers for one step at a time, and remembers what doesn't change from one to the next."""

    def __init__(self, reader: Reader, places: Places, raw: RawValues) -> None:
        self._reader = reader
        self._places = places
        self._raw = raw
        self._n = -1
        self._view: Optional[tuple] = None     # of the running frame at that step
        self._values: Optional[list] = None    # of its slots, once asked for
        self._views: Dict[int, Optional[tuple]] = {}     # by frame
        self._slots: Dict[int, Dict[str, int]] = {}      # by code
        self._dicts: Dict[int, Tuple[int, dict]] = {}    # by object: its newest change's step, its names

    def read(self, n: int, name: str) -> object:
        """The raw value of a name; UNBOUND when the step doesn't have it."""
        view = self._at(n)
        if view is None:
            return UNBOUND
        index = self._slots_of(view).get(name)
        if index is not None:
            return self._variables(n, view)[index]
        for number in (view[5], view[4]):
            value = self._entries(n, number).get(name, UNBOUND) if number else UNBOUND
            if value is not UNBOUND:
                return value
        return UNBOUND

    def all(self, n: int) -> Dict[str, object]:
        """The raw values of all names, globals overlaid with the frame's own; without builtins."""
        view = self._at(n)
        if view is None:
            return {}
        found = dict(self._entries(n, view[4])) if view[4] else {}
        if view[5]:
            found.update(self._entries(n, view[5]))
        for name, index in self._slots_of(view).items():
            found[name] = self._variables(n, view)[index]
        found.pop('__builtins__', None)
        return {name: value for name, value in found.items() if value is not UNBOUND}

    def _at(self, n: int) -> Optional[tuple]:
        if n != self._n:
            self._n, self._values = n, None
            frame = self._reader.step(n)[3]
            if frame not in self._views:
                if len(self._views) >= _MOST_FRAMES:
                    self._views.clear()
                self._views[frame] = self._raw.frame_at(n)
            self._view = self._views[frame]
        return self._view

    def _slots_of(self, view: tuple) -> Dict[str, int]:
        if view[5]:
            return {}
        found = self._slots.get(view[1])
        if found is None:
            code = self._places.code(view[1])
            pairs = enumerate(zip(code.variable_names, code.variable_flags))
            found = self._slots[view[1]] = {name: i for i, (name, flags) in pairs if not flags & HIDDEN}
        return found

    def _variables(self, n: int, view: tuple) -> List[object]:
        if self._values is None:
            self._values = self._reader.variables(n, self._reader.step(n)[2], view[0])[0]
        return self._values

    def _entries(self, n: int, number: int) -> dict:
        """The texts among a dict's keys, with their raw values."""
        try:
            newest = self._reader.history(n, number, 1)[0][0]
        except IndexError:
            return {}
        known = self._dicts.get(number)
        if known is None or known[0] != newest:
            contents = self._raw.contents(n, number)
            items = [] if contents is None else contents.items
            known = self._dicts[number] = newest, {key: value for key, value in items if type(key) is str}
        return known[1]
