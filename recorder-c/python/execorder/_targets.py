"""The calls that a line is about to make, for a debugger that steps into one of them."""

from __future__ import annotations

import ast
import inspect
import linecache

from execorder import _native

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import CodeType, FrameType
    from typing import Iterator, List, Optional

MOST = 100
#: Nothing in their bodies runs when they do.
_DELAYED = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)


class Call:
    """A call of Python code. `text`: as it is written."""

    def __init__(self, text: str, code: CodeType) -> None:
        self.text = text
        self.code = code


class Targets:
    """The calls of the statement at which a frame stands, in the order in which they are made."""

    def __init__(self, frame: FrameType, number: int) -> None:
        self.frame = number
        self.calls = []  # type: List[Call]
        self._first = self._last = frame.f_lineno
        lines = linecache.getlines(frame.f_code.co_filename, frame.f_globals)
        statement = _statement_at(lines, frame.f_lineno)
        if statement is None:
            return
        names = {**frame.f_globals, **frame.f_locals}
        for call in _calls(statement):
            self._last = max(self._last, call.lineno)
            code = _code_of(_named(call.func, names))
            if code is not None and len(self.calls) < MOST:
                self.calls.append(Call(_text(lines, call), code))

    def holds(self, line: int) -> bool:
        """Whether the statement goes on at this line of its frame."""
        return self._first < line <= self._last


class Entry:
    """Waits for one of the calls to be entered."""

    def __init__(self, targets: Targets, index: int) -> None:
        self._targets = targets
        self._code = targets.calls[index].code
        self._left = sum(call.code is self._code for call in targets.calls[:index + 1])
        self._newest = targets.frame

    def is_reached(self, frame: FrameType, depth: int, caller_depth: int) -> bool:
        """Whether a thread that has come to a line stands in the call, or has left the statement without it."""
        number = _native.frame_number(frame)
        if depth <= caller_depth:
            return number != self._targets.frame or not self._targets.holds(frame.f_lineno)
        if number == self._newest:
            return False
        self._newest = number
        self._left -= frame.f_code is self._code
        return self._left == 0


def _statement_at(lines: List[str], line: int) -> Optional[ast.stmt]:
    """The innermost statement that begins at the line or goes on there."""
    try:
        tree = ast.parse(''.join(lines))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    found = None
    for node in ast.walk(tree):  # the outer ones come first
        if isinstance(node, ast.stmt) and node.lineno <= line:
            if found is None or node.lineno >= found.lineno:
                found = node
    return found


def _calls(node: ast.AST) -> Iterator[ast.Call]:
    """What runs when the statement does, without those that it holds."""
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, (ast.stmt, ast.ExceptHandler) + _DELAYED):
            yield from _calls(child)
    if isinstance(node, ast.Call):
        yield node


def _named(node: ast.expr, names: dict) -> object:
    """What a dotted name stands for, without running anything; None where only running tells."""
    if isinstance(node, ast.Name):
        builtins = names.get('__builtins__')
        known = builtins if isinstance(builtins, dict) else getattr(builtins, '__dict__', {})
        return names.get(node.id, known.get(node.id))
    if not isinstance(node, ast.Attribute):
        return None
    base = _named(node.value, names)
    return None if base is None else inspect.getattr_static(base, node.attr, None)


def _code_of(called: object) -> Optional[CodeType]:
    """The code that a call of this runs first, where that is in Python."""
    called = getattr(called, '__func__', called) if type(called) in _HOLDERS else called
    if inspect.isfunction(called):
        return called.__code__
    if isinstance(called, type):
        made = inspect.getattr_static(called, '__new__', None)
        begun = _code_of(made) if type(made) is staticmethod else None
        return begun or _code_of(inspect.getattr_static(called, '__init__', None))
    call = inspect.getattr_static(type(called), '__call__', None)
    return call.__code__ if inspect.isfunction(call) else None


_HOLDERS = (staticmethod, classmethod, type(Call('', None).__init__))


def _text(lines: List[str], call: ast.Call) -> str:
    """The call as it is written, in one line."""
    end = getattr(call, 'end_lineno', None)  # since 3.8
    if end is None:
        return _dotted(call.func) + '(…)'
    rows = [row.encode('utf-8', 'surrogatepass') for row in lines[call.lineno - 1:end]]
    rows[-1] = rows[-1][:call.end_col_offset]
    rows[0] = rows[0][call.col_offset:]
    return ' '.join(b' '.join(rows).decode('utf-8', 'replace').split())


def _dotted(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return '%s.%s' % (_dotted(node.value), node.attr)
    return node.id if isinstance(node, ast.Name) else '…'
