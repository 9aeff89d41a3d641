"""The class of every recorded object: the living one, or a stand-in of the same name."""

from __future__ import annotations

from collections import namedtuple

from execorder._layout import built_in_base, dict_of, finalizes_by_itself
from execorder._living import known_type
from execorder._native import UNBOUND, Ref
from execorder._opaque import Opaque

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Optional

    from execorder._living import Living

Contents = namedtuple('Contents', [
    'kind', 'class_object', 'unknown', 'items', 'attributes', 'attribute_dict', 'name', 'module', 'bases', 'file',
    'line', 'unknown_since',
])

BASES = {'list': list, 'tuple': tuple, 'dict': dict, 'set': set, 'frozenset': frozenset, 'instance': object}


class StandIn:
    """An instance of a class that isn't in this process: it has the recorded attributes and nothing else."""

    __module__ = 'execorder'

    def __repr__(self):
        attributes = ', '.join(list(vars(self)))
        return '<%s%s>' % (type(self).__qualname__, ' with ' + attributes if attributes else '')


class Classes:
    """Classes by their object number, as they were at one step.

    `cache` holds what doesn't change from step to step: the living classes and those that every Python has.
    """

    def __init__(self, reader, step: int, living: Optional[Living], cache: dict) -> None:
        self._reader = reader
        self._step = step
        self._living = living
        self._cache = cache
        self._stand_ins = {}
        self._without_del = {}
        self._tuples = {}
        self._plain = {}

    def of(self, number: int, kind: str = 'instance') -> type:
        """The class with this number; without one, what the kind of the object says."""
        found = self._cache.get(number) or self._stand_ins.get(number)
        if found is not None:
            return found
        if number == 0:
            return BASES.get(kind, object)
        return self._make(number)

    def of_copies(self, number: int, kind: str) -> type:
        """The class to make copies with: a stand-in where the class itself would run its __del__ on them."""
        cls = self.of(number, kind)
        if kind == 'instance' and _module_of(cls).partition('.')[0] == 'pandas':  # made by its C code only
            return self.stand_in_for(number)
        if self.is_stand_in(cls) or not finalizes_by_itself(cls):
            return cls
        if number not in self._without_del:
            self._without_del[number] = self._stand_in(self._contents(number))
        return self._without_del[number]

    def tuple_for(self, number: int, has_attributes: bool) -> type:
        """A tuple's class of the same name, for copies that only C code of the class's own could make."""
        if (number, has_attributes) not in self._tuples:
            contents = self._contents(number)
            names = {'__module__': contents.module or 'builtins', '__qualname__': contents.name}
            if not has_attributes:
                names['__slots__'] = ()
            self._tuples[number, has_attributes] = type(contents.name.rpartition('.')[2], (tuple,), names)
        return self._tuples[number, has_attributes]

    def stand_in_for(self, number: int, parts: tuple = ()) -> type:
        """A plain class of the same name, for copies that the class itself can't make. `parts`: what its objects hold
        besides the attributes in their dicts."""
        if number not in self._plain:
            contents = self._contents(number)._replace(bases=(), attributes=[])
            self._plain[number] = self._stand_in(contents, parts)
        return self._plain[number]

    def are_living(self) -> bool:
        """Whether this is the process that was recorded."""
        return self._living is not None

    def is_stand_in(self, cls: type) -> bool:
        """Whether this class was made here."""
        return cls in self._stand_ins.values() or cls in self._plain.values()

    def name_of(self, number: int) -> str:
        """The class's qualified name."""
        if number == 0:
            return 'object'
        contents = self._contents(number)
        return contents.name if isinstance(contents.name, str) else 'object'

    def opaque(self, number: int, contents: Contents) -> object:
        """The living function or module, or an Opaque."""
        type_name = self.name_of(contents.class_object)
        name = None if contents.name is UNBOUND else contents.name
        found = None
        if self._living is not None and name is not None:
            if type_name == 'module':
                found = self._living.find_module(number, name)
            elif type_name in ('function', 'builtin_function_or_method'):
                found = self._living.find_function(number, contents.module, name, contents.line)
        return Opaque(type_name, name) if found is None else found

    def _derivable(self, cls: type) -> type:
        # Deriving from a living class could run its metaclass or __init_subclass__.
        return cls if self.is_stand_in(cls) else built_in_base(cls)

    def _contents(self, number: int) -> Contents:
        return Contents._make(self._reader.contents(self._step, number))

    def _make(self, number: int) -> type:
        try:
            contents = self._contents(number)
        except IndexError:
            return object
        found = self._find(number, contents)
        if found is not None:
            self._cache[number] = found
            return found
        self._stand_ins[number] = made = self._stand_in(contents)
        return made

    def _find(self, number: int, contents: Contents) -> Optional[type]:
        name = contents.name
        if not isinstance(name, str):
            return object
        known = None if contents.attributes else known_type(contents.module, name)
        if known is None and self._living is not None:
            return self._living.find_class(number, contents.module, name)
        return known

    def _stand_in(self, contents: Contents, parts: tuple = ()) -> type:
        bases = tuple(self._derivable(self.of(base)) for base in contents.bases)
        if bases == (object,) or not bases:
            bases = (StandIn,)
        name = contents.name.rpartition('.')[2]
        attributes = {'__module__': contents.module or 'builtins', '__qualname__': contents.name}
        if dict(contents.attributes).get('__hash__') is not None:
            attributes['__hash__'] = object.__hash__  # a list's would refuse what was a key
        slots = self._slots(contents) + parts
        if slots and not any(base.__dictoffset__ for base in bases):
            slots += ('__dict__',)
        if slots:
            attributes['__slots__'] = slots
        try:
            return type(name, bases, attributes)
        except TypeError:  # bases that this Python doesn't combine, or can't be derived from
            attributes.pop('__slots__', None)
            return type(name, (StandIn,), attributes)

    def _slots(self, contents: Contents) -> tuple:
        """The names that the class keeps in its instances themselves."""
        return tuple(
            name
            for name, value in contents.attributes
            if type(value) is Ref and self.name_of(self._contents(value.number).class_object) == 'member_descriptor'
        )


def _module_of(cls: type) -> str:
    module = dict_of(cls).get('__module__')
    return module if isinstance(module, str) else ''
