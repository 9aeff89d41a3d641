"""Recording a part of a running program: start, stop, and `with recording(...)`."""

from __future__ import annotations

import os
import threading

from execorder._errors import RecordingError
from execorder._session import Session

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import TracebackType
    from typing import Iterable, Optional, Type, Union

    from execorder._flight import Flight
    from execorder._recording import Recording

_lock = threading.RLock()
_session: Union[Session, Flight, None] = None  # what start() began


def start(
    path: Union[str, os.PathLike[str], None] = None,
    *,
    all_code: bool = False,
    library: Iterable[str] = (),
    max_steps: Optional[int] = None,
    record_state: bool = True,
    redact: Optional[str] = None,
    ring: Union[str, int, None] = None,
    dump_on: Iterable[str] = ('exception', 'signal'),
    timeout: Optional[float] = None,
) -> Recording:
    """Begins to record this process, all of its threads, from here to `stop()` or to the end of the program. Answers the
    recording, which tells what is recorded so far.

    path: the file to record to; by default a temporary one, deleted with the recording.
    all_code: record the standard library and installed packages step by step, too.
    library: folders with more code that is not to be recorded step by step.
    max_steps: the recording ends after so many steps; the program goes on.
    record_state: False keeps steps and lines only.
    redact: an extended regular expression such as 'password|token': the values of variables, keys and attributes with such
        names are left out, also out of texts, sources and output; the recording is at `path` when it has ended.

    With `ring`, it is a flight recorder: only the newest part of the run is kept, and written when something goes wrong.

    ring: about how much is kept, in bytes or as a text such as '200MB'.
    dump_on: what makes it write the recording: 'exception' (one that nobody catches, in any thread or task), 'signal'
        (SIGTERM, after which the program ends as ever, and SIGUSR1, after which it goes on), 'exit' (the program's end).
        A crash leaves what was recorded in a file ending with .ring.xrec.
    timeout: seconds after which it is written, too, unless the program has ended.
    path: where to write to, with a number behind it when there is such a file; by default named by the program and the
        process, in the current folder.

    Functions that are running already are recorded from here on. Raises RecordingError when a recording was started
    before and not stopped, and OSError when the file can't be written.

    >>> import execorder
    >>> recording = execorder.start()
    >>> total = sum([1, 2, 3])
    >>> execorder.stop() is recording
    True
    """
    global _session
    options = {'all_code': all_code, 'library': library, 'max_steps': max_steps, 'record_state': record_state}
    with _lock:
        if _session is not None:
            raise RecordingError('a recording is under way: call execorder.stop() first')
        if ring is None:
            session: Union[Session, Flight] = Session(path, redact=redact, **options)
        elif redact is not None:
            raise TypeError('a flight recorder leaves nothing out: run "execorder redact" on what it wrote')
        else:
            from execorder._flight import Flight

            session = Flight(path, ring, dump_on, timeout, options)
        session.begin()
        _session = session
    return session.recording


def dump() -> str:
    """Writes now what a flight recorder keeps, and answers the file's path; it then begins anew. Raises RecordingError
    when none was started."""
    with _lock:
        written = _session.dump('asked') if hasattr(_session, 'dump') else None
    if written is None:
        raise RecordingError('no flight recorder is running: call execorder.start(ring=...) first')
    return written


def stop() -> Recording:
    """Ends what `start` began and answers the complete recording. Raises RecordingError when there is none."""
    global _session
    with _lock:
        session, _session = _session, None
    if session is None:
        raise RecordingError('there is no recording to stop: call execorder.start() first')
    recording = session.recording
    session.end()
    return recording


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
        redact: Optional[str] = None,
    ) -> None:
        self._session = Session(
            path, all_code=all_code, library=library, max_steps=max_steps, record_state=record_state, redact=redact,
        )

    def __enter__(self) -> Recording:
        self._session.begin()
        return self._session.recording

    def __exit__(
        self, kind: Optional[Type[BaseException]], error: Optional[BaseException], traceback: Optional[TracebackType],
    ) -> None:
        self._session.end(error)
