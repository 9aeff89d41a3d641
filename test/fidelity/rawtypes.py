"""Reading types and attributes by their layout: no code of the program runs."""

import functools
import types

_mro = type.__dict__['__mro__'].__get__
_namespace = type.__dict__['__dict__'].__get__
_qualname = type.__dict__['__qualname__'].__get__
_size = type.__dict__['__basicsize__'].__get__
_flags = type.__dict__['__flags__'].__get__

_HEAP_TYPE = 1 << 9
_IMMUTABLE_TYPE = 1 << 8


def mro(kind):
    """The classes in which attributes of an instance of ``kind`` are looked up.

    The interpreter has types that it never made ready, of what ``aclose()`` answers up to 3.9: they have none."""
    return _mro(kind) or (kind, object)


def type_dict(kind):
    """A class's namespace, past any metaclass."""
    return _namespace(kind) or {}


def type_name(kind):
    """A class's qualified name."""
    return _qualname(kind)


def type_module(kind):
    """The module in which a class says that it was defined."""
    return type_dict(kind).get('__module__')


def is_python_class(kind):
    """Whether a class statement made this class."""
    return _may_be_python_class(kind) and any(_has_marks(base) for base in mro(kind) if _may_be_python_class(base))


def _may_be_python_class(kind):
    flags = _flags(kind)
    return bool(flags & _HEAP_TYPE) and not flags & _IMMUTABLE_TYPE


def _has_marks(kind):
    """A class statement puts one of these into the first class of a line that has it."""
    namespace = type_dict(kind)
    return any(name in namespace for name in ('__weakref__', '__slots__', '__dict__'))


def has_c_layout(kind):
    """Whether instances hold more than attributes: fields that a class written in C put there."""
    own = [base for base in mro(kind) if not is_python_class(base)]
    return any(base is not object and _size(base) > _size(object) for base in own)


def attribute_dict(thing, bases):
    """The instance's own ``__dict__``, or None. A property of that name does not run."""
    if functools.partial in bases:  # asked for its dict, one without makes it, and is called in another way from then on
        found = functools.partial.__reduce__(thing)[2][3]
        return {} if found is None else found
    if BaseException in bases:  # likewise, and what pickle makes of one with a dict is another text
        state = BaseException.__reduce__(thing)[2:]
        return state[0] if state else {}
    if types.SimpleNamespace in bases:
        return types.SimpleNamespace.__dict__['__dict__'].__get__(thing)
    for base in bases:
        getter = type_dict(base).get('__dict__')
        if type(getter) is types.GetSetDescriptorType:
            return types.GetSetDescriptorType.__get__(getter, thing, type(thing))
    return None


_PARTS = ('func', 'args', 'keywords')  # of functools.partial
_LINKS = ('__cause__', '__context__', '__suppress_context__')


def slot_values(thing, bases):
    """Name and value of each slot that a class statement declared, with the class's name in front when a subclass hides it
    behind another; ``slot_values`` itself stands for an empty one. Also what a built-in exception holds besides its arguments, where it holds something."""
    found, seen = [], set()
    for base in bases:
        namespace = type_dict(base)
        if BaseException in bases and '__slots__' not in namespace and not is_python_class(base):
            members = [(name, member) for name, member in namespace.items() if type(member) is types.MemberDescriptorType]
            values = [(name, _slot_value(member, thing)) for name, member in members]
            found.extend(pair for pair in values if pair[1] is not None and type(pair[1]) is not bool)
        if '__slots__' not in namespace:
            continue
        for name, member in namespace.items():
            if type(member) is types.MemberDescriptorType:
                full_name = '%s.%s' % (base.__name__, name) if name in seen else name
                found.append((full_name, _slot_value(member, thing)))
                seen.add(name)
    if BaseException in bases:
        links = [(name, type_dict(BaseException)[name].__get__(thing)) for name in _LINKS]
        found.extend(pair for pair in links if pair[1] is not None and pair[1] is not False)
    if functools.partial in bases:
        found.extend((name, _slot_value(type_dict(functools.partial)[name], thing)) for name in _PARTS)
    found.sort(key=lambda pair: pair[0])
    return found


def _slot_value(member, thing):
    try:
        return types.MemberDescriptorType.__get__(member, thing, type(thing))
    except AttributeError:
        return slot_values


_NAMED = {
    kind: '__qualname__'
    for kind in (types.FunctionType, types.GeneratorType, types.CoroutineType, types.AsyncGeneratorType)
}


def opaque_name(thing):
    """What a function, method, generator, coroutine or module is called; None for other objects."""
    kind = type(thing)
    if kind is types.MethodType:
        return opaque_name(types.MethodType.__dict__['__func__'].__get__(thing))
    if kind is types.CodeType:
        return getattr(thing, 'co_qualname', thing.co_name)
    if types.ModuleType in mro(kind):
        name = types.ModuleType.__dict__['__dict__'].__get__(thing).get('__name__')
        return name if type(name) is str else None
    if types.BuiltinFunctionType in mro(kind):
        return thing.__name__
    attribute = _NAMED.get(kind)
    return getattr(thing, attribute) if attribute else None
