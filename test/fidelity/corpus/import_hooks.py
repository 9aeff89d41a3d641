import importlib
import importlib.abc
import importlib.util
import sys
import types

log = []


class Loader(importlib.abc.Loader):
    def __init__(self, source):
        self.source = source

    def create_module(self, spec):
        log.append('create ' + spec.name)
        return None

    def exec_module(self, module):
        module.before = []
        exec(self.source, module.__dict__)
        module.before.append(sorted(k for k in module.__dict__ if not k.startswith('_')))


class Finder(importlib.abc.MetaPathFinder):
    sources = {'made_up': 'x = 1\nclass K:\n    y = [x]\ndef f():\n    global x\n    x += 1\n    return x\n',
               'made_pkg': 'import made_up\nfrom made_up import *\nz = K()\n'}

    def find_spec(self, name, path, target=None):
        if name in self.sources:
            return importlib.util.spec_from_loader(name, Loader(self.sources[name]))
        return None


finder = Finder()
sys.meta_path.insert(0, finder)
try:
    import made_up
    from made_up import f, K as Kay
    a = f()
    b = made_up.x
    made_up.x = 100
    c = f()
    made_up.__dict__['extra'] = [made_up.K.y]
    made_up.extra.append(1)
    import made_pkg
    made_pkg.z.attr = made_up.before
    finder.sources['made_up'] = 'fresh = 1\n'
    importlib.reload(made_up)
    d = made_up.fresh, made_up.x
    del made_up.x
    vars(made_up).update(q=1)
    e = sorted(k for k in vars(made_up) if not k.startswith('__'))
finally:
    sys.meta_path.remove(finder)
    del sys.modules['made_up'], sys.modules['made_pkg']


class Lazy(types.ModuleType):
    def __getattr__(self, name):
        if name.startswith('__'):
            raise AttributeError(name)
        log.append(name)
        value = self.__dict__[name] = [name]
        return value

    @property
    def prop(self):
        self.count = getattr(self, 'count', [0])
        self.count[0] += 1
        return self.count[0]


lazy = Lazy('lazy')
lazy.one.append(2)
g = lazy.one
h = lazy.prop + lazy.prop
me = types.ModuleType('me')
me.__class__ = Lazy
i = me.thing
exec('v = [1]\nv.append(v)\ndef deep():\n    v.append(2)\n    return v', me.__dict__)
j = me.deep()
k = me.v
this = sys.modules.get(__name__)
globals()['set_by_globals'] = 1
globals().update(p=2, q=[3])
q.append(p)
del globals()['p']
globals().setdefault('q', 'no')
globals().pop('k')
__annotations__ = {}
n: int = 5
__annotations__['n2'] = 'x'
