"""The child of a fork is not recorded: the recording is its parent's."""

from __future__ import annotations

import os

from execorder import _native

_is_watching = False


def watch_forks() -> None:
    """Has the recorder let go in every child that this process forks from now on."""
    global _is_watching
    if not _is_watching and hasattr(os, 'register_at_fork'):
        os.register_at_fork(after_in_child=_native.abandon)
        _is_watching = True
