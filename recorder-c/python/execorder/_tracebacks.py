"""Takes the recorder's own frames out of tracebacks: the program's users never see them."""

from __future__ import annotations

import os
from types import FunctionType

from execorder._layout import look_up

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import TracebackType
    from typing import Optional

_PLAIN = (str, bytes, int, float, bool, type(None))

FOLDER = os.path.dirname(os.path.abspath(__file__))


def _is_ours(entry: TracebackType) -> bool:
    return os.path.dirname(entry.tb_frame.f_code.co_filename) == FOLDER


def from_program(traceback: Optional[TracebackType]) -> Optional[TracebackType]:
    """The part of a traceback that is the program's: without our frames and those that started us at its beginning,
    and without ours at its end."""
    first = entry = traceback
    while entry is not None:
        if _is_ours(entry):
            first = entry.tb_next
            if first is not None and not _is_ours(first):
                break
        entry = entry.tb_next
    _cut_tail(first)
    return first


def _cut_tail(entry: Optional[TracebackType]) -> None:
    while entry is not None:
        if entry.tb_next is not None and _is_ours(entry.tb_next):
            entry.tb_next = None
        entry = entry.tb_next


def without_our_frames(error: BaseException) -> BaseException:
    """Leaves only the program's part in the error's traceback; answers the error."""
    return error.with_traceback(from_program(error.__traceback__))


def text_of(error: Optional[BaseException]) -> Optional[str]:
    """The last line of the error's traceback, as far as it can be told without running code of the program's."""
    if error is None:
        return None
    kind = type(error)
    written_in_python = type(look_up(kind, '__str__')) is FunctionType
    if written_in_python or not all(type(argument) in _PLAIN for argument in error.args):
        return kind.__name__
    text = str(error)
    return '%s: %s' % (kind.__name__, text) if text else kind.__name__
