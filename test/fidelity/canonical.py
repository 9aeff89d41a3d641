"""A program's state as plain, comparable data.

``canonical({'x': x, ...})`` walks everything that can be reached from the variables and answers a tuple of nodes.
A value inside a node is ``(tag, payload)`` for an immutable scalar, or ``('@', n)`` for the object of node ``n``.
Objects are numbered in the order of the first visit, so two states are equal exactly when their values, their exact
types, the order of their dicts, their attributes, and who shares what with whom are equal.

No code of the program ever runs here: contents are read through the methods of the built-in base types and through
slot descriptors, never through ``repr``, ``==``, ``hash``, ``getattr`` or an overridden ``__iter__``. The walk is a
queue, not a recursion, so depth does not matter.
"""

import _ast
import array
import builtins
import collections
import datetime
import decimal
import functools
import re
import struct
import types

import buffers
from rawtypes import (
    attribute_dict,
    has_c_layout,
    is_python_class,
    mro,
    opaque_name,
    slot_values,
    type_dict,
    type_module,
    type_name,
)

#: Stands for a slot that holds nothing.
UNSET = ('unset', None)

_SINGLETONS = {None: ('none', None), Ellipsis: ('ellipsis', None), NotImplemented: ('notimplemented', None)}


def _float_bits(value):
    return struct.pack('<d', value)


_SCALARS = {
    type(None): lambda value: ('none', None),
    type(Ellipsis): lambda value: ('ellipsis', None),
    type(NotImplemented): lambda value: ('notimplemented', None),
    bool: lambda value: ('bool', value),
    int: lambda value: ('int', value),
    str: lambda value: ('str', value),
    bytes: lambda value: ('bytes', value),
    float: lambda value: ('float', _float_bits(value)),
    complex: lambda value: ('complex', (_float_bits(value.real), _float_bits(value.imag))),
}

# Bases whose own contents are read, the more special first.
_CONTENT_BASES = (
    list, collections.OrderedDict, collections.defaultdict, dict, set, frozenset, tuple,
    bytearray, array.array, collections.deque, str, bytes, int, float, complex, BaseException, range, slice,
    datetime.datetime, datetime.date, datetime.time, datetime.timedelta, datetime.timezone, decimal.Decimal,
)

# What their objects hold is the machine's business: descriptors of files, the clock.
_MACHINE_MODULES = ('selectors', '_socket', 'socket')

_DAY = ('year', 'month', 'day')
_TIME = ('hour', 'minute', 'second', 'microsecond', 'tzinfo', 'fold')
_exception_args = BaseException.__dict__['args'].__get__


def canonical(variables, foreign=None, program_module=None):
    """The nodes of a state. Node 0 is ``('state', ((name, value), ...))``, sorted by name.

    ``foreign(object)`` may answer ``(type name, qualified name)`` for stand-ins of opaque objects, else None.
    """
    walk = Walk(foreign, program_module)
    names = sorted(variables)
    walk.nodes.append(('state', tuple((name, walk.value(variables[name])) for name in names)))
    walk.run()
    return tuple(walk.nodes)


def class_data(variables, program_module, foreign=None, names=None, getters=()):
    """The plain data in the program's own classes that the variables reach: a state named by ``Class.attribute``.

    ``names``: exactly these attributes instead of all that are data. ``getters``: names of classes with a ``__get__``, which
    stand-ins don't have.
    """
    walk = Walk(foreign, program_module)
    for name in sorted(variables):
        walk.value(variables[name])
    walk.run()
    found = {}
    for owner in walk.program_classes:
        for name, value in dict.items(type_dict(owner).copy()):
            if type(name) is not str or name.startswith('__'):
                continue
            full_name = type_name(owner) + '.' + name
            if is_data(value) if names is None else full_name in names and not is_descriptor(value, foreign, getters):
                found[full_name] = value
    return canonical(found, foreign, program_module)


def is_data(value):
    """Whether a class attribute is data, not a method, a descriptor or a class."""
    kind = type(value)
    if type in mro(kind) or kind in (types.FunctionType, staticmethod, classmethod, property):
        return False
    return '__get__' not in set().union(*(type_dict(base) for base in mro(kind)))


def is_descriptor(value, foreign, getters):
    """Whether it stands for something that ``is_data`` leaves out."""
    stand_in = foreign and foreign(value)
    name = stand_in[0] if stand_in else type_name(type(value))
    return name in getters or name in (
        'member_descriptor', 'getset_descriptor', 'wrapper_descriptor', 'method_descriptor', 'function', 'property', '_tuplegetter')


