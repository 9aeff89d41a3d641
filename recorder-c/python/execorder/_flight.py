"""The flight recorder: keeps the newest part of a run, and writes it to a file when something goes wrong."""

from __future__ import annotations

import atexit
import os
import sys
import threading

from execorder import _native
from execorder._arguments import seconds
from execorder._hooks import Hooks
from execorder._say import say
from execorder._session import Session
from execorder._sizes import size_bytes
from execorder._tracebacks import text_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Iterable, Optional, Tuple, Union

    from execorder._recording import Recording

REASONS = ('exception', 'signal', 'exit')


class Flight:
    """Records into a file beside the one that is asked for; a dump while the program goes on is a copy of it.

    When the program ends without a dump, that file is deleted. A crash leaves it as it is: it can be read up to the last
    step.
    """

    def __init__(
        self, path: Union[str, os.PathLike[str], None], ring: Union[str, int], dump_on: Iterable[str],
        timeout: Optional[float], options: dict,
    ) -> None:
        self._reasons = _checked(dump_on)
        if timeout is not None:
            timeout = seconds('timeout', timeout)
        self._path = os.path.abspath(os.fsdecode(path)) if path is not None else _default_path()
        self._ring_path = '%s.ring.xrec' % os.path.splitext(self._path)[0]
        self._options = dict(options, max_size=size_bytes(ring))
        self._hooks = Hooks(self._on_exception, self._on_signal)
        self._lock = threading.RLock()
        self._session: Optional[Session] = None
        self._newest_error: Optional[BaseException] = None
        self._timer: Optional[threading.Timer] = None
        if timeout is not None:
            self._timer = threading.Timer(timeout, self.dump, ['timeout'])
            self._timer.daemon = True

    @property
    def recording(self) -> Recording:
        """What is recorded at the moment."""
        assert self._session is not None
        return self._session.recording

    def begin(self) -> None:
        """Starts to record and to listen for trouble."""
        self._record()
        self._hooks.install('exception' in self._reasons, 'signal' in self._reasons)
        if self._timer is not None:
            self._timer.start()
        atexit.register(self._at_exit)

    def dump(self, reason: str, error_text: Optional[str] = None, goes_on: bool = True) -> Optional[str]:
        """Writes what is kept to a file, says so on standard error and answers the path; None when nothing is recorded."""
        with self._lock:
            session = self._session
            if session is None or not session.is_recording():
                return None
            path = _unused(self._path)
            stopped_by = 'end' if reason == 'asked' else reason
            if goes_on:
                error = {} if error_text is None else {'error': error_text}
                _native.Reader(self._ring_path).snapshot(path, dict(error, stopped_by=stopped_by))
            else:
                session.end(error_text=error_text, stopped_by=stopped_by)
                session.recording.close()
                os.replace(self._ring_path, path)
        say('%s: what led to it is recorded in %s' % (reason, path))
        return path

    def end(self) -> None:
        """Stops; the recording is a temporary one from now on."""
        session = self._stop()
        if session.is_recording():
            session.end()
            session.recording._delete_at_the_end()

    def _at_exit(self) -> None:
        """The program's end: the recording is dumped if that is wanted, and else deleted."""
        if 'exit' in self._reasons:
            self.dump('exit', goes_on=False)
        session = self._stop()
        if session.is_recording():
            session.end()
            session.recording.close()
            os.unlink(self._ring_path)

    def _stop(self) -> Session:
        atexit.unregister(self._at_exit)
        self._hooks.remove()
        if self._timer is not None:
            self._timer.cancel()
        assert self._session is not None
        return self._session

    def _record(self) -> None:
        self._session = Session(self._ring_path, **self._options)
        self._session.begin(at_exit=False)

    def _on_exception(self, error: BaseException) -> None:
        if error is not self._newest_error:  # an exception may be told of twice on its way
            self._newest_error = error
            self.dump('exception', text_of(error))

    def _on_signal(self, name: str, goes_on: bool) -> None:
        self.dump('signal', name, goes_on)


def _checked(dump_on: Iterable[str]) -> Tuple[str, ...]:
    reasons = (dump_on,) if isinstance(dump_on, str) else tuple(dump_on)
    for reason in reasons:
        if reason not in REASONS:
            raise ValueError('dump_on names some of %s, and %r is none' % (', '.join(map(repr, REASONS)), reason))
    return reasons


def _default_path() -> str:
    main = getattr(sys.modules['__main__'], '__file__', None) or 'python'
    name = os.path.splitext(os.path.basename(main))[0]
    return os.path.abspath('%s-%d.xrec' % (name, os.getpid()))


def _unused(path: str) -> str:
    """The path, or with a number when there is such a file already: no dump replaces another."""
    stem, ending = os.path.splitext(path)
    number, candidate = 1, path
    while os.path.exists(candidate):
        number += 1
        candidate = '%s-%d%s' % (stem, number, ending)
    return candidate
