"""One recording of this process, from its start to its end."""

from __future__ import annotations

import atexit
import os
import sys
from types import FunctionType

from execorder import _native
from execorder._arguments import at_least_one
from execorder._forks import watch_forks
from execorder._library import library_prefixes
from execorder._living import Living
from execorder._notes import notes_of
from execorder._recording import Recording
from execorder._temporary import leave_unredacted_place, temporary_path, unredacted_place
from execorder._tracebacks import text_of
from execorder._troubles import OwnFile, troubles

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Iterable, List, Optional, Union


class Session:
    """One recording of this process, from `begin` to `end`."""

    recording: Recording

    def __init__(
        self, path: Union[str, os.PathLike[str], None], *, all_code: bool = False, library: Iterable[str] = (),
        max_steps: Optional[int] = None, record_state: bool = True, program: Optional[str] = None,
        max_size: Optional[int] = None, redact: Optional[str] = None,
    ) -> None:
        """`program`: the file that the recording calls its main one; by default that of __main__. `max_size`: about how
        many bytes the file may take; what is oldest goes. `redact`: names whose values are left out."""
        self._redactor = None if redact is None else _native.redactor(redact)
        if max_steps is not None:
            max_steps = at_least_one('max_steps', max_steps)
        self._is_temporary = path is None
        self._path = None if path is None else os.path.abspath(os.fsdecode(path))
        self._options = {
            'library': library_prefixes(library, all_code),
            'just_my_code': not all_code,
            'max_steps': max_steps or 0,
            'interval': 0,
            'on_event': self._on_event,
            'record_state': record_state,
            'max_size': max_size,
            'redactor': self._redactor,
        }
        self._program = program
        self._has_ended = True
        self._pid = 0
        self._token = 0  # of the recording
        self._file: Optional[OwnFile] = None
        self._told: List[str] = []  # what the user should know

    def begin(self, at_exit: bool = True) -> None:
        """Starts to record. `at_exit`: the end of the program completes the recording."""
        path = temporary_path() if self._path is None else self._path
        if self._path is not None and self._redactor is not None:
            path = unredacted_place(self._path)
        watch_forks()
        try:
            self._start(path, self._program or main_file())
            if at_exit:
                atexit.register(self.end)
        except BaseException:
            if self._is_temporary:
                os.unlink(path)
            elif path != self._path:
                leave_unredacted_place(path)
            raise

    def _start(self, path: str, program: str) -> None:
        record_state = self._options['record_state']
        self._token = _native.start(path, notes_of(program, bool(record_state), with_arguments=True), self._options)
        self._file = OwnFile(path)
        _give_typed_code(self._token)
        _native.adopt(self._token)
        self._has_ended, self._pid = False, os.getpid()
        living = Living(vars(sys.modules['__main__']), self._token)
        self.recording = Recording(path, living=living, record_state=bool(record_state))
        if self._is_temporary:
            self.recording._delete_at_the_end()

    def steps(self) -> int:
        """How many steps are recorded so far."""
        return _native.steps(self._token)

    def is_recording(self) -> bool:
        """Whether it is under way, in this process."""
        return not self._has_ended and os.getpid() == self._pid

    def end(
        self, error: Optional[BaseException] = None, error_text: Optional[str] = None, stopped_by: Optional[str] = None,
    ) -> None:
        """Completes the recording; `error` or its text is what ended it. Does nothing when it has ended, or in a fork of
        the process."""
        if self.is_recording():
            text = error_text or text_of(error)
            self._complete(stopped_by or ('end' if text is None else 'exception'), error, text)

    def _complete(self, stopped_by: str, error: Optional[BaseException], text: Optional[str]) -> None:
        self._has_ended = True
        atexit.unregister(self.end)
        self._file.look()
        self._told = troubles(self._token)
        if _native.active(self._token):
            _native.stop(stopped_by, text, self._token)
        self._told += self._file.troubles()
        if self._told:
            import warnings

            for sentence in self._told:
                warnings.warn(sentence, RuntimeWarning, stacklevel=4)
        self.recording._end(stopped_by, error, self._redactor, self._path)

    def _on_event(self, kind: str, step: int, thread: int, frame: object) -> None:
        if kind == 'max_steps' and not self._has_ended:
            self._complete('max_steps', None, None)


def main_file() -> str:
    """The path of the program's main file, or what stands for it."""
    main = sys.modules['__main__']
    return getattr(main, '__file__', None) or '<%s>' % getattr(main, '__name__', '__main__')


def _give_typed_code(token: int) -> None:
    """Code that was typed, in a notebook, at a prompt or behind -c, is the program's own: its files are no library."""
    names = vars(sys.modules['__main__'])
    codes = [value.__code__ for value in list(names.values()) if type(value) is FunctionType]
    frame = sys._getframe()
    while frame is not None:
        if frame.f_globals is names:
            codes.append(frame.f_code)
        frame = frame.f_back
    for code in codes:
        if code.co_filename.startswith('<'):
            _native.record_code(code, None, token)
