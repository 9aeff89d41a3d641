"""A recording: what happened, step by step, and the state at every step."""

from __future__ import annotations

import operator
import os
import weakref

from execorder._errors import RecordedError, RecordingError
from execorder._native import Reader
from execorder._places import Places
from execorder._questions import Questions
from execorder._states import States
from execorder._temporary import copy_private, leave_unredacted_place
from execorder._views import Step, Thread

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Dict, Iterator, List, Optional, SupportsIndex, Tuple, Union, overload


    from execorder._views import Frame

_STREAMS = {None: (1, 2), 'stdout': (1,), 'stderr': (2,)}


def open(path: Union[str, os.PathLike[str]]) -> Recording:
    """Opens the recording in a file, also one that is still being written.

    Raises NotARecordingError, CorruptRecordingError or TooNewError (all are RecordingErrors), or OSError.

    >>> import execorder, os, tempfile
    >>> path = os.path.join(tempfile.mkdtemp(), 'sum.xrec')
    >>> execorder.exec('x = 1 + 1', path=path).close()
    >>> with execorder.open(path) as recording:
    ...     recording.state(-1)
    {'x': 2}
    """
    return Recording(path)


class Recording(Questions):
    """The recorded execution of some code. `execorder.exec` and `execorder.open` make it.

    Steps are numbered from 0; negative numbers count from the end. What `state`, `dicts` and `stack` answer are fresh
    copies: changing them changes nothing, and within one answer they keep aliases and cycles. Wherever a step's number
    is asked for, a Step, a Change or a Raised will do.

    >>> import execorder
    >>> recording = execorder.exec('words = []; words.append("a")')
    >>> recording.step(0).kind, recording.step(1).kind
    ('call', 'line')
    >>> recording.state(-1)
    {'words': ['a']}
    """

    __module__ = 'execorder'

    def __init__(self, path, *, living=None, code=None, file=None, record_state=True) -> None:
        self._path = os.path.abspath(os.fsdecode(path))
        self._read(living)
        self._file = file or self._reader.note('program')
        self._code = code
        self._live = living is not None
        self._ending = None  # (stopped_by, exception or None) once exec() has ended here
        self._has_state = record_state and self._reader.note('record_state') != 'no'
        self._remove = None
        if self._live:
            self._rest()

    # Steps

    def steps(self) -> int:
        """How many steps there are, so far."""
        self._refresh()
        return self._reader.steps()

    def __len__(self) -> int:
        return self.steps()

    def step(self, n: SupportsIndex) -> Step:
        """The step with number `n`: its kind and place."""
        number, kind, thread, _, depth, code, line = self._reader.step(self._number(n))
        view = self._places.code(code)
        return Step(number, kind, self._places.path(view.file), line, view.name, thread, depth)

    def thread(self, n: SupportsIndex) -> Thread:
        """The thread that made step `n`.

        >>> import execorder
        >>> execorder.exec('x = 1').thread(-1).name
        'MainThread'
        """
        number = self._number(n)
        return Thread._make(self._reader.thread(number, self._reader.step(number)[2])[:3])

    if TYPE_CHECKING:
        @overload
        def __getitem__(self, n: SupportsIndex) -> Step: ...
        @overload
        def __getitem__(self, n: slice) -> List[Step]: ...

    def __getitem__(self, n: Union[SupportsIndex, slice]) -> Union[Step, List[Step]]:
        if isinstance(n, slice):
            first = self.first_step
            return [self.step(number) for number in range(*n.indices(self.steps())) if number >= first]
        return self.step(n)

    def __iter__(self) -> Iterator[Step]:
        n = self.first_step
        while n < self.steps():
            yield self.step(n)
            n += 1

    def line(self, n: SupportsIndex) -> int:
        """The line of step `n`.

        >>> import execorder
        >>> recording = execorder.exec('a = 1\\nb = 2')
        >>> [recording.line(n) for n in range(1, 3)]
        [1, 2]
        """
        return self._reader.step(self._number(n))[6]

    def visits(self, line: int, file: Optional[str] = None) -> List[int]:
        """The numbers of the steps at which this line ran; without `file`, of the program's main file."""
        self._refresh()
        return self._places.visits(self._places.number(file or self._file), line)

    # State

    def state(self, n: SupportsIndex) -> Dict[str, Any]:
        """All names that the running frame sees at step `n`: globals overlaid with its own variables, builtins left
        out."""
        global_names, local_names = self.dicts(n)
        state = {**global_names, **local_names}
        state.pop('__builtins__', None)
        return state

    def dicts(self, n: SupportsIndex) -> Tuple[Dict[str, Any], Dict[str, Any]]:
        """The globals and the locals of the running frame at step `n`, as its `f_globals` and `f_locals` were; in a
        module they are the same dict."""
        self._require_state()
        return self._states.dicts(self._number(n))

    def stack(self, n: SupportsIndex) -> List[Frame]:
        """The frames of the thread that made step `n`, innermost first, with their variables."""
        self._require_state()
        return self._states.stack(self._number(n))

    def output(self, n: Optional[SupportsIndex] = None, stream: Optional[str] = None) -> str:
        """The text printed before step `n` was reached; without `n`, all of it. `stream`: 'stdout', 'stderr' or both.

        >>> import execorder
        >>> recording = execorder.exec('x = 1\\nprint("x is", x)')
        x is 1
        >>> recording.output()
        'x is 1\\n'
        """
        self._refresh()
        before = None if n is None else self._number(n)
        if stream not in _STREAMS:
            raise ValueError("stream must be 'stdout', 'stderr' or None, not %r" % (stream,))
        return self._states.output(before, _STREAMS[stream])

    # How it ended

    @property
    def error(self) -> Optional[BaseException]:
        """The exception that ended the code, or None. For a recording made elsewhere a RecordedError with its text."""
        if self._ending is not None:
            return self._ending[1]
        text = self._note('error')
        return RecordedError(text) if text else None

    @property
    def stopped_by(self) -> Optional[str]:
        """'end', 'exception', 'max_steps', 'time_limit' or 'callback'; None while the code runs, or when it was
        killed."""
        if self._ending is not None:
            return self._ending[0]
        return self._note('stopped_by')

    def raise_for_error(self) -> None:
        """Raises `error` if there is one."""
        error = self.error
        if error is not None:
            raise error

    @property
    def code(self) -> object:
        """What ran: as it was given to exec(), or the source text of the main file (None when it isn't there)."""
        return self._code if self._code is not None else self.source()

    def source(self, file: Optional[str] = None) -> Optional[str]:
        """The text of a file as it was when it ran, by default of the main file; None when the recording hasn't got
        it."""
        self._refresh()
        return self._places.source(self._places.number(file or self._file))

    # The file

    @property
    def path(self) -> str:
        """The file that holds the recording."""
        return self._path

    def save(self, path: Union[str, os.PathLike[str]]) -> None:
        """Copies the recording to another file; it can be opened with execorder.open(). In a callback, that is what has
        been recorded so far."""
        self._reader.steps()  # raises when it is closed
        if self._live:
            self._reader.snapshot(os.path.abspath(os.fsdecode(path)), {})
        else:
            copy_private(self._path, path)

    def close(self) -> None:
        """Lets go of the file, and deletes it when it is a temporary one."""
        self._reader.close()
        if self._remove is not None:
            self._remove()

    def __enter__(self) -> Recording:
        return self

    def __exit__(self, *_) -> None:
        self.close()

    def __repr__(self) -> str:
        try:
            steps = self.steps()
        except ValueError:
            return '<Recording of %s: closed>' % self._file
        return '<Recording of %s: %s step%s, %s>' % (
            self._file, format(steps, ','), '' if steps == 1 else 's', self._ending_text(),
        )

    def _ending_text(self) -> str:
        stopped_by = self.stopped_by
        if self._live:
            return 'still running'
        if stopped_by is None:
            return 'incomplete'
        if stopped_by == 'exception':
            return 'ended by %s' % _short(self.error)
        return 'stopped by %s' % stopped_by if stopped_by != 'end' else 'ran to the end'

    # Parts of the above

    def _read(self, living) -> None:
        self._reader = Reader(self._path)
        self._places = Places(self._reader)
        self._states = States(self._reader, self._places, living)

    def _refresh(self) -> None:
        if self._ending is None:
            self._reader.refresh()

    def _rest(self) -> None:
        """Nobody asks for now: what is recorded meanwhile can be compressed at once."""
        self._reader.rest()

    def _note(self, key: str) -> Optional[str]:
        self._refresh()
        return self._reader.note(key)

    @property
    def first_step(self) -> int:
        """The first step that is kept: more than 0 when the recording's size was bounded and its oldest part is gone."""
        return self._reader.info()['first_step']

    def _number(self, n: SupportsIndex) -> int:
        steps = self.steps()
        n = operator.index(n)
        number = n + steps if n < 0 else n
        first = self.first_step
        if 0 <= number < first:
            raise IndexError('step %d is gone: the recording was bounded and keeps steps %d to %d' % (n, first, steps - 1))
        if not 0 <= number < steps:
            raise IndexError('there is no step %d: the recording has %d step%s%s' % (
                n, steps, '' if steps == 1 else 's', ', 0 to %d' % (steps - 1) if steps else '',
            ))
        return number

    @property
    def has_state(self) -> bool:
        """Whether variables and objects were recorded, not only steps."""
        return self._has_state

    def _require_state(self) -> None:
        if not self._has_state:
            raise RecordingError('this recording was made with record_state=False: it has steps and lines only')

    def _end(
        self, stopped_by: str, error: Optional[BaseException], redactor: object = None, path: Optional[str] = None,
    ) -> None:
        """For exec(): the code has ended and the file is complete. `redactor`: what it has learnt to hide by now is taken
        out, wherever it was written before, and the file goes to `path`."""
        self._reader.refresh()
        if redactor is not None:
            self._redact(redactor, path or self._path)
        self._ending = (stopped_by, error)
        self._live = False

    def _redact(self, redactor: object, path: str) -> None:
        """The living objects are forgotten as well: what they hold is not redacted."""
        from execorder._redaction import redact_file

        unredacted = self._path
        try:
            redact_file(unredacted, path, redactor)
        except (RecordingError, OSError) as error:
            import warnings

            told = 'the recording at %r still holds what was to be left out: %s' % (unredacted, error)
            warnings.warn(told, RuntimeWarning, stacklevel=5)
            return
        self._reader.close()
        self._path = path
        self._read(None)
        if unredacted != path:
            leave_unredacted_place(unredacted)

    def _delete_at_the_end(self) -> None:
        """For exec(): the file is a temporary one."""
        self._remove = weakref.finalize(self, _delete, self._path, os.getpid())


def _short(error: BaseException) -> str:
    if isinstance(error, RecordedError):
        return str(error)
    text = str(error)
    return '%s: %s' % (type(error).__name__, text) if text else type(error).__name__


def _delete(path: str, pid: int) -> None:
    if os.getpid() != pid:  # a fork of us: the file is still the parent's
        return
    try:
        os.unlink(path)
    except OSError:
        pass
