# Subclasses of dict.
class Lower(dict):
    def __setitem__(self, key, value):
        self.sets = getattr(self, 'sets', 0) + 1
        super().__setitem__(key.lower(), value)

    def __missing__(self, key):
        self.missed = key
        return None


class Attributes(dict):
    def __getattr__(self, name):
        try:
            return self[name]
        except KeyError:
            raise AttributeError(name)

    def __setattr__(self, name, value):
        self[name] = value

    def __delattr__(self, name):
        del self[name]


low = Lower(Already='in')
low['ABC'] = 1
low['Def'] = 2
low.update(GHI=3)
value = low['nothing']
low.setdefault('JKL', 4)
low.pop('def')
low.extra = [low]
settings = Attributes(a=1)
settings.b = 2
settings.c = settings.b + settings.a
del settings.a
settings['d'] = Attributes()
settings.d.e = 'deep'
try:
    settings.nothing
except AttributeError as error:
    said = str(error)
settings |= {'f': 6}
settings.__dict__['hidden'] = 'an attribute after all'
plain = dict(settings)
settings.clear()
