"""Reads classes and sets attributes by layout, so that no code of the program runs."""

from __future__ import annotations

import builtins
import types
from array import array
from collections import defaultdict, deque
from struct import calcsize

from execorder._native import set_dict
from execorder._opaque import Opaque

_HEAP_TYPE = 1 << 9
_IMMUTABLE_TYPE = 1 << 8  # since 3.10; a class statement makes none
# Heap types in some versions, yet not made by a class statement; the last one is not in all versions.
_C_TYPES = {array, deque, defaultdict, getattr(builtins, 'ExceptionGroup', array)}
_DESCRIPTORS = (types.MemberDescriptorType, types.GetSetDescriptorType)

_mro = type.__dict__['__mro__'].__get__
_base = type.__dict__['__base__'].__get__
_flags = type.__dict__['__flags__'].__get__
_dict = type.__dict__['__dict__'].__get__
_qualname = type.__dict__['__qualname__'].__get__
_name = type.__dict__['__name__'].__get__
_size = type.__dict__['__basicsize__'].__get__
_dict_offset = type.__dict__['__dictoffset__'].__get__
_weak_offset = type.__dict__['__weakrefoffset__'].__get__


def mro_of(cls: type) -> tuple:
    """The classes in which attributes are looked up."""
    return _mro(cls)


def dict_of(cls: type):
    """The class's own attributes, a read-only mapping."""
    return _dict(cls)


def qualname_of(cls: type) -> str:
    """The class's qualified name."""
    return _qualname(cls)


def is_class(value: object) -> bool:
    """Whether it is a class. isinstance() may ask the object for its `__class__`, which is code of the program."""
    return issubclass(type(value), type)


def built_in_base(cls: type) -> type:
    """The class not made by a class statement from which `cls` has its layout: object, list, Exception …"""
    while _flags(cls) & (_HEAP_TYPE | _IMMUTABLE_TYPE) == _HEAP_TYPE and cls not in _C_TYPES:
        cls = _base(cls)
    return cls


def bare_base(cls: type):
    """The class written in C that makes its instances, when these hold nothing but a dict of attributes; else None."""
    for base in _mro(cls):
        if base is not object and type(_dict(base).get('__new__')) is types.BuiltinFunctionType:
            room = object.__basicsize__ + (2 if _weak_offset(base) > 0 else 1) * calcsize('P')
            return base if _dict_offset(base) > 0 and _size(base) == room else None
    return None


def adds_attributes(cls: type) -> bool:
    """Whether a class statement gave its instances attributes, above a layout of C that holds the rest."""
    return '__dict__' in _dict(cls) or '__slots__' in _dict(cls)


def is_struct_sequence(cls: type) -> bool:
    """Whether its instances are tuples that hold more than their items, in C, as those of time.struct_time."""
    return _base(cls) is tuple and not adds_attributes(cls) and 'n_sequence_fields' in _dict(cls)


def look_up(cls: type, name: str):
    """What the class has under this name, without asking descriptors or metaclasses; None when there is nothing."""
    for base in _mro(cls):
        found = _dict(base).get(name)
        if found is not None:
            return found
    return None


def hashes_by_itself(cls: type) -> bool:
    """Whether hash() of an instance runs Python code."""
    return type(look_up(cls, '__hash__')) is types.FunctionType


def is_of_execorder(cls: type) -> bool:
    """Whether its instances are ours, such as a Recording in a variable of the program: they are no state of it."""
    module = _dict(cls).get('__module__')
    ours = type(module) is str and (module == 'execorder' or module.startswith('execorder.'))
    return ours and not issubclass(cls, BaseException)


def finalizes_by_itself(cls: type) -> bool:
    """Whether dropping an instance runs Python code."""
    return type(look_up(cls, '__del__')) is types.FunctionType


def _slot_of(cls: type, name: str):
    """The slot with this name, also one that a subclass hides behind something else; None when there is none."""
    for base in _mro(cls):
        found = _dict(base).get(name)
        if type(found) is types.MemberDescriptorType:
            return found
    return None


def _hidden_slot(cls: type, full_name: str):
    """The slot of which is recorded that a subclass hides it behind another: its name has its class in front."""
    owner, _, name = full_name.rpartition('.')
    for base in _mro(cls):
        found = _dict(base).get(name) if owner and _name(base) == owner else None
        if type(found) is types.MemberDescriptorType:
            return found
    return None


def _may_be_in_dict(cls: type, found: object) -> bool:
    """Whether an attribute for which the class has `found` can be set in the instance's dict."""
    may_be_data_descriptor = type(found) is Opaque or look_up(type(found), '__set__') is not None
    return _dict_descriptor(cls) is not None and not may_be_data_descriptor


def set_attribute(instance: object, cls: type, name: str, value: object, in_dict: bool = True) -> None:
    """Sets a slot, a C field or an entry of the instance's dict; what can't be set stays away. `in_dict`: it may be such
    an entry."""
    found = look_up(cls, name)
    if type(found) not in _DESCRIPTORS and not (in_dict and _may_be_in_dict(cls, found)):
        found = _slot_of(cls, name) or _hidden_slot(cls, name)
    if name != '__dict__' and type(found) in _DESCRIPTORS:
        try:
            found.__set__(instance, value)
            return
        except (AttributeError, TypeError, ValueError):
            if BaseException in _mro(cls):  # what a group of exceptions has taken from its arguments
                return
    attributes = instance_dict(instance, cls)
    if attributes is not None:
        dict.__setitem__(attributes, name, value)


def declares_slot(cls: type, name: str) -> bool:
    """Whether the class itself keeps an attribute with this name in its instances."""
    return type(_dict(cls).get(name)) in _DESCRIPTORS


def _dict_descriptor(cls: type):
    for base in _mro(cls):
        found = _dict(base).get('__dict__')
        if type(found) is types.GetSetDescriptorType:
            return found
    return None


def instance_dict(instance: object, cls: type):
    """The dict of the instance's attributes, or None when it has none."""
    descriptor = _dict_descriptor(cls)
    if descriptor is None:
        return None
    return descriptor.__get__(instance, cls)


def set_instance_dict(instance: object, cls: type, attributes: dict) -> None:
    """Makes `attributes` itself the instance's dict."""
    if built_in_base(cls) is types.SimpleNamespace:  # its own is read-only
        set_dict(instance, attributes)
        return
    descriptor = _dict_descriptor(cls)
    if descriptor is not None:
        descriptor.__set__(instance, attributes)
