# Dicts changed by C code, by the standard library and through subclasses.
import collections
import operator
import json
import string

d = {}
operator.setitem(d, 'a', 1)
operator.delitem(d, 'a')
operator.ior(d, {'b': 2})
list(map(d.__setitem__, 'xyz', range(3)))
list(map(d.pop, 'xy'))
dict.update(d, z='from dict')
dict.__setitem__(d, 'q', [])
dict.setdefault(d, 'q').append(d)
counts = collections.Counter('mississippi')
counts.update('mint')
counts['s'] -= 3
counts.subtract({'i': 1})
del counts['m']
counts += collections.Counter(s=5)
common = counts.most_common(2)
groups = collections.defaultdict(list)
for i, c in enumerate('abcab'):
    groups[c].append(i)
missing = groups['zzz']
groups.default_factory = None
groups['y'] = 'set'
tree = collections.defaultdict(lambda: collections.defaultdict(int))
tree['a']['b'] += 1
tree['a']['c'] += 2
tree['x']
ordered = collections.OrderedDict(a=1, b=2, c=3)
ordered['d'] = 4
ordered.popitem()
ordered['a'] = 'again'
del ordered['b']
chain = collections.ChainMap({}, {'a': 1})
chain['b'] = 2
chain = chain.new_child()
chain['b'] = 3
loaded = json.loads('{"a": [1, 2.5, null, true], "b": {"c": "d"}}')
loaded['a'][1] *= 2
text = json.dumps(loaded)
spaces = collections.Counter()
for c in string.ascii_lowercase[:3]:
    spaces[c] += 1
exec('e = 1; f = [e]', d)
d.pop('__builtins__')
value = eval('f[0] + z0', d, {'z0': 10})
