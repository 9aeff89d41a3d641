"""The breakpoints of a living program: the recorder knows their lines, this table when one of them is hit."""

from __future__ import annotations

import dis
import operator
import os

from execorder import _native
from execorder._evaluate import Scope, last_line, split_message
from execorder._layout import dict_of, is_class, mro_of, qualname_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import CodeType, FrameType
    from typing import Callable, List, Set

_COMPARISONS = {
    '==': operator.eq,
    '>=': operator.ge,
    '<=': operator.le,
    '>': operator.gt,
    '<': operator.lt,
    '%': lambda count, number: number > 0 and count % number == 0,
}


class Breakpoint:
    """One breakpoint as the debugger described it."""

    def __init__(self, description: dict) -> None:
        self.id = description.get('id', 0)
        self.line = int(description.get('line', 0))
        self.condition = description.get('condition') or ''
        self.log_message = description.get('logMessage') or ''
        self.counts = _hit_condition(description.get('hitCondition') or '')
        self.hits = 0
        self.waits = description.get('waits') is True  # nobody knows yet which lines of its file hold code


FUNCTIONS = '<functions>'  # no file has this name: what the recorder holds under it are functions' names


class FunctionBreakpoint(Breakpoint):
    """A breakpoint on the functions that a name means: `work`, `Account.work`, `module.work`."""

    def __init__(self, description: dict) -> None:
        super().__init__(description)
        self.name = str(description.get('name'))
        self._newest = 0  # number of the newest frame that came to its first line

    def means(self, frame: FrameType) -> bool:
        """Whether the frame's function is one of them."""
        code, last = frame.f_code, self.name.rpartition('.')[2]
        if code.co_name != last:
            return False
        if last == self.name:
            return True
        path = _qualname(frame).replace('.<locals>', '')
        module = str(frame.f_globals.get('__name__', '')).rpartition('.')[2]
        file = os.path.splitext(os.path.basename(code.co_filename))[0]
        return any(('.%s.%s' % (start, path)).endswith('.' + self.name) for start in (module, file))

    def enters(self, frame: int) -> bool:
        """Whether this frame has not been here before: numbers of frames grow."""
        is_new = frame > self._newest
        self._newest = max(frame, self._newest)
        return is_new


class Breakpoints:
    """All breakpoints, by file. `tell` takes the texts that the user should read."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        self._tell = tell
        self._real_names = {}
        self._files = {}
        self._functions = []

    def set(self, file: str, descriptions: list) -> None:
        """Replaces the breakpoints of a file."""
        file = self._real(file)
        self._files[file] = [Breakpoint(description) for description in descriptions]
        self._mark(file)

    def settle(self, frame: FrameType) -> list:
        """When a file begins to run whose breakpoints wait for that: they move to lines that hold code, and this says where."""
        file = self._real(frame.f_code.co_filename)
        waiting = self._waiting(file)
        if not waiting or frame.f_code.co_name != '<module>':
            return []
        lines = sorted(_lines(frame.f_code))
        for point in waiting:
            point.waits = False
            point.line = next((line for line in lines if line >= point.line), 0)
        self._files[file] = [point for point in self._files[file] if point.line]
        self._mark(file)
        return [{'id': point.id, 'line': point.line} for point in waiting]

    def _real(self, name: str) -> str:
        """One name for one file, which a debugger and the program may know by others; what is no file keeps its own."""
        if name not in self._real_names:
            is_file = os.path.isabs(name) or os.path.exists(name)
            self._real_names[name] = os.path.realpath(name) if is_file else name
        return self._real_names[name]

    def _waiting(self, file: str) -> List[Breakpoint]:
        return [point for point in self._files.get(file, ()) if point.waits]

    def _mark(self, file: str) -> None:
        lines = {point.line for point in self._files[file]}
        _look_at(file, lines | {0} if self._waiting(file) else lines)

    def set_functions(self, descriptions: list) -> None:
        """Replaces the breakpoints on functions."""
        self._functions = [FunctionBreakpoint(description) for description in descriptions]
        _look_at(FUNCTIONS, {point.name.rpartition('.')[2] for point in self._functions})

    def clear(self) -> None:
        """Takes all breakpoints away."""
        self.set_functions([])
        for file in list(self._files):
            self.set(file, [])

    def hit(self, frame: FrameType) -> List[int]:
        """The numbers of the breakpoints on the frame's line at which the program is to stop."""
        points = self._files.get(self._real(frame.f_code.co_filename), ())
        return [point.id for point in points if point.line == frame.f_lineno and self._stops(point, frame)]

    def hit_functions(self, frame: FrameType) -> List[int]:
        """The numbers of the breakpoints on the frame's function, when its call has come to its first line."""
        points = [point for point in self._functions if point.means(frame)]
        if not points:
            return []
        number = _native.frame_number(frame)
        return [point.id for point in points if point.enters(number) and self._stops(point, frame)]

    def _stops(self, point: Breakpoint, frame: FrameType) -> bool:
        if point.condition and not self._holds(point, frame):
            return False
        point.hits += 1
        if not point.counts(point.hits):
            return False
        if point.log_message:
            self._tell(_filled_in(point.log_message, frame))
            return False
        return True

    def _holds(self, point: Breakpoint, frame: FrameType) -> bool:
        try:
            return bool(Scope(frame).evaluate(point.condition))
        except NameError:  # the name is bound further down, often
            return False
        except BaseException as error:
            self._tell('The condition %r of the breakpoint in line %d failed: %s' % (
                point.condition, point.line, last_line(error),
            ))
            return False


def _look_at(file: str, places: set) -> None:
    if _native.active():  # one that had to end before its program stops nothing
        _native.set_breakpoints(file, places)


def _lines(code: CodeType) -> Set[int]:
    """All lines that hold code, of functions and classes as well."""
    found = {line for _, line in dis.findlinestarts(code) if line}
    return found.union(*(_lines(constant) for constant in code.co_consts if isinstance(constant, type(code))))


def _qualname(frame: FrameType) -> str:
    """The function's qualified name; before 3.11 a code object knows only the last part, and its class tells more."""
    code = frame.f_code
    if hasattr(code, 'co_qualname'):
        return code.co_qualname
    first = frame.f_locals.get(code.co_varnames[0]) if code.co_argcount else None
    for cls in mro_of(first if is_class(first) else type(first)):
        found = dict_of(cls).get(code.co_name)
        if getattr(getattr(found, '__func__', found), '__code__', None) is code:
            return '%s.%s' % (qualname_of(cls), code.co_name)
    return code.co_name


def _hit_condition(text: str) -> Callable[[int], bool]:
    """Whether the so-maniest hit counts; N is the same as ==N. What can't be read is ignored."""
    text = text.strip()
    sign = next((sign for sign in _COMPARISONS if text.startswith(sign)), '')
    try:
        number = int(text[len(sign):])
    except ValueError:
        return lambda count: True
    compare = _COMPARISONS[sign or '==']
    return lambda count: compare(count, number)


def _filled_in(message: str, frame: FrameType) -> str:
    return ''.join(_value(text, frame) if is_expression else text for is_expression, text in split_message(message))


def _value(expression: str, frame: FrameType) -> str:
    try:
        return str(Scope(frame).evaluate(expression))
    except BaseException as error:
        return '<%s>' % last_line(error)
