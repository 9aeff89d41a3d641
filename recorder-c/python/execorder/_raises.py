"""The exceptions of a recording: where each was raised, and what became of it."""

from __future__ import annotations

from execorder._native import UNBOUND, Ref
from execorder._views import Raised

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Dict, Iterator, List, Optional, Tuple

    from execorder._native import Reader
    from execorder._places import Places
    from execorder._recording import Recording
    from execorder._states import States

    Way = Tuple[object, List[int]]  # an exception, and the steps at which it appeared

EXCEPTION = 1 << 6  # bit of a step's kind in a filter of the reader
_LEFT_WELL = ('return', 'yield')


class Raises:
    """Groups `exception` steps: an exception makes one in every frame that it passes."""

    def __init__(self, reader: Reader, places: Places, states: States, ended_by_exception: bool) -> None:
        self._reader = reader
        self._places = places
        self._states = states
        self._ended_by_exception = ended_by_exception

    def all(self) -> List[Raised]:
        """Every exception, in order of its first step."""
        return [self._raised(value, steps) for value, steps in self._ways()]

    def _ways(self) -> List[Way]:
        ways: List[Way] = []
        newest: Dict[object, Way] = {}
        for n in self._exception_steps():
            thread, frame = self._reader.step(n)[2:4]
            value = self._value(n, thread, frame)
            key = (thread, value.number if type(value) is Ref else -n)
            way = newest.get(key)
            if way is None or self._was_left_well(way[1][-1], n):
                newest[key] = way = (value, [])
                ways.append(way)
            way[1].append(n)
        return ways

    def _exception_steps(self) -> Iterator[int]:
        step = self._reader.find(-1, True, EXCEPTION)
        while step is not None:
            yield step
            step = self._reader.find(step, True, EXCEPTION)

    def _value(self, n: int, thread: int, frame: int) -> object:
        try:
            return self._reader.variables(n, thread, frame)[1]
        except IndexError:
            return UNBOUND

    def _was_left_well(self, raised: int, before: int) -> bool:
        """Whether the frame that the exception was in returned meanwhile: the same object is raised anew."""
        frame = self._reader.step(raised)[3]
        newest = self._reader.find(before, False, 0, 0, frame)
        return newest is not None and self._reader.step(newest)[1] in _LEFT_WELL

    def origin_before(self, before: int, type_name: Optional[str]) -> int:
        """See the function of this name."""
        last = max(0, min(before, self._reader.steps()) - 1)
        step = self._reader.find(last + 1, False, EXCEPTION)
        if step is None:
            return last
        thread, frame = self._reader.step(step)[2:4]
        value = self._value(step, thread, frame)
        if type_name is not None and type(self._states.build(step, [value])[0]).__qualname__ != type_name:
            return last
        while True:
            earlier = self._reader.find(step, False, EXCEPTION, thread)
            if earlier is None or self._value(earlier, thread, self._reader.step(earlier)[3]) != value:
                return step
            step = earlier

    def _raised(self, value: object, steps: List[int]) -> Raised:
        _, _, thread, _, _, code_number, line = self._reader.step(steps[0])
        code = self._places.code(code_number)
        error = self._states.build(steps[0], [value])[0]
        swallowed, caught_at = self._end_of(steps[-1], thread, error)
        return Raised(
            steps[0], error, self._places.path(code.file), line, code.name, thread, swallowed, caught_at,
        )

    def _end_of(self, raised: int, thread: int, error: object) -> Tuple[bool, Optional[int]]:
        """Whether it was swallowed after its last step, and where."""
        frame = self._reader.step(raised)[3]
        caught_at = self._reader.find(raised, True, 0, 0, frame)
        last = self._reader.find(self._reader.steps(), False, 0, 0, frame)
        was_unwound = self._reader.step(last)[1] == 'line'  # as by a finally clause that passes the exception on
        goes_on = self._reader.find(last, True, 0, thread) is not None
        if caught_at is not None and not (was_unwound and goes_on):
            if not was_unwound or not self._has_ended_thread(thread, error):
                return True, caught_at
            return False, None
        return goes_on or not self._has_ended_thread(thread, error), None

    def _has_ended_thread(self, thread: int, error: object) -> bool:
        """Of an exception after which its thread did nothing more. What a pool runs in its threads, it keeps."""
        if thread != 1:
            return self._reader.note('caller.%d' % thread) != 'library'
        return self._ended_by_exception or isinstance(error, SystemExit)


def origin_before(recording: Recording, before: int, type_name: Optional[str]) -> int:
    """The step that raised the newest exception before step `before`; when that is not of the type with this name, the
    exception passed no recorded code, and it is the last step before."""
    raises = Raises(recording._reader, recording._places, recording._states, True)
    return raises.origin_before(before, type_name)
