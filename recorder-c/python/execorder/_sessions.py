"""Recording a part of a running program: start, stop, and `with recording(...)`."""

from __future__ import annotations

import atexit
import os
import sys
import threading

from execorder import _native
from execorder._errors import RecordingError
from execorder._forks import watch_forks
from execorder._library import library_prefixes
from execorder._living import Living
from execorder._notes import notes_of
from execorder._recording import Recording
from execorder._temporary import temporary_path
from execorder._tracebacks import text_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import TracebackType
    from typing import Iterable, Optional, Type, Union

_lock = threading.RLock()
_session: Optional[Session] = None  # what start() began


def start(
    path: Union[str, os.PathLike[str], None] = None,
    *,
    all_code: bool = False,
    library: Iterable[str] = (),
    max_steps: Optional[int] = None,
    record_state: bool = True,
) -> Recording:
    """Begins to record this process, all of its threads, from here to `stop()` or to the end of the program. Answers the
    recording, which tells what is recorded so far.

    path: the file to record to; by default a temporary one, deleted with the recording.
    all_code: record the standard library and installed packages step by step, too.
    library: folders with more code that is not to be recorded step by step.
    max_steps: the recording ends after so many steps; the program goes on.
    record_state: False keeps steps and lines only.

    Functions that are running already are recorded from here on. Raises RecordingError when a recording was started
    before and not stopped, and OSError when the file can't be written.

    >>> import execorder
    >>> recording = execorder.start()
    >>> total = sum([1, 2, 3])
    >>> execorder.stop() is recording
    True
    """
    global _session
    with _lock:
        if _session is not None:
            raise RecordingError('a recording is under way, to %s: call execorder.stop() first' % _session.recording.path)
        session = Session(path, all_code=all_code, library=library, max_steps=max_steps, record_state=record_state)
        session.begin()
        _session = session
    return session.recording


def stop() -> Recording:
    """Ends what `start` began and answers the complete recording. Raises RecordingError when there is none."""
    global _session
    with _lock:
        session, _session = _session, None
    if session is None:
        raise RecordingError('there is no recording to stop: call execorder.start() first')
    session.end()
    return session.recording


class recording:
    """Records what happens inside a `with` block, like `start` before and `stop` after it, with the same arguments.
    An exception that leaves the block is the recording's `error`.

    >>> import execorder
    >>> with execorder.recording() as taken:
    ...     total = sum([1, 2, 3])
    >>> taken.stopped_by
    'end'
    """

    __module__ = 'execorder'

    def __init__(
        self,
        path: Union[str, os.PathLike[str], None] = None,
        *,
        all_code: bool = False,
        library: Iterable[str] = (),
        max_steps: Optional[int] = None,
        record_state: bool = True,
    ) -> None:
        self._session = Session(
            path, all_code=all_code, library=library, max_steps=max_steps, record_state=record_state,
        )

    def __enter__(self) -> Recording:
        self._session.begin()
        return self._session.recording

    def __exit__(
        self, kind: Optional[Type[BaseException]], error: Optional[BaseException], traceback: Optional[TracebackType],
    ) -> None:
        self._session.end(error)


class Session:
    """One recording of this process, from `begin` to `end`."""

    recording: Recording

    def __init__(
        self, path: Union[str, os.PathLike[str], None], *, all_code: bool = False, library: Iterable[str] = (),
        max_steps: Optional[int] = None, record_state: bool = True, program: Optional[str] = None,
    ) -> None:
        """`program`: the file that the recording calls its main one; by default that of __main__."""
        if max_steps is not None and max_steps < 1:
            raise ValueError('max_steps must be at least 1')
        self._is_temporary = path is None
        self._path = None if path is None else os.path.abspath(os.fsdecode(path))
        self._options = {
            'library': library_prefixes(library, all_code),
            'just_my_code': not all_code,
            'max_steps': max_steps or 0,
            'interval': 0,
            'on_event': self._on_event,
            'record_state': record_state,
        }
        self._program = program
        self._has_ended = True
        self._pid = 0
        self._token = 0  # of the recording

    def begin(self) -> None:
        """Starts to record."""
        path = temporary_path() if self._path is None else self._path
        watch_forks()
        try:
            self._start(path, self._program or _main_file())
        except BaseException:
            if self._is_temporary:
                os.unlink(path)
            raise

    def _start(self, path: str, program: str) -> None:
        record_state = self._options['record_state']
        try:
            self._token = _native.start(path, notes_of(program, bool(record_state), sys.argv), self._options)
        except RuntimeError as error:
            raise RecordingError(str(error)) from None
        self._has_ended, self._pid = False, os.getpid()
        living = Living(vars(sys.modules['__main__']), self._token)
        self.recording = Recording(path, living=living, record_state=bool(record_state))
        if self._is_temporary:
            self.recording._delete_at_the_end()
        atexit.register(self.end)

    def end(self, error: Optional[BaseException] = None, error_text: Optional[str] = None) -> None:
        """Completes the recording; `error` or its text is what ended it. Does nothing when it has ended, or in a fork of
        the process."""
        if self._has_ended or os.getpid() != self._pid:
            return
        text = error_text or text_of(error)
        self._complete('end' if text is None else 'exception', error, text)

    def _complete(self, stopped_by: str, error: Optional[BaseException], text: Optional[str]) -> None:
        self._has_ended = True
        atexit.unregister(self.end)
        failure = _native.failure(self._token)
        if _native.active(self._token):
            _native.stop(stopped_by, text, self._token)
        elif failure is not None:
            import warnings

            warnings.warn('the recording ended early: %s' % failure, RuntimeWarning, stacklevel=4)
        self.recording._end(stopped_by, error)

    def _on_event(self, kind: str, step: int, thread: int, frame: object) -> None:
        if kind == 'max_steps' and not self._has_ended:
            self._complete('max_steps', None, None)


def _main_file() -> str:
    main = sys.modules['__main__']
    return getattr(main, '__file__', None) or '<%s>' % getattr(main, '__name__', '__main__')
