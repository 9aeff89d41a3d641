"""What stands for an object that can't be rebuilt from a recording."""


class Opaque:
    """An object of which only the type and the name are known: a function, a module, a file …

    `type_name` is the qualified name of its type, `qualname` its own name or None.
    """

    __slots__ = ('type_name', 'qualname', '__weakref__')

    __module__ = 'execorder'

    def __init__(self, type_name, qualname=None):
        self.type_name = type_name
        self.qualname = qualname

    def __repr__(self):
        if self.qualname is None:
            return '<Opaque %s>' % self.type_name
        return '<Opaque %s %s>' % (self.type_name, self.qualname)
