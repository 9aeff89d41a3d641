"""Finalizers that rebind the very place whose old value they are: what they write last is what stays."""


class Slotted:
    __slots__ = ('place',)


class Plain:
    pass


class Both(Plain):
    __slots__ = ('place',)


class Ends:
    def __init__(self, rebind):
        self.rebind = rebind

    def __del__(self):
        rebind = self.rebind
        rebind()
        rebind = None


def set_place(target, value):
    target.place = value


def check(target):
    set_place(target, Ends(lambda: set_place(target, 'by the finalizer')))
    target.place = 'by the program'
    first = target.place
    set_place(target, Ends(lambda: delattr(target, 'place')))
    target.place = 'by the program'
    second = getattr(target, 'place', 'gone')
    set_place(target, Ends(lambda: set_place(target, 'back')))
    del target.place
    third = getattr(target, 'place', 'gone')
    return first, second, third


slotted, plain, both, other = Slotted(), Plain(), Both(), Plain()
held = other.__dict__
print(check(slotted), check(plain), check(both), check(other), check(Plain), held)
if plain:
    import types
    space, module = types.SimpleNamespace(), types.ModuleType('module')
    print(check(space), check(module))

items, table = [None], {}
items[0] = Ends(lambda: items.__setitem__(0, 'by the finalizer'))
items[0] = 'by the program'
table['key'] = Ends(lambda: table.__setitem__('key', 'by the finalizer'))
table['key'] = 'by the program'
table['key'] = Ends(lambda: table.clear())
table['key'] = 'by the program'
name = Ends(lambda: globals().__setitem__('name', 'by the finalizer'))
name = 'by the program'
print(items, table, name)
