"""Compares copies of two steps by what they hold, without running code of the program."""

from __future__ import annotations

import types
from collections import deque

from execorder._instances import CELL
from execorder._layout import built_in_base, dict_of, instance_dict, mro_of, qualname_of
from execorder._opaque import Opaque

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import List, Optional, Tuple

    Pairs = List[Tuple[object, object]]

_SCALARS = (int, float, complex, str, bytes, bool, type(None), type(...), type(NotImplemented))
_SEQUENCES = (list, tuple, deque)


def differ(one: object, other: object) -> bool:
    """Whether two graphs of objects differ anywhere."""
    pairs: Pairs = [(one, other)]
    seen = set()
    while pairs:
        a, b = pairs.pop()
        if a is b or (id(a), id(b)) in seen:
            continue
        seen.add((id(a), id(b)))
        inside = _inside(a, b)
        if inside is None:
            return True
        pairs += inside
    return False


def _inside(a: object, b: object) -> Optional[Pairs]:
    """What two objects hold, pairwise; None when they differ themselves."""
    cls = type(a)
    if issubclass(cls, type) and issubclass(type(b), type):
        return [] if qualname_of(a) == qualname_of(b) else None
    if qualname_of(cls) != qualname_of(type(b)):
        return None
    if cls in _SCALARS:
        return [] if repr(a) == repr(b) else None
    if cls is Opaque:
        return [] if (a.type_name, a.qualname) == (b.type_name, b.qualname) else None
    base = built_in_base(cls)
    if base is not built_in_base(type(b)):
        return None
    items = _items(base, a, b)
    return None if items is None else items + _attributes(a, b)


def _items(base: type, a: object, b: object) -> Optional[Pairs]:
    if base in _SEQUENCES:
        return _paired(list(base.__iter__(a)), list(base.__iter__(b)))
    if issubclass(base, dict):
        left, right = list(dict.items(a)), list(dict.items(b))
        if len(left) != len(right):
            return None
        return [pair for one, other in zip(left, right) for pair in zip(one, other)]
    if base in (set, frozenset):
        return _elements(list(base.__iter__(a)), list(base.__iter__(b)))
    if base is CELL:
        return _paired(_content(a), _content(b))
    if base in _SCALARS:
        return [] if base.__repr__(a) == base.__repr__(b) else None
    return []


def _elements(left: list, right: list) -> Optional[Pairs]:
    """Of sets, whose order says nothing: scalars must be the same, of objects there must be as many."""
    plain = [sorted(repr(x) for x in side if type(x) in _SCALARS) for side in (left, right)]
    return [] if plain[0] == plain[1] and len(left) == len(right) else None


def _paired(left: list, right: list) -> Optional[Pairs]:
    return list(zip(left, right)) if len(left) == len(right) else None


def _content(cell: types.CellType) -> list:
    try:
        return [cell.cell_contents]
    except ValueError:
        return []


def _attributes(a: object, b: object) -> Pairs:
    mine, theirs = _attributes_of(a), _attributes_of(b)
    if list(mine) != list(theirs):
        return [(None, ...)]  # differ
    return [(mine[name], theirs[name]) for name in mine]


def _attributes_of(instance: object) -> dict:
    """Slots and the entries of the instance's dict, by name."""
    cls = type(instance)
    found = {}
    for base in mro_of(cls):
        for name, descriptor in dict_of(base).items():
            if type(descriptor) is types.MemberDescriptorType and name not in found:
                try:
                    found[name] = descriptor.__get__(instance, cls)
                except (AttributeError, TypeError):
                    pass
    found.update(instance_dict(instance, cls) or {})
    return found
