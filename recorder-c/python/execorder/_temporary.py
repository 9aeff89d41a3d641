"""Files that only this user can read."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Union


def temporary_path() -> str:
    """A new file, empty, that only this user can read."""
    import tempfile

    descriptor, path = tempfile.mkstemp('.xrec', 'execorder-')
    os.close(descriptor)
    return path


def unredacted_place(path: str) -> str:
    """Where a recording grows that will be at `path` without some of its values: a file with the same name, yet to be
    made, in a new folder beside it that only this user can enter. OSError when there can be none."""
    import tempfile

    folder, name = os.path.split(path)
    return os.path.join(tempfile.mkdtemp('', '.%s.unredacted-' % name, folder), name)


def leave_unredacted_place(path: str) -> None:
    """Removes the file and its folder."""
    if os.path.exists(path):
        os.unlink(path)
    os.rmdir(os.path.dirname(path))


def copy_private(path: str, to: Union[str, os.PathLike[str]]) -> None:
    """Copies a file; what stood in the other one is gone."""
    import shutil

    if os.path.exists(to) and os.path.samefile(path, to):
        raise shutil.SameFileError('%r is the recording itself' % os.fspath(to))
    descriptor = os.open(to, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, 'O_BINARY', 0), 0o600)
    with open(path, 'rb') as source, open(descriptor, 'wb') as copy:
        os.chmod(to, 0o600)
        shutil.copyfileobj(source, copy)
