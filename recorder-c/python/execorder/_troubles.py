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

        self._moved_to = None
        self._is_replaced = self._is_removed = False

    def look(self) -> None:
        """Where it is now, while the recording goes on and the file is still open."""
        now = _identity(self._path)
        if now != self._identity:
            places = [name for name in _open_files() if _identity(name) == self._identity]
            self._moved_to = places[0] if places else None
            self._is_replaced = not places and now is not None
            self._is_removed = not places and now is None

    def place(self) -> Optional[str]:
        """Where it is, once the recording has ended: one that was removed has been written once more, if that could be.
        None when it is lost."""
        if self._is_replaced or (self._is_removed and _identity(self._path) is None):
            return None
        return self._moved_to or self._path

    def troubles(self) -> List[str]:
        """As below, once the recording has ended."""
        if self._moved_to is not None:
            return ['the recording was moved while the program ran: it is %s' % self._moved_to]
        if not self._is_replaced and not self._is_removed:
            return []
        how = 'replaced by another' if self._is_replaced else 'removed'
        told = 'the recording is lost: its file %s was %s while the program ran'
        if self.place() is not None:
            told = 'the recording %s was %s while the program ran; it has been written once more at the end'
        return [told % (self._path, how)]


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
