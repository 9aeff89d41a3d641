# Descriptors that write to other objects, and attributes set past them.
class Logged:
    def __set_name__(self, owner, name):
        self.name = name
        owner.named = getattr(owner, 'named', ()) + (name,)

    def __get__(self, instance, owner):
        return self if instance is None else instance.store.get(self.name)

    def __set__(self, instance, value):
        log.append((self.name, value))
        instance.store[self.name] = value

    def __delete__(self, instance):
        log.append(('del', self.name))
        del instance.store[self.name]


log = []


class Base:
    def __init_subclass__(cls, tag=None, **rest):
        super().__init_subclass__(**rest)
        cls.tag = tag
        registry[cls.__name__] = cls


registry = {}


class Thing(Base, tag='t'):
    a = Logged()
    b = Logged()

    def __init__(self):
        object.__setattr__(self, 'store', {})
        self.a = 1

    def __setattr__(self, name, value):
        log.append(('set', name))
        super().__setattr__(name, value)

    def __delattr__(self, name):
        log.append(('delattr', name))
        super().__delattr__(name)


t = Thing()
t.b = [2]
t.b.append(3)
t.c = 'plain'
del t.a
del t.c
t.__dict__['a'] = 'hidden'
Thing.a.__set__(t, 'by hand')
Thing.__setattr__(t, 'd', 4)
object.__setattr__(t, 'e', 5)
type.__setattr__(Thing, 'tag', 'u')
Thing.c = 'no descriptor now'
t.c = 'instance'
del Thing.tag
Thing.new = Logged()
Thing.new.__set_name__(Thing, 'new')
t.new = 1
