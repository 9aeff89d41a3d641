"""What becomes of the recording when the process forks: the child never writes into its parent's file."""

from __future__ import annotations

import os

from execorder import _native

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Optional

    from execorder._children import Children

_is_watching = False
_is_aside = False
_children: Optional[Children] = None  # who records on in a child; without one, nobody does


def watch_forks(children: Optional[Children] = None) -> None:
    """From now on, the recorder lets go in every child that this process forks; with `children` it begins anew there."""
    global _is_watching, _children
    _children = _children if children is None else children
    if not _is_watching and hasattr(os, 'register_at_fork'):
        os.register_at_fork(before=_before, after_in_parent=_in_parent, after_in_child=_in_child)
        _is_watching = True


def fork_aside() -> int:
    """`os.fork` for a child that is no part of the program: it is not recorded, and nothing is noted of it."""
    global _is_aside
    _is_aside = True
    try:
        return os.fork()
    finally:
        _is_aside = False


def _is_followed() -> bool:
    return _children is not None and not _is_aside and _native.active()


def _before() -> None:
    if _is_followed():
        _children.before_fork()


def _in_parent() -> None:
    if _is_followed():
        _children.after_fork_in_parent()


def _in_child() -> None:
    is_followed = _is_followed()
    _native.abandon()
    if is_followed:
        _children.after_fork_in_child()
