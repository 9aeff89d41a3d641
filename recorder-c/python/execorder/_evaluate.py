"""Expressions and assignments in living frames."""

from __future__ import annotations

import sys
import textwrap

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import CodeType, FrameType
    from typing import Tuple

LONGEST = 100_000  # characters of a shown value


class Scope:
    """The names of a living frame; without one, those of the main module."""

    def __init__(self, frame: FrameType = None) -> None:
        self._frame = frame
        if frame is None:
            self.globals = self.locals = vars(sys.modules['__main__'])
        else:
            self.globals, self.locals = frame.f_globals, frame.f_locals

    def evaluate(self, expression: str, statements: bool = False) -> object:
        """The expression's value. With `statements`, what is no expression is executed and None is answered."""
        try:
            code = compile(expression.strip(), '<evaluate>', 'eval', dont_inherit=True)
        except SyntaxError:
            if not statements:
                raise
            exec(_statements(expression), self.globals, self.locals)
            self._write_back()
            return None
        if ':=' in expression or self.locals is self.globals:
            value = eval(code, self.globals, self.locals)
            self._write_back()
            return value
        # Both in one dict, so that comprehensions and lambdas inside the expression see the locals.
        return eval(code, {**self.globals, **self.locals})

    def names(self) -> Tuple[dict, dict]:
        """Its global and its local names, as they are bound now."""
        return dict(self.globals), dict(self.locals)

    def assign(self, name: str, value: object) -> None:
        """Binds a name where the frame would find it."""
        if name in self.locals or name not in self.globals:
            self.locals[name] = value
            self._write_back()
        else:
            self.globals[name] = value

    def _write_back(self) -> None:
        if self._frame is None or self.locals is self.globals or sys.version_info >= (3, 13):
            return  # a module's names are its dict; from 3.13 on, f_locals writes through
        import ctypes

        ctypes.pythonapi.PyFrame_LocalsToFast(ctypes.py_object(self._frame), ctypes.c_int(0))


def _statements(text: str) -> CodeType:
    """Code of one statement, which shows the values of its expressions as a console does, or of several."""
    text = textwrap.dedent(text).rstrip() + '\n'
    try:
        return compile(text, '<evaluate>', 'single', dont_inherit=True)
    except SyntaxError:
        return compile(text, '<evaluate>', 'exec', dont_inherit=True)


def same(before: Tuple[dict, ...], after: Tuple[dict, ...]) -> bool:
    """Whether the same names are bound to the same objects."""
    return all(
        len(old) == len(new) and all(name in old and old[name] is value for name, value in new.items())
        for old, new in zip(before, after)
    )


def shown(value: object, whole: bool = False) -> dict:
    """The value as text, with its type's name."""
    text = repr(value)
    if not whole and len(text) > LONGEST:
        text = text[:LONGEST] + '…'
    return {'value': text, 'type': type(value).__name__}


def last_line(error: BaseException) -> str:
    """The last line of the error's traceback."""
    from traceback import format_exception_only

    return format_exception_only(type(error), error)[-1].strip()


def split_message(message: str) -> Tuple[Tuple[bool, str], ...]:
    """The parts of a log message: (is an expression, text). Doubled braces stand for themselves.

    >>> split_message('x is {x}, {{}}')
    ((False, 'x is '), (True, 'x'), (False, ', {}'))
    """
    parts, text, at = [], '', 0
    while at < len(message):
        letter = message[at]
        if message[at:at + 2] in ('{{', '}}'):
            text += letter
            at += 2
        elif letter == '{':
            end = _closing(message, at)
            parts += [(False, text), (True, message[at + 1:end])]
            text, at = '', end + 1
        else:
            text += letter
            at += 1
    return tuple(part for part in parts + [(False, text)] if part[1])


def _closing(message: str, opening: int) -> int:
    """Where the brace that is opened here is closed; the end of the message when it isn't."""
    depth = 0
    for at in range(opening, len(message)):
        depth += {'{': 1, '}': -1}.get(message[at], 0)
        if depth == 0:
            return at
    return len(message)
