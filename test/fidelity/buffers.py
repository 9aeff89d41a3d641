"""Numpy's arrays and scalars as plain data, where numpy is there."""

import sys


#: Where the managers, blocks and extension arrays of pandas hold their data.
_PANDAS_FIELDS = {
    'pandas.core.internals': ('blocks', 'axes', 'values'), 'pandas.core.arrays': ('_ndarray',), 'pandas.arrays': ('_ndarray',),
}


def pandas_fields(thing, module):
    """The data of an object from the inside of pandas; empty for everything else."""
    for prefix, names in _PANDAS_FIELDS.items():
        if str(module).startswith(prefix):
            return [getattr(thing, name) for name in names if hasattr(thing, name)]
    return []


def _numpy():
    return sys.modules.get('numpy')


def is_numpy(bases):
    """Whether these are the bases of an array's class, or of a scalar's that has no base among Python's own."""
    numpy = _numpy()
    return numpy is not None and (getattr(numpy, 'ndarray', None) in bases or getattr(numpy, 'generic', None) in bases)


def numpy_contents(walk, thing):
    """Dtype, shape and elements; and the object whose memory it is, when that is another."""
    numpy = _numpy()
    if not isinstance(thing, numpy.ndarray):
        return (('scalar', (_dtype(thing.dtype), thing.tobytes())),)
    plain = numpy.asarray(thing)
    head = ('array', (_dtype(plain.dtype), plain.shape, bool(plain.flags.writeable)))
    storage = storage_of(thing)
    shared = () if storage is thing else (walk.value(storage),)
    if plain.dtype.hasobject:
        return (head,) + tuple([walk.value(item) for item in plain.ravel().tolist()]) + shared
    return (head, ('elements', plain.tobytes())) + shared


def _dtype(dtype):
    return dtype.str if dtype.names is None else repr((dtype.descr, dtype.itemsize))


def storage_of(thing):
    """The array or bytearray that owns the memory; the last array, when somebody else owns it."""
    numpy = _numpy()
    while numpy is not None and isinstance(thing, numpy.ndarray):
        base = thing.base
        while type(base) is memoryview:
            base = base.obj
        if isinstance(base, bytearray):
            return base
        if not isinstance(base, numpy.ndarray):
            return thing
        thing = base
    return thing
