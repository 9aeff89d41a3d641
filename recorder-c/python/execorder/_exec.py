"""The recorded, bounded exec()."""

from __future__ import annotations

import builtins
import itertools
import os
import sys
from types import CodeType

from execorder import _native
from execorder._arguments import at_least_one, of_kind, seconds
from execorder._sizes import size_bytes
from execorder._errors import MaxStepsReached, StoppedByCallback, StopRecorded, TimeLimitReached
from execorder._forks import watch_forks
from execorder._limits import TimeLimit
from execorder._living import Living
from execorder._notes import notes_of
from execorder._recording import Recording
from execorder._temporary import leave_unredacted_place, temporary_path, unredacted_place
from execorder._tracebacks import text_of, without_our_frames

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Callable, Optional, Union

_numbers = itertools.count(1)


def exec(
    code: Union[str, CodeType],
    globals: Optional[dict] = None,
    *,
    callback: Optional[Callable[[Recording], object]] = None,
    callback_interval: int = 50_000,
    max_steps: Optional[int] = None,
    max_size: Union[int, str, None] = None,
    time_limit: Optional[float] = None,
    record_state: bool = True,
    redact: Optional[str] = None,
    path: Union[str, os.PathLike, None] = None,
) -> Recording:
    """Runs code like the built-in exec and records it. Always answers the recording, also when the code raised or was
    stopped; only a SyntaxError in the text is raised.

    code: source text or a code object; this code, and whatever is defined in it, is recorded step by step, other
        Python code that it calls is not, yet changes that such code makes to its objects are.
    globals: used and left filled; by default fresh, with builtins.
    callback: called with the recording at the start, every `callback_interval` steps and at the end. What it runs is
        not recorded. Answering False stops the code; raising stops it too, with that exception as `error.__context__`.
    max_steps: the code is stopped when it has made so many steps.
    max_size: the recording keeps only its newest part, in a file no larger than this: bytes, or a text like '200MB'.
    time_limit: seconds of wall time after which it is stopped.
    record_state: False keeps steps and lines only.
    redact: an extended regular expression such as 'password|token': the values of variables, keys and attributes with such
        names are left out, also out of texts, sources and output; the recording is at `path` when the code has ended.
    path: the file to record to; by default a temporary one, deleted with the recording.

    >>> import execorder
    >>> recording = execorder.exec('n = 0\\nwhile True:\\n    n += 1', max_steps=10)
    >>> recording.steps(), recording.stopped_by
    (10, 'max_steps')
    >>> execorder.exec('1 / 0').error
    ZeroDivisionError('division by zero')
    """
    redactor = None if redact is None else _native.redactor(redact)
    callback_interval = at_least_one('callback_interval', callback_interval)
    max_steps = 0 if max_steps is None else at_least_one('max_steps', max_steps)
    time_limit = None if time_limit is None else seconds('time_limit', time_limit)
    if callback is not None and not callable(callback):
        raise TypeError('callback is a function, not %r' % (callback,))
    if globals is None:
        globals = {'__builtins__': builtins}
    of_kind('globals', globals, dict, 'a dict')
    program, source = _compiled(code)
    execution = _Execution(program, globals, callback, TimeLimit(time_limit), redactor)
    options = {
        'library': ('',),  # every file: what is recorded is given with record_code
        'just_my_code': True,
        'max_steps': max_steps,
        'max_size': size_bytes(max_size),
        'interval': callback_interval if callback is not None else 0,
        'on_event': execution.on_event,
        'record_state': record_state,
        'globals': globals,
        'redactor': redactor,
    }
    return execution.run(code, source, path, options)


