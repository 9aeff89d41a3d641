"""Processes that the recorded program starts: each gets a recording of its own, beside that of its parent.

A forked child records on, from the fork. A child that runs this same interpreter gets the recorder's words in front of
its own, which it never sees: its arguments and its environment are what the program gave it. Notes link the files both
ways: `child.1`, `child.2` … of the parent hold 'PID STEP HOW FILE', `parent` of the child 'PID STEP FILE'. A process
that becomes another program by `os.exec…` completes its recording, and what comes then is a child with the same number.
"""

from __future__ import annotations

import posix

from execorder import _native
from execorder._command_line import is_program, with_recorder

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Callable, Dict, List, Optional, Sequence

START = __file__[:-len('_children.py')] + '_start.py'


def child_path(parent: str, pid: int) -> str:
    """Where the child with this number records to, when its parent records to `parent`."""
    stem = parent[:-len('.xrec')] if parent.endswith('.xrec') else parent
    return '%s.%d.xrec' % (stem, pid)


def parent_note(parent: str) -> Dict[str, str]:
    """The note of a child; `parent`: 'PID:STEP:PATH', as the recorder's words say it."""
    pid, step, path = parent.split(':', 2)
    return {'parent': '%s %s %s' % (pid, step, _name(path))}


class Children:
    """The children of this process.

    path: the recording of this process. words: the recorder's options that a child inherits.
    restart: begins a recording in a forked child; is given the child's path and what its notes say of the parent.
    tell: is given a child's process number and the path of its recording, once it lives.
    """

    def __init__(
        self, path: str, words: List[str], restart: Callable[[str, Dict[str, str]], None],
        tell: Callable[[int, str], None],
    ) -> None:
        self._path = path
        self._words = words
        self._restart = restart
        self._tell = tell
        self._count = 0
        self._parent_of_fork = ''
        self._pipe = None  # through which a forked child says its number

    def on_process(self, kind: str, first: object, second: object) -> Optional[list]:
        """Called by the recorder: 'spawn' with the words and programs of a new process, 'spawned' with its number, 'exec'
        with the words and the program that this process becomes, and 'exit' when it ends without any further ado."""
        if kind == 'spawn':
            return self._recorded(first, second)
        if kind == 'exec':
            return self._replaced(first, second)
        if kind == 'spawned':
            self._note(first, 'spawn')
        elif kind == 'exit' and _native.active():
            _native.stop('end', None)
        return None

    def _recorded(self, words: Sequence, programs: Sequence) -> Optional[list]:
        return with_recorder(words, programs, [START, '--parent', self._parent(), *self._words])

    def _replaced(self, words: Sequence, program: object) -> Optional[list]:
        """The recording is complete, unless it is plain that the process goes on."""
        if not is_program(program) or not _native.active():
            return None
        recorded = self._recorded(words, [program])
        if recorded is not None:
            self._note(posix.getpid(), 'exec')
        _native.stop('end', None)
        return recorded

    def before_fork(self) -> None:
        self._parent_of_fork = self._parent()
        try:
            self._pipe = posix.pipe()
        except OSError:
            self._pipe = None

    def after_fork_in_parent(self) -> None:
        if self._pipe is None:
            return
        posix.close(self._pipe[1])
        text = posix.read(self._pipe[0], 20)  # nothing when there is no child
        posix.close(self._pipe[0])
        self._pipe = None
        if text:
            self._note(int(text), 'fork')

    def after_fork_in_child(self) -> None:
        if self._pipe is not None:
            posix.write(self._pipe[1], b'%d' % posix.getpid())
            posix.close(self._pipe[0])
            posix.close(self._pipe[1])
            self._pipe = None
        self._path, self._count = child_path(self._path, posix.getpid()), 0
        self._restart(self._path, parent_note(self._parent_of_fork))

    def _parent(self) -> str:
        return '%d:%d:%s' % (posix.getpid(), max(0, _native.steps() - 1), self._path)

    def _note(self, pid: int, how: str) -> None:
        path = child_path(self._path, pid)
        self._count += 1
        step = max(0, _native.steps() - 1)
        _native.note('child.%d' % self._count, '%d %d %s %s' % (pid, step, how, _name(path)))
        self._tell(pid, path)


def _name(path: str) -> str:
    return path.rpartition('/')[2]
