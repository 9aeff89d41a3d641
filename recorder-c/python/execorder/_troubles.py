"""What a user should know about how recording went."""

from __future__ import annotations

import os

from execorder import _native

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import List, Optional, Tuple


MANY_STEPS = 100_000  # about where compression begins to be of use


class OwnFile:
    """The file that a recording has just begun to grow in, which somebody may move, remove or replace meanwhile."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._identity = _identity(path)

    def place(self) -> Optional[str]:
        """Where it is now, while the recording goes on; None when it has no name any more, and can't get one again."""
        if _identity(self._path) == self._identity:
            return self._path
        places = [name for name in _open_files() if _identity(name) == self._identity]
        return places[0] if places else None

    def troubles(self) -> List[str]:
        """As below."""
        place = self.place()
        if place == self._path:
            return []
        if place is not None:
            return ['the recording was moved while the program ran: it is %s' % place]
        how = 'removed' if _identity(self._path) is None else 'replaced by another'
        return ['the recording is lost: its file %s was %s while the program ran' % (self._path, how)]


def _open_files() -> List[str]:
    """The names of this process's open files, where the system tells them."""
    folder = '/proc/self/fd'
    names = []
    for number in os.listdir(folder) if os.path.isdir(folder) else ():
        try:
            names.append(os.readlink(os.path.join(folder, number)))
        except OSError:  # that of the list itself, which is closed by now
            pass
    return names


def _identity(path: str) -> Optional[Tuple[int, int]]:
    try:
        told = os.stat(path)
    except OSError:
        return None
    return told.st_dev, told.st_ino


def troubles(token: int) -> List[str]:
    """Sentences without a full stop, mostly none; to be asked before the recording is stopped."""
    told = []
    failure = _native.failure(token)
    if failure is not None:
        told.append('the recording ended early: %s' % failure)
    waited = _native.waited(token)
    if waited:
        told.append('the program waited %.1f s for the disk of its recording, since nothing is dropped' % waited)
    if not _native.compresses() and _native.steps(token) >= MANY_STEPS:
        told.append('the recording is not compressed: zstd was not found when the recorder was built')
    least = _native.least_size(token)
    if least:
        told.append('the limit of the recording\'s size is too small for what the program holds: it took up to %.1f MB'
                    % (least / 1e6))
    return told
