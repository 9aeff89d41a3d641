# Pickling-like protocols, copies, __reduce__, objects without __dict__, odd __class__ and __eq__.
import copy
import types


class Liar:
    @property
    def __class__(self):
        return dict

    @property
    def __dict__(self):
        touched.append('dict')
        return {'not': 'real'}

    def __eq__(self, other):
        touched.append('eq')
        return True

    def __hash__(self):
        touched.append('hash')
        return 1

    def __repr__(self):
        touched.append('repr')
        raise RuntimeError

    def __len__(self):
        touched.append('len')
        return 10 ** 6

    def __iter__(self):
        touched.append('iter')
        return self

    def __getattribute__(self, name):
        touched.append(name)
        return object.__getattribute__(self, name)


class NoIteration(dict):
    def __iter__(self):
        touched.append('iter')
        raise RuntimeError

    keys = values = items = __len__ = __iter__


class Odd(list):
    def __len__(self):
        return 99

    def __iter__(self):
        touched.append('list iter')
        return iter(())

    def __getitem__(self, i):
        raise RuntimeError

    def __eq__(self, other):
        raise RuntimeError

    __hash__ = None


touched = []
liar = Liar()
holder = [liar, liar]
d = {1: 'one'}
d[liar] = 'equal to one'
touched.clear()
holder.append(d)
n = NoIteration(a=[1])
n['b'] = n
holder.append(n)
o = Odd([1, 2])
o.append(3)
list.__setitem__(o, 0, o)
holder.append(o)
s = types.SimpleNamespace(a=1)
s.b = [s]
del s.a
copied = copy.copy(s)
copied.b.append(2)
bare = object()
proxy = types.MappingProxyType({'k': [1]})
proxy['k'].append(2)
m = types.ModuleType('made')
m.x = [1]
m.x.append(m)
method = [].append
method(method.__self__)
bound = o.append
bound(4)
count = len(touched)
