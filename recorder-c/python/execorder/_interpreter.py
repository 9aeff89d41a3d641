"""Which interpreters the recorder knows."""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Optional

OLDEST = (3, 7)
NEWEST = (3, 13)


def refusal() -> Optional[str]:
    """One sentence that says why this interpreter can't be recorded, or None when it can."""
    if sys.implementation.name != 'cpython':
        return 'Execorder records CPython only, and this is %s; run the program with CPython.' % (
            sys.implementation.name
        )
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        return 'Execorder records Python %s to %s, and this is %s; run the program with one of those.' % (
            _dotted(OLDEST), _dotted(NEWEST), _dotted(sys.version_info[:3]),
        )
    if 't' in getattr(sys, 'abiflags', ''):
        return 'Execorder does not record free-threaded builds of Python; run the program with the ordinary build.'
    if hasattr(sys, 'gettotalrefcount'):
        return 'Execorder does not record debug builds of Python; run the program with the ordinary build.'
    return None


def _dotted(version: tuple) -> str:
    return '.'.join(map(str, version))
