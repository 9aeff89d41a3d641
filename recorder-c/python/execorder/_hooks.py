"""Hears of what goes wrong in a program, and hands it on to whoever the program has set to hear of it."""

from __future__ import annotations

import os
import signal
import sys
import threading

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import FrameType
    from typing import Any, Callable, Dict, Optional

ENDING = ('SIGTERM',)   # the program ends by it, as it would without us
GOING_ON = ('SIGUSR1',)


class Hooks:
    """`on_exception` is called with an exception that nobody caught, in whatever thread or task; `on_signal` with the
    name of a signal and whether the program goes on."""

    def __init__(self, on_exception: Callable[[BaseException], None], on_signal: Callable[[str, bool], None]) -> None:
        self._on_exception = on_exception
        self._on_signal = on_signal
        self._undo: list = []
        self._handlers: Dict[int, Any] = {}

    def install(self, exceptions: bool, signals: bool) -> None:
        """Takes the places of the hooks that are there; what was there is called afterwards."""
        if exceptions:
            self._hook_exceptions()
        if signals:
            for name in ENDING + GOING_ON:
                self._hook_signal(getattr(signal, name))

    def remove(self) -> None:
        """Puts back what was there, where nobody has put something else since."""
        for undo in reversed(self._undo):
            undo()
        self._undo.clear()

    def _hook_exceptions(self) -> None:
        before = sys.excepthook

        def excepthook(kind: type, error: BaseException, traceback: Any) -> None:
            self._on_exception(error)
            before(kind, error, traceback)

        self._put(sys, 'excepthook', excepthook)
        if hasattr(threading, 'excepthook'):  # 3.8
            self._hook_threads()
        self._hook_tasks()

    def _hook_threads(self) -> None:
        before = threading.excepthook

        def excepthook(args: Any) -> None:
            if args.exc_value is not None and args.exc_type is not SystemExit:
                self._on_exception(args.exc_value)
            before(args)

        self._put(threading, 'excepthook', excepthook)

    def _hook_tasks(self) -> None:
        """What asyncio tells of: tasks whose exception nobody looked at, callbacks that failed."""
        from asyncio.base_events import BaseEventLoop

        before = BaseEventLoop.call_exception_handler

        def call_exception_handler(loop: Any, context: Dict[str, Any]) -> None:
            error = context.get('exception')
            if isinstance(error, BaseException):
                self._on_exception(error)
            before(loop, context)

        self._put(BaseEventLoop, 'call_exception_handler', call_exception_handler)

    def _put(self, place: Any, name: str, hook: Any) -> None:
        before = getattr(place, name)
        setattr(place, name, hook)

        def undo() -> None:
            if getattr(place, name) is hook:
                setattr(place, name, before)

        self._undo.append(undo)

    def _hook_signal(self, number: int) -> None:
        try:
            before = signal.getsignal(number)
            signal.signal(number, self._handle)
        except ValueError:  # only the main thread may: elsewhere the program's signals stay as they are
            return
        self._handlers[number] = before

        def undo() -> None:
            if signal.getsignal(number) == self._handle:
                signal.signal(number, before if before is not None else signal.SIG_DFL)

        self._undo.append(undo)

    def _handle(self, number: int, frame: Optional[FrameType]) -> None:
        before = self._handlers.get(number)
        name = signal.Signals(number).name
        ends = name in ENDING and before == signal.SIG_DFL
        self._on_signal(name, not ends)
        if callable(before):
            before(number, frame)
        elif ends:
            signal.signal(number, signal.SIG_DFL)
            os.kill(os.getpid(), number)