class _Execution:
    """One run of exec(). The answered recording must not be reachable from here, nor from the frames of a traceback:
    so a temporary file goes as soon as nobody uses the recording any more."""

    def __init__(
        self, program: CodeType, globals: dict, callback, limit: TimeLimit, redactor: object,
    ) -> None:
        self._program = program
        self._globals = globals
        self._callback = callback
        self._limit = limit
        self._redactor = redactor
        self._recording = None
        self._bound = None  # the first StopRecorded that we raised
        self._token = 0  # of the recording

    def run(self, code, source: Optional[str], path, options: dict) -> Recording:
        """Records the execution from start to end."""
        temporary = path is None
        wanted = temporary_path() if temporary else os.path.abspath(os.fsdecode(path))
        path = wanted if temporary or self._redactor is None else unredacted_place(wanted)
        file = self._program.co_filename
        watch_forks()
        try:
            self._token = token = _native.start(path, notes_of(file, options['record_state']), options)
            self._limit.token = token
        except BaseException:
            if temporary:
                os.unlink(path)
            elif path != wanted:
                leave_unredacted_place(path)
            raise
        stopped_by, error = 'exception', None
        try:
            self._recording = recording = Recording(
                path, living=Living(self._globals, token), code=code, file=file,
                record_state=options['record_state'],
            )
            if temporary:
                recording._delete_at_the_end()
            _native.record_code(self._program, source, token)
            stopped_by, error = self._run_to_the_end()
        finally:
            failure = self._stop_recording(stopped_by, text_of(error))
            self._recording = None
        recording._end(stopped_by, error, self._redactor, wanted)
        if failure is not None:
            import warnings

            warnings.warn('the recording ended before the code: %s' % failure, RuntimeWarning, stacklevel=3)
        try:
            return recording
        finally:
            del recording, error

    def _run_to_the_end(self) -> tuple:
        error = self._first_error(self._notify) or self._first_error(self._run_program)
        self._limit.finish()
        if self._bound is None:
            error = self._first_error(self._notify) or error
        if self._bound is not None:
            error = self._bound
        if error is None:
            return 'end', None
        without_our_frames(error)
        return (error.stopped_by if isinstance(error, StopRecorded) else 'exception'), error

    def _first_error(self, action: Callable[[], None]) -> Optional[BaseException]:
        try:
            action()
        except BaseException as error:
            return error
        return None

    def _run_program(self) -> None:
        try:
            self._run_limited()
        except TimeLimitReached as error:
            self._bound = self._bound or error
        finally:
            self._after_program()

    def _run_limited(self) -> None:
        self._limit.begin()
        try:
            builtins.exec(self._program, self._globals)
        finally:
            self._limit.finish()

    def _after_program(self) -> None:
        self._limit.finish()
        self._raise_at_every_step(None)
        if self._limit.interrupted:
            self._bound = self._bound or TimeLimitReached()
        if isinstance(self._bound, TimeLimitReached):
            self._limit.describe(self._bound)

    def on_event(self, kind: str, step: int, thread: int, frame) -> None:
        """Called by the recorder in the program's own thread; what it raises is raised in the program."""
        if kind == 'max_steps':
            self._stop(MaxStepsReached('the code made %d steps' % (step + 1)))
        elif kind == 'interval':
            self._notify()

    def _notify(self) -> None:
        """Calls the callback, if there is one."""
        if self._callback is None:
            return
        self._limit.hold()
        try:
            answer = self._called()
        except BaseException as error:
            self._stop(StoppedByCallback('the callback raised %s' % type(error).__name__))
        finally:
            self._recording._rest()
            self._limit.release()
        if answer is False:
            self._stop(StoppedByCallback('the callback returned False'))

    def _called(self) -> object:
        """The callback's answer. At a step, the recorder has turned away from this thread already."""
        if not _native.active(self._token):
            return self._callback(self._recording)
        return _native.call_unrecorded(self._callback, self._recording, self._token)

    def _stop(self, error: StopRecorded) -> None:
        """Raises `error` here and again at every further step, so that no except clause outlives it."""
        if self._bound is None:
            self._bound = error
        self._raise_at_every_step(type(error))
        raise error

    def _raise_at_every_step(self, kind: Optional[type]) -> None:
        if _native.active(self._token):
            _native.bound_stop(kind, self._token)

    def _stop_recording(self, stopped_by: str, error: Optional[str]) -> Optional[str]:
        """Completes the recording; answers why it ended by itself before, if it did."""
        if not _native.active(self._token):
            return _native.failure(self._token)
        _native.stop(stopped_by, error, self._token)
        return None


def _compiled(code: Union[str, CodeType]) -> tuple:
    """The code object, and its source text where that was given."""
    of_kind('code', code, (str, bytes, CodeType), 'source text or a code object')
    if isinstance(code, CodeType):
        return code, None
    name = '<exec %d>' % next(_numbers)
    program = compile(code, name, 'exec', dont_inherit=True)
    source = code if isinstance(code, str) else code.decode('utf-8', 'replace')
    return program, source
