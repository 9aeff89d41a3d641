"""Allocates copies of objects and sets their attributes, by layout."""

from __future__ import annotations

import builtins
import sys
from collections import OrderedDict, deque

from execorder._layout import (
    bare_base,
    built_in_base,
    declares_slot,
    dict_of,
    instance_dict,
    mro_of,
    set_attribute,
    set_instance_dict,
)
from execorder._native import Ref

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Callable, Optional

    from execorder._classes import Contents

CELL = type((lambda x: lambda: x)(0).__closure__[0])
_SCALARS = (int, float, complex, str, bytes)


def allocate(cls: type, contents: Contents) -> object:
    """A new object of this class without contents or attributes; None when it can't be made."""
    base = built_in_base(cls)
    try:
        if contents.kind == 'cell' and issubclass(base, _SCALARS):
            return base.__new__(cls, contents.items[0])
        if base is CELL:
            return _empty_cell()
        copy = (bare_base(cls) or base).__new__(cls)
        if base is deque:
            deque.__init__(copy, (), dict(contents.attributes).get('maxlen'))
        return copy
    except (TypeError, ValueError, IndexError):
        return None


def _empty_cell():
    if False:
        content = None
    return (lambda: content).__closure__[0]


def is_exception_group(cls: type) -> bool:
    """Whether its instances can only be made with the exceptions that they hold."""
    group = getattr(builtins, 'BaseExceptionGroup', None)
    return group is not None and group in mro_of(cls)


def extend_sequence(copy: object, items: list) -> None:
    """Appends to a list or a deque, whatever its class makes of that."""
    (list if issubclass(type(copy), list) else deque).extend(copy, items)


def item_setter(copy: dict):
    """How entries are put into this dict, whatever its class makes of that."""
    return (OrderedDict if issubclass(type(copy), OrderedDict) else dict).__setitem__


def clear_keyed(copy: object) -> None:
    """Empties a dict or a set, whatever its class makes of that."""
    for base in (OrderedDict, dict, set):
        if issubclass(type(copy), base):
            base.clear(copy)
            return


def enum_member(cls: type, contents: Contents, contents_of: Callable[[int], Contents]) -> object:
    """The member itself when `cls` is a living Enum and the member was then what it is now, else None: code compares
    members by identity, but one that has changed since must be a copy."""
    enum = sys.modules.get('enum')
    if enum is None or enum.Enum not in mro_of(cls):
        return None
    shared = contents_of(contents.attribute_dict).items if contents.attribute_dict else []
    recorded = dict(contents.attributes + shared)
    name = recorded.get('_name_')
    member = dict_of(cls).get('_member_map_', {}).get(name) if isinstance(name, str) else None
    if member is None:
        return None
    living = instance_dict(member, cls) or {}
    same = len(living) == len(recorded) and all(
        key in recorded and _is_still(living[key], recorded[key], contents_of) for key in living
    )
    return member if same else None


def _is_still(living: object, recorded: object, contents_of: Callable[[int], Contents]) -> bool:
    """Whether a recorded value is one that can't have changed since, and this one."""
    if type(recorded) is not Ref:
        return type(living) is type(recorded) and living == recorded
    contents = contents_of(recorded.number)
    if contents.kind == 'tuple':
        return type(living) is tuple and len(living) == len(contents.items) and all(
            _is_still(here, there, contents_of) for here, there in zip(living, contents.items)
        )
    return contents.kind in ('class', 'opaque')


def fill_attributes(copy: object, attributes: list, shared: Optional[dict]) -> None:
    """Sets the object's own attributes where they are stored. `shared` is the dict that holds all that are no slots,
    when the object has one that the program may know."""
    cls = type(copy)  # never isinstance(): it may ask the copy for its __class__
    if issubclass(cls, type):
        _fill_class(copy, attributes)
        return
    if shared is not None:
        set_instance_dict(copy, cls, shared)
    for name, value in attributes:
        if name != 'maxlen' or not issubclass(cls, deque):  # a deque has got it when it was made
            set_attribute(copy, cls, name, value, in_dict=shared is None)


def _fill_class(cls: type, attributes: list) -> None:
    for name, value in attributes:
        if not (name.startswith('__') and name.endswith('__')) and not declares_slot(cls, name):
            type.__setattr__(cls, name, value)
