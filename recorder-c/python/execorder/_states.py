"""Frames and their variables at a step, as Python objects."""

from __future__ import annotations

from execorder._classes import Classes
from execorder._materialise import Materialiser
from execorder._native import UNBOUND, Ref
from execorder._opaque import Opaque
from execorder._views import Frame

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import List, Optional, Tuple

HIDDEN = 8  # XO_VARIABLE_HIDDEN
PIECES = 1000  # of output, read at a time
REMEMBERED = 100_000  # copies of the newest answers of which the object is known; the newest one's always are


class States:
    """Builds what Recording.dicts and Recording.stack answer."""

    def __init__(self, reader, places, living) -> None:
        self._reader = reader
        self._places = places
        self._living = living
        self._known_classes = {}
        self._newest = []  # (step, copies by number) of the newest answers
        version = (reader.note('python') or '').split('.')[:2]
        self._shows_hidden = [int(part) for part in version if part.isdigit()] >= [3, 13]

    def dicts(self, n: int) -> Tuple[dict, dict]:
        """Globals and locals of the frame that made step `n`."""
        thread, frame = self._reader.step(n)[2:4]
        for view in self._reader.stack(n, thread):
            if view[0] == frame:
                break
        else:
            return {}, {}
        variables = self._variables(n, thread, view)
        objects = self._build(n, [_reference(view[4]), _reference(view[5]), *variables.values()])
        global_names, local_names = objects[0], objects[1]
        if view[5] == 0 or variables:  # an inlined comprehension shows its own names only
            local_names = dict(zip(variables, objects[2:]))
        return self._names(view[4], global_names), self._names(view[5], local_names)

    def stack(self, n: int, thread: int = 0) -> List[Frame]:
        """The frames of a thread, 0: of the one that made step `n`; objects shared by several frames are one copy."""
        thread = thread or self._reader.step(n)[2]
        views = self._reader.stack(n, thread)
        variables = [self._variables(n, thread, view) for view in views]
        values = [_reference(view[5]) for view in views]
        for names in variables:
            values.extend(names.values())
        objects = iter(self._build(n, values))
        dicts = [self._names(view[5], next(objects)) for view in views]
        return [
            self._frame(view, dict(dicts[i], **{name: next(objects) for name in variables[i]}))
            for i, view in enumerate(views)
        ]

    def _frame(self, view: tuple, local_names: dict) -> Frame:
        code = self._places.code(view[1])
        shown = {name: value for name, value in local_names.items() if name != '__builtins__'}
        return Frame(code.name, self._places.path(code.file), view[2], view[3], shown)

    def _names(self, number: int, built: object) -> dict:
        """The names that a dict was built for. Where C code has changed it unheard, those of before are there, as unknown."""
        since = built.unknown_since if isinstance(built, Opaque) else None
        if not since:
            return built if isinstance(built, dict) else {}
        before = self.build(since - 1, [Ref(number)])[0]
        return {name: Opaque('object', unknown_since=since) for name in (before if isinstance(before, dict) else ())}

    def _variables(self, n: int, thread: int, view: tuple) -> dict:
        """The bound variables in slots, by name. A frame whose names are in a dict has some too while it runs an
        inlined comprehension; Python shows them since 3.13."""
        if view[5] and not self._shows_hidden:
            return {}
        code = self._places.code(view[1])
        values, _ = self._reader.variables(n, thread, view[0])
        return {
            name: value
            for name, flags, value in zip(code.variable_names, code.variable_flags, values)
            if value is not UNBOUND and bool(flags & HIDDEN) == bool(view[5])
        }

    def _build(self, n: int, values: list) -> list:
        """As `build`; the objects can be asked for by number_of afterwards."""
        materialiser = self.materialiser(n)
        objects = materialiser.build(values)
        self._newest.append((n, materialiser.copies))
        while len(self._newest) > 1 and sum(len(copies) for _, copies in self._newest) > REMEMBERED:
            del self._newest[0]
        return objects

    def build(self, n: int, values: list) -> list:
        """The objects for raw values, as they were at step `n`."""
        return self.materialiser(n).build(values)

    def materialiser(self, n: int) -> Materialiser:
        """Builds objects as they were at step `n`; what it builds in several goes keeps its aliases."""
        return Materialiser(self._reader, n, Classes(self._reader, n, self._living, self._known_classes))

    def number_of(self, copy: object) -> Optional[Tuple[int, int]]:
        """The number of an object that one of the newest answers holds, and the step of that answer."""
        for n, copies in reversed(self._newest):
            for number, found in copies.items():
                if found is copy:
                    return number, n
        return None

    def output(self, before: Optional[int], streams: tuple) -> str:
        """What was printed before this step (None: in all) to any of these streams."""
        texts, first = [], 0
        while True:
            pieces = self._reader.output(first, PIECES)
            for step, stream, text in pieces:
                if before is not None and step >= before:
                    return ''.join(texts)
                if stream in streams:
                    texts.append(text)
            if len(pieces) < PIECES:
                return ''.join(texts)
            first += PIECES


def _reference(number: int) -> object:
    return Ref(number) if number else None
