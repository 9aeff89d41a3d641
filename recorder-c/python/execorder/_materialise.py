"""Builds real Python objects from recorded contents.

Copies are made without running code of the program: they are allocated by the C type under their class, and their
attributes are set where they are stored. Nothing here recurses over the object graph, so its depth doesn't matter.
One exception can't be avoided: a dict key or an element of a set whose class defines __hash__ in Python is hashed when
it is put in, after everything else is built; where that fails, an Opaque stands for the key or element.
"""

from __future__ import annotations

import re

from execorder._buffers import fill_values, is_view, make_buffer, memory_of
from execorder._classes import BASES, Contents
from execorder._instances import (
    CELL,
    allocate,
    clear_keyed,
    enum_member,
    extend_sequence,
    fill_attributes,
    is_exception_group,
    item_setter,
)
from execorder._layout import adds_attributes, built_in_base, hashes_by_itself, is_of_execorder, is_struct_sequence
from execorder._native import UNBOUND, Ref
from execorder._opaque import Opaque
from execorder._standard import asks_its_zone, make, names_of_parts, parts_of, whole_base

NOT_EMPTY = frozenset((0,))

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Dict, Iterable, List, Optional

    from execorder._classes import Classes


class Materialiser:
    """Copies of recorded objects as they were at one step. Aliases and cycles survive: one copy per object."""

    def __init__(self, reader, step: int, classes: Classes) -> None:
        self._reader = reader
        self._step = step
        self._classes = classes
        self._copies = {}         # object number -> its copy
        self._under_way = set()   # numbers of tuples and frozensets whose children are being made
        self._unfilled = []       # (copy, contents): made, but still empty
        self._late = []           # (copy, contents): dicts and sets whose keys run code of the program
        self._whole_bases = {}    # class -> what whole_base() says of it
        self._hash_runs_code = set()  # numbers of the objects whose hash() does

    @property
    def copies(self) -> Dict[int, object]:
        """What was built, by the objects' numbers."""
        return self._copies

    def build(self, values: Iterable) -> List[object]:
        """The Python objects for recorded values: scalars as they are, copies for references."""
        values = list(values)
        self._make(values)
        self._fill_all()
        return [self._copy_of(value) for value in values]

    def _copy_of(self, value: object) -> object:
        if type(value) is not Ref:
            return value
        if value.number not in self._copies:  # a tuple inside itself, which no Python code can make
            self._copies[value.number] = Opaque('tuple')
        return self._copies[value.number]

    def _copies_of(self, values: list) -> list:
        if Ref not in set(map(type, values)):
            return values
        return [self._copy_of(value) if type(value) is Ref else value for value in values]

    # Making: tuples and frozensets need their children first, everything else begins empty.

    def _make(self, values: Iterable) -> None:
        stack = [(0, None, iter(values))]
        while stack:
            number, contents, children = stack[-1]
            for value in children:
                if type(value) is Ref and value.number not in self._copies and value.number not in self._under_way:
                    child = self._contents(value.number)
                    if self._needs_children(child):
                        self._under_way.add(value.number)
                        stack.append((value.number, child, iter(self._children_first(child))))
                        break
                    self._copies[value.number] = self._begin(value.number, child)
            else:
                stack.pop()
                if contents is not None:
                    self._under_way.discard(number)
                    self._copies[number] = self._whole(number, contents)

    def _needs_children(self, contents: Contents) -> bool:
        if contents.unknown:
            return False
        if contents.kind == 'instance':
            cls = self._classes.of(contents.class_object)
            return is_exception_group(cls) or self._whole_base(cls) is not None
        return contents.kind == 'tuple' or contents.kind == 'frozenset' or is_view(contents)

    def _whole_base(self, cls: type) -> Optional[type]:
        if cls not in self._whole_bases:
            base = whole_base(cls)
            is_trusted = base is not re.Pattern or self._classes.are_living()  # a stranger's could take long to compile
            self._whole_bases[cls] = base if is_trusted else None
        return self._whole_bases[cls]

    def _contents(self, number: int) -> Contents:
        try:
            return Contents._make(self._reader.contents(self._step, number))
        except IndexError:  # not known yet at this step
            return Contents('opaque', 0, True, [], [], 0, UNBOUND, None, (), 0, 0, 0)

    def _begin(self, number: int, contents: Contents) -> object:
        kind = contents.kind
        if kind == 'class':
            return self._begin_class(number, contents)
        if kind == 'opaque':
            return self._classes.opaque(number, contents)
        cls = self._classes.of_copies(contents.class_object, kind)
        if is_of_execorder(cls):
            return Opaque(self._classes.name_of(contents.class_object))
        copy = enum_member(cls, contents, self._contents)
        if copy is not None:
            return copy
        if contents.kind == 'buffer':
            return self._buffer(cls, contents)
        copy = None if contents.unknown else allocate(cls, contents)
        is_told = kind == 'instance' and not contents.unknown and contents.class_object
        if copy is None and is_told and not adds_attributes(cls):  # all there is to know are registered fields
            copy = allocate(self._classes.stand_in_for(contents.class_object), contents)
        if copy is None:
            return self._opaque(contents)
        if hashes_by_itself(cls):
            self._hash_runs_code.add(number)
        self._unfilled.append((copy, contents))
        return copy

    def _opaque(self, contents: Contents) -> Opaque:
        return Opaque(self._classes.name_of(contents.class_object), unknown_since=contents.unknown_since or None)

    def _buffer(self, cls: type, contents: Contents, storage: object = None) -> object:
        memory = memory_of(contents)
        copy = None if contents.unknown else make_buffer(cls, memory, storage)
        if copy is None:
            return self._opaque(contents)
        if _values_in(contents) or contents.attributes or contents.attribute_dict:
            self._unfilled.append((copy, contents))
        return copy

    def _begin_class(self, number: int, contents: Contents) -> type:
        cls = self._classes.of(number)
        if self._classes.is_stand_in(cls):
            self._unfilled.append((cls, contents))
        return cls

    def _children_first(self, contents: Contents) -> list:
        """What has to be there before the object itself: what can't be set later."""
        if contents.kind == 'instance':
            named = dict(reversed(contents.attributes))  # the first one of a name is that of the C type
            base = self._whole_base(self._classes.of(contents.class_object))
            if base is not None:
                return parts_of(base, named)
            return [named.get('message'), named['exceptions']] if 'exceptions' in named else [named['args']]
        if contents.kind == 'tuple' and is_struct_sequence(self._classes.of_copies(contents.class_object, 'tuple')):
            return contents.items + [value for _, value in contents.attributes]
        return [memory_of(contents).memory] if contents.kind == 'buffer' else contents.items

    def _whole(self, number: int, contents: Contents) -> object:
        cls = self._classes.of_copies(contents.class_object, contents.kind)
        if contents.kind == 'instance':
            return self._exception_group(cls, contents) if is_exception_group(cls) else self._value(number, cls, contents)
        if contents.kind == 'buffer':
            storage = self._copy_of(memory_of(contents).memory)
            return self._buffer(cls, contents, storage)
        runs_code = self._runs_code(contents.items)
        if runs_code or hashes_by_itself(cls):
            self._hash_runs_code.add(number)
        if runs_code and contents.kind == 'frozenset':
            self._fill_all()
        copy = self._tuple_or_set(cls, contents)
        if (contents.attributes or contents.attribute_dict) and not is_struct_sequence(type(copy)):
            self._unfilled.append((copy, contents._replace(kind='instance')))
        return copy

    def _tuple_or_set(self, cls: type, contents: Contents) -> object:
        base = BASES[contents.kind]
        if cls is frozenset and not contents.items:
            return NOT_EMPTY.difference(NOT_EMPTY)  # another one each time: before 3.10, frozenset() is always the same
        if cls is tuple and not contents.items:
            return tuple(map(id, ()))  # up to 3.10 another one each time, as the program's out of iterators are
        try:
            if contents.attributes and is_struct_sequence(cls):  # it is made with what it doesn't show as a tuple
                hidden = {name: self._copy_of(value) for name, value in contents.attributes}
                return cls.__new__(cls, self._copies_of(contents.items), hidden)
            return base.__new__(cls, self._copies_of(contents.items))
        except Exception:  # an element's own __hash__ or __eq__ failed on the copy, or C code has its own way to make it
            if contents.kind == 'tuple':  # as of sys.flags
                stand_in = self._classes.tuple_for(contents.class_object, bool(contents.attributes))
                return tuple.__new__(stand_in, self._copies_of(contents.items))
            return base.__new__(cls, self._copies_of(self._with_opaque_keys(contents).items))

    def _value(self, number: int, cls: type, contents: Contents) -> object:
        base = self._whole_base(cls)
        others = names_of_parts(base)
        try:
            copy = make(cls, base, self._copies_of(self._children_first(contents)))
            rest = contents._replace(attributes=[pair for pair in contents.attributes if pair[0] not in others])
        except Exception:  # a part that is opaque, as a time zone's rules are
            stand_in = self._classes.stand_in_for(contents.class_object, tuple(others))
            copy, rest = allocate(stand_in, contents), contents
        if rest.attributes or rest.attribute_dict:
            self._unfilled.append((copy, rest))
        if hashes_by_itself(cls) or asks_its_zone(copy, base):
            self._hash_runs_code.add(number)
        return copy

    def _exception_group(self, cls: type, contents: Contents) -> object:
        parts = self._copies_of(self._children_first(contents))
        if len(parts) == 1:  # an older recording, which has no more than the arguments
            self._fill_all()
        try:
            copy = built_in_base(cls).__new__(cls, *(parts if len(parts) == 2 else parts[0]))
        except Exception:  # arguments of a subclass's own
            return Opaque(self._classes.name_of(contents.class_object))
        self._unfilled.append((copy, contents))
        return copy

    def _runs_code(self, values: list) -> bool:
        if not self._hash_runs_code:
            return False
        return any(type(value) is Ref and value.number in self._hash_runs_code for value in values)

    # Filling: by now every child has a copy, perhaps an empty one.

    def _fill_all(self) -> None:
        while self._unfilled or self._late:
            if self._unfilled:
                copy, contents = self._unfilled.pop()
                self._make_children(contents)
                self._fill(copy, contents)
            else:
                self._fill_late(*self._late.pop())

    def _make_children(self, contents: Contents) -> None:
        if contents.kind == 'dict':
            self._make(value for pair in contents.items for value in pair)
        elif contents.kind == 'buffer':
            self._make(_values_in(contents))
        elif contents.kind != 'instance':
            self._make(contents.items)
        if contents.attributes:
            self._make([value for _, value in contents.attributes])
        if contents.attribute_dict:
            self._make([Ref(contents.attribute_dict)])

    def _fill(self, copy: object, contents: Contents) -> None:
        kind = contents.kind
        if kind == 'list':
            extend_sequence(copy, self._copies_of(contents.items))
        elif kind == 'dict':
            self._fill_keyed(copy, contents, [key for key, _ in contents.items])
        elif kind == 'set':
            self._fill_keyed(copy, contents, contents.items)
        elif kind == 'buffer':
            self._fill_buffer(copy, contents)
        elif type(copy) is CELL and contents.items and contents.items[0] is not UNBOUND:
            copy.cell_contents = self._copy_of(contents.items[0])
        if contents.attributes or contents.attribute_dict:
            attributes = [(name, self._copy_of(value)) for name, value in contents.attributes]
            shared = self._copies.get(contents.attribute_dict)
            fill_attributes(copy, attributes, shared if issubclass(type(shared), dict) else None)

    def _fill_buffer(self, copy: object, contents: Contents) -> None:
        values = _values_in(contents)
        if values:
            fill_values(copy, self._copies_of(values))

    def _fill_keyed(self, copy: object, contents: Contents, keys: list) -> None:
        if self._runs_code(keys):
            self._late.append((copy, contents))
        else:
            self._put(copy, contents)

    def _put(self, copy: object, contents: Contents) -> None:
        if contents.kind == 'set':
            set.update(copy, self._copies_of(contents.items))
            return
        set_item = item_setter(copy)
        for key, value in contents.items:
            set_item(copy, self._copy_of(key), self._copy_of(value))

    def _fill_late(self, copy: object, contents: Contents) -> None:
        try:
            self._put(copy, contents)
        except Exception:  # a key's own __hash__ or __eq__ failed on the copy
            clear_keyed(copy)
            self._put(copy, self._with_opaque_keys(contents))

    def _with_opaque_keys(self, contents: Contents) -> Contents:
        if contents.kind == 'dict':
            return contents._replace(items=[(self._opaque_key(key), value) for key, value in contents.items])
        return contents._replace(items=[self._opaque_key(element) for element in contents.items])

    def _opaque_key(self, key: object) -> object:
        if not self._runs_code([key]):
            return key
        return Opaque(self._classes.name_of(self._contents(key.number).class_object))


def _values_in(contents: Contents) -> list:
    """The objects in the memory of an array."""
    memory = memory_of(contents)
    return memory.memory if memory.has_values and not is_view(contents) else []
