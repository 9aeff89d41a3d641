import collections


class Recording(dict):
    def __init__(self, log):
        self.log = log
        super().__init__()

    def __setitem__(self, key, value):
        self.log.append(key)
        super().__setitem__(key, value)

    def __missing__(self, key):
        if key.startswith('auto_'):
            self.log.append('made ' + key)
            return key.upper()
        raise KeyError(key)


class Meta(type):
    def __prepare__(name, bases, **options):
        logs.append([])
        return Recording(logs[-1])

    def __new__(meta, name, bases, namespace, **options):
        namespace['options'] = options
        made = super().__new__(meta, name, bases, dict(namespace))
        made.order = [key for key in namespace.log if not key.startswith('__')]
        return made

    def __init__(cls, name, bases, namespace, **options):
        namespace.log.clear()
        super().__init__(name, bases, namespace)

    def __setattr__(cls, name, value):
        if name != 'order':
            changes.append(name)
        super().__setattr__(name, value)

    def __call__(cls, *args):
        made = super().__call__(*args)
        cls.count = getattr(cls, 'count', 0) + 1
        return made


logs = []
changes = []


class A(metaclass=Meta, flag=1):
    x = 1
    y = auto_thing
    del x
    for i in range(3):
        vars()['z%d' % i] = i
    exec('w = i * 2')
    locals()['v'] = [w]
    v.append(z1)
    n: int = 3

    class Inner:
        deep = True

    def method(self):
        return __class__


a = A()
b = A()
m = a.method()
A.late = 1
del A.late
A.Inner.deep = [A]
type.__setattr__(A, 'past', 2)


class B(A, flag=2, more=3):
    pass


B.x = A.y
o = B()


class Odd:
    def __prepare__(*args, **kw):
        return collections.OrderedDict(given=args[0])
