# Module objects and their attributes.
import sys
import types

m = types.ModuleType('mine')
m.a = [1]
m.a.append(m)
d = m.__dict__
d['b'] = 2
m.b += 1
sys.modules['mine'] = m
import mine
mine.c = 'via import'
from mine import a as alias, b
alias.append('alias')
del m.a
vars(m)['e'] = {}
m.e['k'] = 1
exec('f = [a0 for a0 in range(2)]\ndef g():\n    global h\n    h = f\n    return h', m.__dict__)
m.g().append(9)
m.h.append(10)


def module_getattr(name):
    if name.startswith('dyn_'):
        d.setdefault('asked', []).append(name)
        return name
    raise AttributeError(name)


m.__getattr__ = module_getattr
if sys.version_info >= (3, 7):
    v = m.dyn_x
from mine import *
got = b, e
del sys.modules['mine']


class Mod(types.ModuleType):
    def __setattr__(self, name, value):
        self.__dict__.setdefault('order', []).append(name)
        super().__setattr__(name, value)


k = Mod('k')
k.x = 1
k.y = [k]
kd = vars(k)
kd['z'] = 2
k.z = 3
import string as string_module
string_module.my_attr = [1]
sm = vars(string_module)['my_attr']
sm.append(2)
del string_module.my_attr
