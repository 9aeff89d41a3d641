"""What callers hand us, checked before anything begins: errors that say what is wanted."""

from __future__ import annotations

from operator import index

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def at_least_one(name: str, value: Any) -> int:
    """The value as an int. Raises TypeError for what is no whole number, ValueError for less than one."""
    try:
        number = index(value)
    except TypeError:
        raise TypeError('%s is a whole number, not %r' % (name, value)) from None
    if number < 1:
        raise ValueError('%s must be at least 1' % name)
    return number


def seconds(name: str, value: Any) -> float:
    """The value. Raises TypeError for what is no number, ValueError for what is not more than zero."""
    try:
        passes = value > 0  # false for nan
    except TypeError:
        raise TypeError('%s is a number of seconds, not %r' % (name, value)) from None
    if not passes:
        raise ValueError('%s must be more than 0 seconds' % name)
    return value


def of_kind(name: str, value: Any, kinds: Any, words: str) -> None:
    """Raises TypeError when the value is none of these types; `words` say what is wanted."""
    if not isinstance(value, kinds):
        raise TypeError('%s is %s, not %r' % (name, words, type(value).__name__))
