"""The small records in which a Recording answers. Each that stands for a step can be used as its number."""

from __future__ import annotations

from collections import namedtuple

from execorder._brief import brief
from execorder._native import UNBOUND

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Dict, NamedTuple, Optional

    class _Step(NamedTuple):
        step: int
        kind: str
        file: str
        line: int
        function: str
        thread: int
        depth: int

    class _Frame(NamedTuple):
        function: str
        file: str
        line: int
        depth: int
        locals: Dict[str, Any]

    class _Thread(NamedTuple):
        number: int
        system_id: int
        name: str

    class _Change(NamedTuple):
        step: int
        before: Any
        after: Any

    class _Raised(NamedTuple):
        step: int
        error: BaseException
        file: str
        line: int
        function: str
        thread: int
        swallowed: bool
        caught_at: Optional[int]
else:
    _Step = namedtuple('Step', ['step', 'kind', 'file', 'line', 'function', 'thread', 'depth'])
    _Frame = namedtuple('Frame', ['function', 'file', 'line', 'depth', 'locals'])
    _Thread = namedtuple('Thread', ['number', 'system_id', 'name'])
    _Change = namedtuple('Change', ['step', 'before', 'after'])
    _Raised = namedtuple('Raised', [
        'step', 'error', 'file', 'line', 'function', 'thread', 'swallowed', 'caught_at',
    ])

__all__ = ['UNBOUND', 'Change', 'Frame', 'Raised', 'Step', 'Thread']


class Step(_Step):
    """A moment of a recording.

    step: its number, from 0. kind: 'call', 'line', 'return', 'yield', 'resume' or 'exception'; a 'line' step is the
    moment before that line runs. file, line, function: where. thread: number of the thread, from 1. depth: how many
    frames are below this one, 0 for the outermost.
    """

    __slots__ = ()
    __module__ = 'execorder'

    def __index__(self) -> int:
        return self.step


class Frame(_Frame):
    """A frame of the stack at some step; `locals` is a dict of fresh copies."""

    __slots__ = ()
    __module__ = 'execorder'

    def __repr__(self) -> str:
        return 'Frame(%s at %s:%d, locals: %s)' % (
            self.function, self.file, self.line, ', '.join(self.locals) or 'none',
        )


class Thread(_Thread):
    """A thread of a recording: its number there (from 1), its identifier at the operating system, its name."""

    __slots__ = ()
    __module__ = 'execorder'


class Change(_Change):
    """A write of a variable, an attribute or an item.

    step: the step that wrote it, where `line(step)` is the line that did. before, after: the values, fresh copies;
    UNBOUND where there was or is none. seen: the first step that shows `after`. target: what was written, as text.
    file, line, function: the place of `step`.
    """

    __module__ = 'execorder'

    seen: int
    target: str
    file: str
    line: int
    function: str

    def __new__(cls, step: int, before: object, after: object, **about: object) -> Change:
        change = super().__new__(cls, step, before, after)
        change.__dict__.update(about)
        return change

    def __index__(self) -> int:
        return self.step

    def __repr__(self) -> str:
        return '<Change of %s at step %d, line %d: %s -> %s>' % (
            self.target, self.step, self.line, brief(self.before), brief(self.after),
        )


class Raised(_Raised):
    """An exception that was raised.

    step: where it appeared first. error: a fresh copy of it. file, line, function, thread: the place of `step`.
    swallowed: whether the program went on in spite of it: a handler caught it, or library code did. caught_at: the
    first step after that, in the frame that caught it; None when it was not swallowed, or when nothing recorded came
    after it.
    """

    __slots__ = ()
    __module__ = 'execorder'

    def __index__(self) -> int:
        return self.step

    def __repr__(self) -> str:
        return '<%s raised at step %d, %s:%d, %s>' % (
            type(self.error).__name__, self.step, self.file, self.line,
            'swallowed' if self.swallowed else 'not swallowed',
        )
