"""Runs a program under the recorder, from its first line to the interpreter's end."""

from __future__ import annotations

import gc
import os
import sys

from execorder import _native
from execorder._children import Children, parent_note
from execorder._errors import MaxStepsReached, StopRecorded, TimeLimitReached
from execorder._forks import watch_forks
from execorder._library import code_rules, library_prefixes
from execorder._notes import notes_of
from execorder._program import Program
from execorder._say import say
from execorder._tracebacks import from_program, text_of
from execorder._troubles import OwnFile, troubles

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Callable, Dict, List, NoReturn, Optional

    from execorder._options import Options

STOPPED_BY_A_LIMIT = 124  # what timeout(1) answers


def run(options: Options, at_the_very_end: Callable) -> int:
    """Runs what the options name. `at_the_very_end` takes what is to be called when the interpreter ends."""
    try:
        program = Program(options)
    except OSError as error:
        return _complain("can't open file %r: [Errno %s] %s" % (error.filename, error.errno, error.strerror))
    session = _Session(options, program)
    try:
        session.begin()
    except (OSError, RuntimeError) as error:
        return _complain(str(error))
    at_the_very_end(session.end)
    return session.run()


def _complain(sentence: str) -> int:
    say(sentence)
    return 2


class _Session:
    def __init__(self, options: Options, program: Program) -> None:
        self._options = options
        self._path = options.recording
        self._program = program
        self._pid = os.getpid()
        self._limit = None
        self._control = None
        self._children = None
        self._given = None  # the code of the main file, and its source
        self._bound = None  # the StopRecorded that a limit raised
        self._token = 0  # of the recording
        self._file: Optional[OwnFile] = None
        self._redactor = None if options.redact is None else _native.redactor(options.redact)
        self._stopped_by, self._error, self._code = 'end', None, 0

    def begin(self) -> None:
        """Starts to record, and waits until the debugger wants to run, if there is one."""
        options = self._options
        path = options.recording
        if options.control is not None:
            from execorder._control import connected

            self._control = connected(options.control)
        elif options.listen is not None:
            from execorder._control import listening

            self._control = listening(*options.listen)
        self._program.prepare()
        if options.children:
            self._children = Children(path, options.inherited, self._restart, self._tell_child)
        watch_forks(self._children)
        self._record(path, {} if options.parent is None else parent_note(options.parent))
        if options.time_limit is not None:
            from execorder._limits import TimeLimit

            self._limit = TimeLimit(options.time_limit)
            self._limit.token = self._token
            self._limit.begin()
        if self._control is not None:
            self._control.begin(path, self._program.file, options.control is not None or options.wait)

    def _record(self, path: str, notes: Dict[str, str]) -> None:
        options = self._options
        self._path = path
        library = library_prefixes(options.library, options.all_code)
        if self._program.file.startswith(library):
            notes = dict(notes, **{'caller.1': 'library'})  # as `-m pytest`: what is recorded is called by it
        self._token = _native.start(path, dict(notes_of(self._program.file, True, with_arguments=True), **notes), {
            'library': library,
            'rules': code_rules(options.rules),
            'just_my_code': not options.all_code,
            'max_steps': options.max_steps,
            'max_size': options.max_size or 0,
            'interval': 0,
            'on_event': self._on_event,
            'on_process': None if self._children is None else self._children.on_process,
            'record_state': True,
            'redactor': self._redactor,
        })
        self._file = OwnFile(path)

    def _restart(self, path: str, notes: Dict[str, str]) -> None:
        """In a forked child: it is recorded without a debugger, and its parent's clock is not its own."""
        if self._control is not None:
            self._control.let_go()
        self._control = self._limit = self._bound = None
        self._pid = os.getpid()
        try:
            self._record(path, notes)
            if self._given is not None:
                _native.record_code(*self._given)
            _native.adopt(self._token)
        except (OSError, RuntimeError) as error:
            say('the child process %d is not recorded: %s' % (self._pid, error))

    def _tell_child(self, pid: int, path: str) -> None:
        if self._control is not None:
            self._control.tell_child(pid, path)

    def run(self) -> int:
        """Runs the program; leaves with the exception that ended it."""
        try:
            self._start()
        except BaseException as error:
            return self._after_error(error)
        if self._limit is not None and self._limit.interrupted:
            return self._after_limit(TimeLimitReached())
        return 0

    def _after_error(self, error: BaseException) -> int:
        if isinstance(error, SystemExit):
            return self._after_system_exit(error)
        if isinstance(error, StopRecorded):
            return self._after_limit(error)
        if self._bound is not None:
            return self._after_limit(self._bound)
        return self._after_exception(error)

    def _start(self) -> None:
        """The clock stops before anything else of ours runs: it interrupts again until it is stopped."""
        gc.collect()  # what we have left behind is not for the program's own gc.collect() to count
        try:
            self._program.start(self._give)
        finally:
            if self._limit is not None:
                self._limit.finish()

    def _give(self, *code) -> None:
        self._given = code
        _native.record_code(*code)

    def end(self) -> None:
        """The last thing that happens before the interpreter is taken down: completes the recording."""
        if os.getpid() != self._pid:  # a fork of the program
            return
        self._program = self._given = None  # the program's modules go as early as they would without us
        if self._limit is not None:
            self._limit.finish()
        if self._control is not None:
            self._control.at_end(self._code)
        self._file.look()
        told = troubles(self._token)
        if _native.active(self._token):
            _native.stop(self._stopped_by, self._error, self._token)
        told += self._file.troubles()
        place = self._file.place()
        if self._redactor is not None and place is not None:
            told += self._redact(place)
        if self._control is not None:
            self._control.end(self._code, told)
        else:
            for sentence in told:
                say(sentence)

    def _redact(self, path: str) -> List[str]:
        """Answers what went wrong."""
        from execorder._redaction import redact_file

        try:
            redact_file(path, path, self._redactor)
        except (_native.RecordingError, OSError) as error:
            return ['the recording may still hold what was to be left out: %s' % error]
        return []

    def _on_event(self, kind: str, step: int, thread: int, frame) -> None:
        if kind == 'max_steps':
            self._stop(MaxStepsReached('the program made %d steps' % (step + 1)))
        if self._control is not None:
            self._control.on_event(kind, step, thread, frame)

    def _stop(self, error: StopRecorded) -> None:
        if self._bound is None:
            self._bound = error
        if _native.active(self._token):
            _native.bound_stop(type(error), self._token)
        raise error

    def _after_limit(self, error: StopRecorded) -> int:
        if isinstance(error, TimeLimitReached):
            self._limit.describe(error)
        self._stopped_by, self._error = error.stopped_by, text_of(error)
        self._code = STOPPED_BY_A_LIMIT
        option = '--max-steps' if error.stopped_by == 'max_steps' else '--time-limit'
        say('stopped by %s' % option)
        return STOPPED_BY_A_LIMIT

    def _after_system_exit(self, error: SystemExit) -> NoReturn:
        self._code = exit_code_of(error)
        if self._control is not None:
            self._control.system_exit(error, self._code)
        raise error

    def _after_exception(self, error: BaseException) -> NoReturn:
        self._stopped_by, self._error, self._code = 'exception', text_of(error), 1
        if isinstance(error, KeyboardInterrupt):
            self._code = 130
            if self._options.kind != 'module':  # python -m ends with 1
                _native.die_of_interrupt()
        hook = getattr(sys, 'excepthook', sys.__excepthook__)
        sys.excepthook = _Hook(hook, self._control)
        raise error


class _Hook:
    """Shows the uncaught exception without the recorder's frames, through whatever hook the program has set."""

    def __init__(self, hook: Callable, control) -> None:
        self._hook = hook
        self._control = control

    def __call__(self, kind: type, error: BaseException, traceback) -> None:
        sys.excepthook = self._hook
        traceback = from_program(traceback)
        if error is not None:
            error.__traceback__ = traceback
        sys.last_traceback = traceback
        self._hook(kind, error, traceback)
        if self._control is not None:
            self._control.uncaught(error)


def exit_code_of(error: SystemExit) -> int:
    """The exit code with which the interpreter ends for it, as the operating system shows it."""
    code = error.code
    if code is None:
        return 0
    return code & 0xff if isinstance(code, int) else 1
