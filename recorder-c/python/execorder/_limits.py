"""Bounds in time: interrupts one thread of Python once its time is over, again and again until it gives in."""

from __future__ import annotations

import _thread
import signal
import time

from execorder import _native
from execorder._errors import TimeLimitReached

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import FrameType
    from typing import Callable, Optional

AGAIN_SECONDS = 0.02
#: After so many without an answer the program may have a handler of its own, or have blocked the signal.
SIGNALS_IN_VAIN = 1
OURS = __file__[:-len('_limits.py')]
# Ignored by default: harmless where the program has put another handler, or none, in the place of ours.
SIGNAL = getattr(signal, 'SIGURG', None)


class TimeLimit:
    """Raises TimeLimitReached in the thread that began it, once `seconds` of wall time have passed.

    Two ways at once: at every recorded step from then on; and at the next bytecode of any Python code, library code
    too. In the main thread the latter is a signal, so that blocking calls end as well (`time.sleep`, `input`, socket
    reads, lock waits). In other threads, and where the program has taken the signal away, a blocking call ends when it
    ends, and Python code has the exception raised at its next bytecode.

    interrupted: whether that has happened.
    token: of the recording whose steps are bounded.
    """

    def __init__(self, seconds: Optional[float]) -> None:
        self.interrupted = False
        self.token = 0
        self._seconds = seconds
        self._thread = _thread.get_ident()
        self._wake = _thread.allocate_lock()  # released to end the watch
        self._over = True
        self._held = False
        self._signals = False
        self._handler = None
        self._busy = _thread.allocate_lock()  # held while the flags above are changed or acted upon
        self._unanswered = 0  # signals sent so far
        self._may_wait = False  # an exception may be waiting for the thread's next bytecode
        self._is_begun = False
        self._deadline = 0.0
        self._ended = None

    def begin(self) -> None:
        """Starts the clock."""
        if self._seconds is None:
            return
        self._is_begun, self._over = True, False
        self._signals = self._install()
        self._wake.acquire()
        self._deadline = time.monotonic() + self._seconds
        _thread.start_new_thread(self._watch, ())

    def describe(self, error: TimeLimitReached) -> None:
        """Gives the exception its text, and says how late it was obeyed."""
        error.overrun = self._ended - self._deadline
        error.args = ('the time limit of %g seconds was reached' % self._seconds,)

    def finish(self) -> None:
        """Stops the clock: no interrupt comes any more. One may still come instead of this; then call it again."""
        self._undisturbed(self._end)

    def hold(self) -> None:
        """From here to `release`, nothing is interrupted: what runs is not the program's."""
        self._undisturbed(self._begin_hold)

    def release(self) -> None:
        """Ends `hold`."""
        self._held = False

    def _undisturbed(self, action: Callable[[], None]) -> None:
        """Runs an action that can be begun again when the interrupt comes in the middle of it."""
        while self._is_begun:
            try:
                action()
                return
            except TimeLimitReached:
                continue

    def _end(self) -> None:
        if self._ended is None:
            self._ended = time.monotonic()
        with self._busy:
            self._over = True
        if self._wake.locked():
            self._wake.release()
        self._take_interrupt()
        if self._signals:
            if signal.getsignal(SIGNAL) == self._on_signal:
                signal.signal(SIGNAL, self._handler or signal.SIG_DFL)
            self._signals = False

    def _begin_hold(self) -> None:
        with self._busy:
            self._held = True
        self._take_interrupt()

    def _take_interrupt(self) -> None:
        """Lets an interrupt that may be waiting for our next bytecode come now. (Taking it back would leave the
        interpreter's flag set for good: up to 3.12 that slows it down, and traced threads of 3.11 hang.)"""
        if not self._may_wait:
            return
        try:
            _native.raise_in(self._thread, TimeLimitReached)
            while True:
                pass
        except TimeLimitReached:
            pass

    def _watch(self) -> None:
        wait = max(0.0, self._deadline - time.monotonic())
        while not self._wake.acquire(timeout=min(wait, _thread.TIMEOUT_MAX)) and not self._over:
            self._interrupt()
            wait = AGAIN_SECONDS

    def _interrupt(self) -> None:
        with self._busy:
            if self._over:
                return
            self.interrupted = True
            if _native.active(self.token):
                _native.bound_stop(TimeLimitReached, self.token)
            if self._held:
                return
            if self._signals:
                self._unanswered += 1
                signal.pthread_kill(self._thread, SIGNAL)
            if not self._signals or self._unanswered > SIGNALS_IN_VAIN:
                self._may_wait = True
                _native.raise_in(self._thread, TimeLimitReached)

    def _install(self) -> bool:
        """Puts our signal handler in place; false where that isn't possible."""
        if SIGNAL is None or not hasattr(signal, 'pthread_kill'):
            return False
        try:
            self._handler = signal.signal(SIGNAL, self._on_signal)
        except ValueError:  # not the main thread
            return False
        return True

    def _on_signal(self, number: int, frame: Optional[FrameType]) -> None:
        if frame is not None and frame.f_code.co_filename.startswith(OURS):  # the code may have ended already
            return
        self._unanswered = 0
        if not self._over and not self._held:
            raise TimeLimitReached
