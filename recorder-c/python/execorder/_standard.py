"""Makes copies of the values of the standard library that can only be made whole: dates, times, decimals, slices, ranges,
patterns of `re`, functools.partial."""

from __future__ import annotations

import os
import re
import sys
import warnings

from execorder._layout import mro_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Dict, List, Optional

#: How the parts of each are called, in the order in which its constructor takes them.
PARTS = {
    ('builtins', 'slice'): ('start', 'stop', 'step'),
    ('builtins', 'range'): ('start', 'stop', 'step'),
    ('datetime', 'datetime'): ('year', 'month', 'day', 'hour', 'minute', 'second', 'microsecond', 'tzinfo', 'fold'),
    ('datetime', 'date'): ('year', 'month', 'day'),
    ('datetime', 'time'): ('hour', 'minute', 'second', 'microsecond', 'tzinfo', 'fold'),
    ('datetime', 'timedelta'): ('days', 'seconds', 'microseconds'),
    ('datetime', 'timezone'): ('offset', 'name'),
    ('decimal', 'Decimal'): ('sign', 'digits', 'exponent'),
    ('zoneinfo', 'ZoneInfo'): ('key',),
    ('functools', 'partial'): ('func', 'args', 'keywords'),
    ('re', 'Pattern'): ('pattern', 'flags', 'groups'),
}

_TEMPLATE = 1  # of `re`, in all versions that have it

_ZONE = re.compile(r'[\w+-]+(/[\w+-]+)*\Z', re.ASCII)


def whole_base(cls: type) -> Optional[type]:
    """The type of the standard library whose values those of `cls` are, or None."""
    for base in mro_of(cls):
        name = base.__name__ if type(base) is type else None
        for module, known in PARTS:
            if name == known and getattr(sys.modules.get(module), known, None) is base:
                return base
    return None


def parts_of(base: type, attributes: Dict[str, object]) -> List[object]:
    """The parts of a value of this type, of what is recorded of it."""
    return [attributes.get(name) for name in _names(base)]


def make(cls: type, base: type, parts: List[object]) -> object:
    """A value of `cls`, which is `base` or derived from it. Any exception when the parts don't make one."""
    arguments, keywords = parts, {}
    name = base.__name__
    if name in ('datetime', 'time'):
        arguments, keywords = parts[:-1], {'fold': parts[-1]}
    elif name == 'timezone':
        arguments = parts if parts[1] is not None else parts[:1]
    elif name == 'Decimal':
        sign, digits, exponent = parts
        arguments = [(sign, tuple([int(digit) for digit in digits]), exponent)]
    elif name == 'ZoneInfo' and not _is_zone_file(*parts):
        raise ValueError('no time zone of this system')
    elif name == 'Pattern':
        return _compiled(*parts)
    elif name == 'partial':
        copy = base.__new__(cls, len)
        base.__setstate__(copy, (*parts, None))  # a constructor would merge it with a partial that it calls
        return copy
    return base.__new__(cls, *arguments, **keywords)


def _compiled(pattern: object, flags: int, _groups: int) -> object:
    with warnings.catch_warnings():
        warnings.simplefilter('ignore')  # the program has had them
        return re.compile(pattern, flags & ~(re.DEBUG | _TEMPLATE))


def _is_zone_file(key: object) -> bool:
    """Whether the system has it; a package of zones would be imported by the key."""
    from zoneinfo import TZPATH

    return type(key) is str and _ZONE.match(key) is not None and any(
        os.path.isfile(os.path.join(folder, key)) for folder in TZPATH
    )


def asks_its_zone(value: object, base: type) -> bool:
    """Whether hash() of a date with a time, or of a time, asks a class of time zones that isn't the standard library's."""
    if base.__name__ not in ('datetime', 'time') or not issubclass(type(value), base):
        return False
    zone = base.tzinfo.__get__(value)
    return zone is not None and whole_base(type(zone)) is not type(zone)


def names_of_parts(base: type) -> frozenset:
    """What isn't to be set once more when it is made."""
    return frozenset(_names(base))


def _names(base: type) -> tuple:
    return next(names for (_, name), names in PARTS.items() if name == base.__name__)
