"""Finds the objects of this process that a recording made in it speaks of: its classes, functions and modules."""

from __future__ import annotations

import array
import builtins
import collections
import importlib
import os
import sys
import time
import types

from execorder import _native
from execorder._buffers import numpy_or_none
from execorder._layout import dict_of, is_class, qualname_of
from execorder._standard import PARTS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Optional

_FUNCTIONS = (types.FunctionType, types.BuiltinFunctionType)
_KNOWN_TYPES = {
    ('collections', 'defaultdict'): collections.defaultdict,
    ('array', 'array'): array.array,
    ('collections', 'Counter'): collections.Counter,
    ('collections', 'OrderedDict'): collections.OrderedDict,
    ('collections', 'deque'): collections.deque,
    ('os', 'stat_result'): os.stat_result,
    ('time', 'struct_time'): time.struct_time,
    ('builtins', 'cell'): type((lambda x: lambda: x)(0).__closure__[0]),
}


def known_type(module: Optional[str], qualname: str) -> Optional[type]:
    """A type that every Python has, or one of numpy's, or None. Nothing else of a recording from elsewhere is looked up by name."""
    if module == 'builtins' and isinstance(vars(builtins).get(qualname), type):
        return vars(builtins)[qualname]
    if module in ('numpy', 'numpy.ma', 'numpy.ma.core', 'numpy.rec'):
        found = getattr(numpy_or_none(), qualname, None)
        return found if isinstance(found, type) else None
    if (module, qualname) in PARTS or (module, qualname) == ('datetime', 'tzinfo'):
        try:
            return getattr(importlib.import_module(module), qualname)
        except ImportError:  # zoneinfo, before 3.9
            return None
    return _KNOWN_TYPES.get((module, qualname))


class Living:
    """The objects of this process. `home` are the globals that the recorded code ran with, which are held so that its classes
    and functions stay; `token` names the recording."""

    def __init__(self, home: dict, token: int) -> None:
        self._home = home
        self._token = token
        self._survivors = None  # once the recording has ended: number -> weak reference

    def __del__(self) -> None:
        if self._survivors is None and _native is not None:  # at the interpreter's end, the module may be gone
            _native.survivors(self._token)  # nobody will ask for them

    def find_class(self, number: int, module: Optional[str], qualname: str) -> Optional[type]:
        """The class itself, or None when it isn't there any more, or has another name by now."""
        found = self._by_number(number)
        return found if is_class(found) and qualname_of(found) == qualname else None

    def find_function(self, number: int, module: Optional[str], qualname: str, line: int) -> object:
        """The function itself, or None. `line` is that of its definition; 0 when unknown."""
        found = self._by_number(number)
        is_it = type(found) in _FUNCTIONS and _is_defined_at(found, line)
        return found if is_it else _built_in_function(module, qualname)

    def find_module(self, number: int, name: str) -> object:
        """The module itself, or None."""
        for found in (self._by_number(number), sys.modules.get(name)):
            if issubclass(type(found), types.ModuleType):
                return found
        return None

    def _by_number(self, number: int) -> object:
        """The living object with this number of the recording, or None."""
        if self._survivors is None:
            if _native.active(self._token):
                return _native.living(number, self._token)
            self._survivors = _native.survivors(self._token)
        reference = self._survivors.get(number)
        return None if reference is None else reference()


class LivingByName(Living):
    """The program's objects as a child finds them: it has left the recording, which knows them by number."""

    def find_class(self, number: int, module: Optional[str], qualname: str) -> Optional[type]:
        for found in self._candidates(module, qualname):
            if is_class(found) and qualname_of(found) == qualname:
                return found
        return None

    def find_function(self, number: int, module: Optional[str], qualname: str, line: int) -> object:
        for found in self._candidates(module, qualname):
            if type(found) in _FUNCTIONS and _is_defined_at(found, line):
                return found
        return None

    def _by_number(self, number: int) -> None:
        return None

    def _candidates(self, module: Optional[str], qualname: str):
        path = qualname.split('.')
        if '<locals>' in path:  # there may be many of this name
            return
        if module in sys.modules:
            yield _walk(getattr(sys.modules[module], '__dict__', {}), path)
        yield _walk(self._home, path)
        for value in list(self._home.values()):
            if is_class(value) and qualname_of(value) == qualname:
                yield value
            elif type(value) is types.FunctionType and value.__qualname__ == qualname:
                yield value


def _walk(names: dict, path: list) -> object:
    """What stands under a dotted name; functions have nothing inside that could be reached."""
    found = None
    for name in path:
        found = names.get(name)
        names = dict_of(found) if is_class(found) else {}
    return found


def _is_defined_at(function: object, line: int) -> bool:
    code = getattr(function, '__code__', None)
    return line == 0 or code is None or code.co_firstlineno == line


def _built_in_function(module: Optional[str], name: str) -> object:
    """Of a module written in C: there is one of each name, and it stays."""
    names = getattr(sys.modules.get(module), '__dict__', {}) if isinstance(module, str) else {}
    found = names.get(name)
    return found if type(found) is types.BuiltinFunctionType and found.__name__ == name else None
