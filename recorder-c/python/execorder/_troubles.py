"""What a user should know about how recording went."""

from __future__ import annotations

import os

from execorder import _native

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import List, Optional, Tuple


MANY_STEPS = 100_000  # about where compression begins to be of use


class OwnFile:
    """The file that a recording has just begun to grow in, which somebody may remove or replace meanwhile."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._identity = _identity(path)

    def troubles(self) -> List[str]:
        """As below; an open file that has no name any more can't get one again."""
        now = _identity(self._path)
        if now == self._identity:
            return []
        how = 'removed' if now is None else 'replaced by another'
        return ['the recording is lost: its file %s was %s while the program ran' % (self._path, how)]


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