class Walk:
    """One walk over an object graph; keeps what it visits alive, so that an ``id`` never comes back."""

    def __init__(self, foreign=None, program_module=None):
        self.foreign = foreign
        self.program_module = program_module
        self.nodes = []
        self.numbers = {}
        self.queue = []
        self.program_classes = []

    def value(self, value):
        scalar = _SCALARS.get(type(value))
        if scalar is not None:
            return scalar(value)
        key = id(value)
        number = self.numbers.get(key)
        if number is None:
            number = self.numbers[key] = len(self.queue) + 1
            self.queue.append(value)
        return ('@', number)

    def run(self):
        done = 0
        while done < len(self.queue):
            self.nodes.append(self.node(self.queue[done]))
            done += 1

    def node(self, thing):
        """``(kind, type's name, contents, slots, attribute dict or None)``, or ``('opaque', type's name, name)``."""
        kind = type(thing)
        read = _EXACT.get(kind)
        if read is not None:
            return (kind.__name__, kind.__name__, read(self, thing), (), None)
        stand_in = self.foreign and self.foreign(thing)
        if stand_in:
            return ('opaque',) + stand_in
        if thing is builtins.__dict__:
            return ('opaque', 'dict', 'builtins')
        bases = mro(kind)
        if type in bases:
            return self.class_node(thing)
        for base in _CONTENT_BASES:
            if base in bases:
                if base is tuple and not is_python_class(kind):
                    return ('tuple', type_name(kind), self.tuple_contents(thing), (), self.hidden_fields(thing))
                return (base.__name__, type_name(kind), _CONTENTS[base](self, thing)) + self.attributes(thing, bases)
        if kind is re.Pattern:
            slots = [(name, self.value(getattr(thing, name))) for name in ('flags', 'groups', 'pattern')]
            return ('instance', 'Pattern', (), tuple(slots), self.value({}))
        if kind is re.Match:
            return ('instance', 'Match', (), (), self.value(match_fields(thing)))
        if kind is memoryview:
            return ('memoryview', 'memoryview', self.view_contents(thing), (), None)
        if buffers.is_numpy(bases):
            return ('numpy', type_name(kind), buffers.numpy_contents(self, thing)) + self.attributes(thing, bases)
        fields = buffers.pandas_fields(thing, type_module(kind))
        if fields:
            return ('pandas', type_name(kind), tuple([self.value(field) for field in fields]), (), None)
        if type_module(kind) in _MACHINE_MODULES:
            return ('opaque', type_name(kind), opaque_name(thing))
        if types.SimpleNamespace in bases or functools.partial in bases or _ast.AST in bases:
            return ('instance', type_name(kind), ()) + self.attributes(thing, bases)
        if is_python_class(kind) and has_c_layout(kind):
            return ('foreign', type_name(kind), ()) + self.attributes(thing, bases)
        if is_python_class(kind) and types.ModuleType not in bases:
            return ('instance', type_name(kind), ()) + self.attributes(thing, bases)
        return ('opaque', type_name(kind), opaque_name(thing))

    def class_node(self, thing):
        if self.program_module is not None and type_module(thing) == self.program_module:
            self.program_classes.append(thing)
        return ('opaque', 'type', type_name(thing))

    def attributes(self, thing, bases):
        slots = tuple(
            (name, UNSET if value is slot_values else self.value(value))
            for name, value in slot_values(thing, bases)
        )
        found = attribute_dict(thing, bases)
        return (slots, None if found is None else self.value(found))

    # Contents by built-in base. Each answers a tuple of values, or of pairs of values.

    def list_contents(self, thing):
        value = self.value
        return tuple([value(item) for item in list.__iter__(thing)])

    def tuple_contents(self, thing):
        value = self.value
        return tuple([value(item) for item in tuple.__iter__(thing)])

    def hidden_fields(self, thing):
        """Of a struct sequence, what it holds besides its items."""
        hidden = type(thing).__reduce__(thing)[1][1] if hasattr(type(thing), 'n_sequence_fields') else None
        return self.value(hidden) if hidden else None

    def dict_contents(self, thing):
        value = self.value
        if thing is builtins.__dict__:
            return (('str', 'builtins'),)
        return tuple([
            (value(key), value(item)) for key, item in dict.items(thing)
            if not (type(key) is str and key == '__builtins__')
        ])

    def ordered_dict_contents(self, thing):
        """In its own order, unless a key's class is the program's and has a ``__hash__``: to iterate asks for hashes."""
        values = {id(key): item for key, item in dict.items(thing)}
        if not all(hashes_in_c(key) for key in dict.__iter__(thing)):
            return self.dict_contents(thing)
        keys = list(collections.OrderedDict.__iter__(thing))
        if not values.keys() >= set(map(id, keys)):  # it has another object than the dict for an equal key
            return self.dict_contents(thing)
        return tuple([(self.value(key), self.value(values[id(key)])) for key in keys])

    def default_dict_contents(self, thing):
        factory = collections.defaultdict.__dict__['default_factory'].__get__(thing)
        return self.dict_contents(thing) + (('default_factory', self.value(factory)),)

    def set_contents(self, thing):
        """Elements in an order that depends on what they are, not on where they lie."""
        iterate = set.__iter__ if set in mro(type(thing)) else frozenset.__iter__
        elements = [(self.element_key(element), element) for element in iterate(thing)]
        elements.sort(key=lambda pair: pair[0])
        return tuple([self.value(element) for _, element in elements])

    def exception_contents(self, thing):
        return (self.value(_exception_args(thing)),)

    def view_contents(self, view):
        """A view of a bytearray or an array shares it; what else it may show is told by its bytes."""
        try:
            contents = (('view', (view.format, view.shape, view.tobytes(), view.readonly)),)
        except ValueError:
            return (('view', 'released'),)
        storage = buffers.storage_of(view.obj)
        return contents + ((self.value(storage),) if type(storage) in (bytearray, array.array) else ())

    def fields(self, thing, owner, *names):
        """What getters and members in C answer."""
        return tuple([self.value(type_dict(owner)[name].__get__(thing)) for name in names])

    def zone_contents(self, thing):
        return (('repr', datetime.timezone.__repr__(thing)), self.value(datetime.timezone.utcoffset(thing, None)))

    def element_key(self, element):
        return self.sort_key(element, 4)

    def sort_key(self, value, depth):
        """A text that tells unlike objects apart: the outer ``depth`` levels of what they hold."""
        scalar = _SCALARS.get(type(value))
        if scalar is not None:
            return '0' + repr(scalar(value))
        number = self.numbers.get(id(value))
        if number is not None:
            return '1%09d' % number
        if depth == 0:
            return '2' + type_name(type(value))
        shallow = KeyWalk(self, depth - 1)
        return '2' + repr(shallow.node(value))


