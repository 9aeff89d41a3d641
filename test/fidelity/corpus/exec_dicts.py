# exec and eval with dicts of their own.
g = {}
l = {}
exec('x = 1\ny = [x]\ndef f():\n    global z\n    z = y if "y" in globals() else None\n    return z', g, l)
l['y'].append(2)
l['f']()
exec('y.append(3)\nw = y', g, l)
n = len(g), len(l)
h = {'data': []}
code = compile('for i in range(3):\n    data.append(i)\n    last = i', '<gen>', 'exec')
exec(code, h)
exec(code, h)
v = eval('[data, last]', h)
v[0].append('v')
ev = eval('(lambda q: q + 1)(2)')


class Mapping(dict):
    def __missing__(self, key):
        self.asked = getattr(self, 'asked', []) + [key]
        return 'missing ' + key

    def __setitem__(self, key, value):
        dict.__setitem__(self, key, (value,))


m = Mapping()
exec('a = 1\nb = c\ndel a', {}, m)
exec('global top\ntop = 5\ntop += 1')
exec('mine = [top]')
mine.append(1)
ns = {}
exec('class K:\n    attr = []\n    def m(self):\n        self.attr.append(1)\nk = K()\nk.m()', ns)
ns['K'].attr.append(2)
ns['k'].own = ns['K'].attr
try:
    exec('q = 1\nraise ValueError(q)\nq = 2')
except ValueError as e:
    q2 = q
del q
count = len(g)
known_to_all = ns['__builtins__']
del ns
