# Metaclasses, __init_subclass__, classmethods, abstract classes, multiple inheritance.
import abc


class Meta(type):
    made = []

    def __new__(mcs, name, bases, namespace, **options):
        cls = super().__new__(mcs, name, bases, dict(namespace, options=options))
        mcs.made.append(name)
        return cls

    def __call__(cls, *args):
        instance = super().__call__(*args)
        instance.by_meta = len(cls.__mro__)
        return instance

    @property
    def size(cls):
        return len(cls.__name__)


class Base(metaclass=Meta, flag=1):
    def __init__(self, *args):
        self.args = args


class Derived(Base, flag=2, other='x'):
    pass


class Plugin:
    known = {}

    def __init_subclass__(cls, key=None, **rest):
        super().__init_subclass__(**rest)
        cls.known[key or cls.__name__] = cls.__name__


class A(Plugin):
    pass


class B(A, key='bee'):
    count = 0

    @classmethod
    def make(cls, n):
        cls.count += n
        made = cls()
        made.n = n
        return made

    @staticmethod
    def twice(n):
        return n * 2


class Shape(abc.ABC):
    @abc.abstractmethod
    def area(self):
        ...


class Left:
    def hello(self):
        self.path.append('left')


class Right:
    def hello(self):
        self.path.append('right')


class Both(Left, Right):
    def __init__(self):
        self.path = []

    def hello(self):
        super().hello()
        Right.hello(self)
        self.path.append('both')


one = Base(1)
two = Derived(1, [2])
two.args[1].append(Meta.made)
size = Derived.size
b = B.make(3)
b2 = B.make(B.twice(2))
try:
    Shape()
except TypeError as error:
    refused = 'abstract' in str(error)
both = Both()
both.hello()
Both.__bases__ = (Right, Left)
both.hello()
