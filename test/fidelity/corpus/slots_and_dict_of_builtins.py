# Classes derived from built-in ones whose instances have slots and a dict.
class Bytes(bytearray):
    __slots__ = ('x', 'y', '__dict__')


class Items(list):
    __slots__ = ('x', '__dict__')


class Names(dict):
    __slots__ = ('x', '__dict__')


class Keys(set):
    __slots__ = ('x',)


class MoreKeys(Keys):
    pass


def fill(thing):
    thing.x = 10
    thing.z = [thing]
    thing.z.append(1)
    return thing.z


for make in (Bytes, Items, Names, MoreKeys):
    made = make()
    seen = fill(made)
    made.z = make()
    del made.x
print(seen)
