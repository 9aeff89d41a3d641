"""What a debugger evaluates in the living program can be given up: SIGURG interrupts it, which is ignored otherwise."""

from __future__ import annotations

import signal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import FrameType
    from typing import Optional

SIGNAL = getattr(signal, 'SIGURG', None)


class Interrupted(BaseException):
    """The debugger does not wait for the expression any more."""


class Interruptible:
    """While it is entered, the signal raises Interrupted. Only the main thread can be interrupted so; elsewhere, and
    where the program has a handler of its own for the signal, nothing is changed."""

    def __init__(self) -> None:
        self._before = None
        self._is_on = False

    def __enter__(self) -> None:
        if SIGNAL is None or signal.getsignal(SIGNAL) not in (signal.SIG_DFL, signal.SIG_IGN):
            return
        try:
            self._before = signal.signal(SIGNAL, self._on_signal)
            self._is_on = True
        except ValueError:  # another thread than the main one
            pass

    def __exit__(self, *error: object) -> None:
        self._is_on = False
        if self._before is not None:
            signal.signal(SIGNAL, self._before)

    def _on_signal(self, number: int, frame: Optional[FrameType]) -> None:
        if self._is_on:
            raise Interrupted('the debugger has given it up')
