# Properties, descriptors, and overridden attribute access.
class Temperature:
    def __init__(self, celsius):
        self.celsius = celsius
        self.reads = 0

    @property
    def fahrenheit(self):
        self.reads += 1
        return self.celsius * 9 / 5 + 32

    @fahrenheit.setter
    def fahrenheit(self, value):
        self.celsius = (value - 32) * 5 / 9

    @fahrenheit.deleter
    def fahrenheit(self):
        self.celsius = None


class Positive:
    def __set_name__(self, owner, name):
        self.name = '_' + name

    def __get__(self, instance, owner):
        return self if instance is None else getattr(instance, self.name)

    def __set__(self, instance, value):
        if value <= 0:
            raise ValueError(value)
        setattr(instance, self.name, value)


class Order:
    amount = Positive()
    price = Positive()

    def __init__(self, amount, price):
        self.amount = amount
        self.price = price


class Spy:
    def __init__(self):
        object.__setattr__(self, 'log', [])

    def __getattr__(self, name):
        self.log.append(('get', name))
        return name.upper()

    def __setattr__(self, name, value):
        self.log.append(('set', name))
        super().__setattr__(name, value)

    def __delattr__(self, name):
        self.log.append(('del', name))
        super().__delattr__(name)

    def __getattribute__(self, name):
        if name == 'blocked':
            raise AttributeError(name)
        return object.__getattribute__(self, name)


class Cached:
    computed = 0

    def __get__(self, instance, owner):
        Cached.computed += 1
        value = instance.__dict__['area'] = instance.side ** 2
        return value


class Square:
    area = Cached()

    def __init__(self, side):
        self.side = side


t = Temperature(100)
t.fahrenheit = 50
value = t.fahrenheit
del t.fahrenheit
o = Order(1, 2.5)
o.amount = 7
try:
    o.price = -1
except ValueError as error:
    refused = error.args
spy = Spy()
spy.a = 1
spy.b = spy.missing
del spy.a
spy.blocked
sq = Square(3)
value = sq.area
value = sq.area
sq.side = 4
del sq.area
value = sq.area
