"""Short texts of values, made without running code of the program."""

from __future__ import annotations

import reprlib

from execorder._layout import qualname_of
from execorder._native import UNBOUND
from execorder._opaque import Opaque
from execorder._tracebacks import text_of

LONGEST = 60  # characters
_AS_THEY_ARE = (float, complex, bool, bytes, range, slice, type(None), type(...), type(NotImplemented), type(UNBOUND), Opaque)


class _Brief(reprlib.Repr):
    """Of instances only the class's name is shown, so that no __repr__ of the program's runs."""

    def __init__(self) -> None:
        super().__init__()
        self.maxstring = self.maxother = self.maxlong = LONGEST

    def repr1(self, x: object, level: int) -> str:
        if type(x).__module__ in ('builtins', 'collections'):
            return super().repr1(x, level)
        return self.repr_instance(x, level)

    def repr_instance(self, x: object, level: int) -> str:
        kind = type(x)
        if kind in _AS_THEY_ARE:
            return repr(x)
        if issubclass(kind, type):
            return '<class %s>' % qualname_of(x)
        if issubclass(kind, BaseException):
            return text_of(x) or ''
        name = getattr(x, '__qualname__', None) if kind.__module__ == 'builtins' else None
        return '<%s%s>' % (qualname_of(kind), ' ' + name if isinstance(name, str) else '')


def brief(value: object) -> str:
    """At most 60 characters of text.

    >>> brief(list(range(100)))
    '[0, 1, 2, 3, 4, 5, ...]'
    """
    text = _Brief().repr(value)
    return text if len(text) <= LONGEST else text[:LONGEST - 1] + '…'