def match_fields(match):
    """What a recording tells of a match, by name."""
    names = ('string', 're', 'pos', 'endpos')
    fields = {name: getattr(match, name) for name in names}
    fields['lastindex'] = match.lastindex
    for group in range(len(match.groups()) + 1):
        of_group = '(%d)' % group if group else ''
        fields['start' + of_group], fields['end' + of_group] = match.span(group)
    return fields


def hashes_in_c(key):
    """Whether hash() of a key runs no code of the program."""
    bases = mro(type(key))
    if tuple in bases and not all(hashes_in_c(item) for item in tuple.__iter__(key)):
        return False
    found = next(type_dict(base)['__hash__'] for base in bases if '__hash__' in type_dict(base))
    return type(found) is not types.FunctionType


class KeyWalk(Walk):
    """A walk that puts a child's sort key where the child's number would stand."""

    def __init__(self, outer, depth):
        Walk.__init__(self, outer.foreign)
        self.outer = outer
        self.depth = depth

    def value(self, value):
        return self.outer.sort_key(value, self.depth)

    element_key = value


_CONTENTS = {
    list: Walk.list_contents,
    dict: Walk.dict_contents,
    collections.OrderedDict: Walk.ordered_dict_contents,
    collections.defaultdict: Walk.default_dict_contents,
    set: Walk.set_contents,
    frozenset: Walk.set_contents,
    tuple: Walk.tuple_contents,
    collections.deque: lambda walk, thing: tuple([walk.value(item) for item in collections.deque.__iter__(thing)]),
    bytearray: lambda walk, thing: (('bytes', bytes(bytearray.__getitem__(thing, slice(None)))),),
    array.array: lambda walk, thing: (
        ('array', (array.array.__dict__['typecode'].__get__(thing), array.array.tobytes(thing))),),
    str: lambda walk, thing: (('str', str.__str__(thing)[:] if type(thing) is str else str.__add__(thing, '')),),
    bytes: lambda walk, thing: (('bytes', bytes.__add__(thing, b'')),),
    int: lambda walk, thing: (('int', int.__index__(thing)),),
    float: lambda walk, thing: (('float', _float_bits(float.__float__(thing))),),
    complex: lambda walk, thing: (('complex', repr(complex.__add__(thing, 0j))),),
    BaseException: Walk.exception_contents,
    range: lambda walk, thing: (walk.value(thing.start), walk.value(thing.stop), walk.value(thing.step)),
    slice: lambda walk, thing: (walk.value(thing.start), walk.value(thing.stop), walk.value(thing.step)),
    datetime.datetime: lambda walk, thing: walk.fields(thing, datetime.date, *_DAY) + walk.fields(
        thing, datetime.datetime, *_TIME),
    datetime.date: lambda walk, thing: walk.fields(thing, datetime.date, *_DAY),
    datetime.time: lambda walk, thing: walk.fields(thing, datetime.time, *_TIME),
    datetime.timedelta: lambda walk, thing: walk.fields(
        thing, datetime.timedelta, 'days', 'seconds', 'microseconds'),
    datetime.timezone: Walk.zone_contents,
    decimal.Decimal: lambda walk, thing: (('decimal', tuple(decimal.Decimal.as_tuple(thing))),),
}

_EXACT = {kind: _CONTENTS[kind] for kind in (list, tuple, set, frozenset)}
