"""Which step made a change that a later step is the first to show."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from execorder._native import Reader

LINE = 1 << 2  # bit of a step's kind in a filter of the reader
_LEAVING = ('return', 'yield')


class Origins:
    """Finds the step at which the line that made a change was about to run."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def of_variable(self, seen: int, frame: int) -> int:
        """Of a frame's own variable: the line that ran in that frame, or the call that gave it as an argument."""
        line = self._reader.find(seen, False, LINE, 0, frame)
        return seen if line is None else line

    def of_object(self, seen: int) -> int:
        """Of anything else: the line that was running in the innermost frame."""
        before = seen - 1
        if before < 0:
            return seen
        kind, thread, frame = self._reader.step(before)[1:4]
        if kind == 'line':
            return before
        running = self._still_running(before, seen, kind, thread, frame)
        line = self._reader.find(seen, False, LINE, 0, running) if running else None
        return before if line is None else line

    def _still_running(self, before: int, seen: int, kind: str, thread: int, frame: int) -> int:
        """The frame that runs between these steps; 0: none that is recorded."""
        if kind not in _LEAVING and kind != 'exception':
            return frame
        stack = [view[0] for view in self._reader.stack(before, thread)]
        if kind in _LEAVING:
            return stack[1] if len(stack) > 1 else 0
        after = {view[0] for view in self._reader.stack(seen, thread)}
        return next((number for number in stack if number in after), frame)
