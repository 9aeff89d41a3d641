"""What stands for an object that can't be rebuilt from a recording."""


class Opaque:
    """An object of which only the type and the name are known: a function, a module, a file …

    `type_name` is the qualified name of its type, `qualname` its own name or None. `unknown_since` is None, except for an
    object whose contents are recorded, but not at this step: C code changed them in a way that nothing tells of, after they
    were last known to be right, and they can't be told from that step on until the change was noticed.
    """

    __slots__ = ('type_name', 'qualname', 'unknown_since', '__weakref__')

    __module__ = 'execorder'

    def __init__(self, type_name, qualname=None, unknown_since=None):
        self.type_name = type_name
        self.qualname = qualname
        self.unknown_since = unknown_since

    def __repr__(self):
        if self.unknown_since is not None:
            return '<Opaque %s, unknown since step %d>' % (self.type_name, self.unknown_since)
        if self.qualname is None:
            return '<Opaque %s>' % self.type_name
        return '<Opaque %s %s>' % (self.type_name, self.qualname)


class OpaqueArray(Opaque):
    """An array of a library that isn't here: `dtype` as numpy's typestr, `shape`, and `values` as nested lists.

    Numbers and texts come as Python's own; what has no simple value, as its bytes. Views of one memory are separate.
    """

    __slots__ = ('dtype', 'shape', '_memory', '_view')

    def __init__(self, type_name, dtype, shape):
        Opaque.__init__(self, type_name)
        self.dtype = dtype
        self.shape = shape
        self._memory = b''
        self._view = None

    @property
    def values(self):
        """The elements, a list for each dimension; without dimensions, the element itself."""
        return self._nested(0, self._view.offset)

    def __repr__(self):
        return '<Opaque %s of %s, shape %s>' % (self.type_name, self.dtype, self.shape)

    def _nested(self, axis, place):
        from execorder._buffers import element_at

        if axis == len(self.shape):
            return element_at(self._memory, self._view, place)
        stride = self._view.strides[axis]
        return [self._nested(axis + 1, place + index * stride) for index in range(self.shape[axis])]

    def _fill(self, values):
        self._memory[:] = values
