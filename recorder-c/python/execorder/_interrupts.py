"""What a debugger evaluates in the living program can be given up: it ends in whatever thread it runs.

The main thread is interrupted by SIGURG, which is ignored otherwise: blocking calls end as well. A debugger of this machine
sends the signal itself; any other sends a message, for which another thread looks meanwhile. In other threads than the main
one an exception is raised at the next bytecode, so that a blocking call ends when it ends.
"""

from __future__ import annotations

import _thread
import signal

from execorder import _native

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import FrameType
    from typing import Callable

    from execorder._channel import Channel

SIGNAL = getattr(signal, 'SIGURG', None)
LOOK_AGAIN_SECONDS = 0.1
#: What a debugger sends that does not wait for the answer.
IMPATIENT = frozenset(('interrupt', 'terminate'))


class Interrupted(BaseException):
    """The debugger does not wait for the expression any more."""

    def __init__(self) -> None:
        super().__init__('the debugger has given it up')


def interruptible(work: Callable[[], object], channel: Channel) -> object:
    """What `work` gives. Raises Interrupted when the debugger at this channel gives it up, or is gone."""
    watch = _Watch(channel)
    try:
        try:
            watch.begin()
            return work()
        finally:
            watch.finish()
    except Interrupted:
        watch.finish()  # it may have come in the middle of it
        raise


class _Watch:
    """Looks for a debugger that gives up what this thread does."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self._thread = _thread.get_ident()
        self._wake = _thread.allocate_lock()  # released to end the watch
        self._busy = _thread.allocate_lock()  # held while the flags below are changed or acted upon
        self._is_over = False
        self._may_wait = False  # an exception may be waiting for the thread's next bytecode
        self._has_signal = False
        self._handler = None

    def begin(self) -> None:
        self._has_signal = self._install()
        self._wake.acquire()
        try:
            _thread.start_new_thread(_native.run_unseen, (self._look,))
        except RuntimeError:
            pass  # at the program's end there are no new threads, from 3.12 on: only the signal interrupts then

    def finish(self) -> None:
        """No interrupt comes any more."""
        while True:
            try:
                self._end()
                return
            except Interrupted:
                continue

    def _end(self) -> None:
        with self._busy:
            self._is_over = True
        if self._wake.locked():
            self._wake.release()
        if self._may_wait:
            self._take_interrupt()
        if self._has_signal:
            signal.signal(SIGNAL, self._handler)
            self._has_signal = False

    def _take_interrupt(self) -> None:
        """Lets one that may be waiting for our next bytecode come now: it can't be taken back."""
        try:
            _native.raise_in(self._thread, Interrupted)
            while True:
                pass
        except Interrupted:
            self._may_wait = False

    def _look(self) -> None:
        while not self._wake.acquire(timeout=LOOK_AGAIN_SECONDS):
            with self._busy:
                if self._is_over:
                    return
                if self._channel.has_arrived(IMPATIENT) or not self._channel.open:
                    self._interrupt()

    def _interrupt(self) -> None:
        if self._has_signal:
            signal.pthread_kill(self._thread, SIGNAL)
        else:
            self._may_wait = True
            _native.raise_in(self._thread, Interrupted)

    def _install(self) -> bool:
        """Puts our handler in the place of none; false in other threads than the main one, and where the program has one."""
        if SIGNAL is None or signal.getsignal(SIGNAL) not in (signal.SIG_DFL, signal.SIG_IGN):
            return False
        try:
            self._handler = signal.signal(SIGNAL, self._on_signal)
        except ValueError:
            return False
        return True

    def _on_signal(self, number: int, frame: FrameType) -> None:
        if not self._is_over:
            raise Interrupted
