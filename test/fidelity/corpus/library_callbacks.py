# Library code that calls back, and that changes our objects where we do not look.
import collections
import configparser
import copy
import csv
import io
import itertools
import string

data = {'a': [1, {'b': (2, [3])}]}
deep = copy.deepcopy(data)
deep['a'][1]['b'][1].append('deep only')
shallow = copy.copy(data)
shallow['a'].append('both')


class Copied:
    def __init__(self):
        self.log = ['made']

    def __reduce_ex__(self, protocol):
        self.log.append('reduced')
        return Copied, (), {'log': self.log, 'extra': [self]}


pair = copy.deepcopy([Copied()] * 2)
rows = list(csv.DictReader(io.StringIO('name,n\nann,1\nbob,2\n')))
rows[0]['n'] = int(rows[0]['n'])
out = io.StringIO()
writer = csv.writer(out)
writer.writerows([row.values() for row in rows])
config = configparser.ConfigParser()
config.read_string('[s]\nkey = value\n')
values = dict(config['s'])
groups = {k: list(g) for k, g in itertools.groupby('aabbc')}
template = string.Template('$who likes $what').substitute(who='ann', what=['x'])
user = collections.UserDict(a=1)
user['b'] = 2
user.update(c=3)
del user['a']
users = collections.UserList([3, 1, 2])
users.sort()
users += [9]
users.data.append(10)
queue = collections.deque([1, 2], maxlen=3)
queue.append(3)
queue.appendleft(0)
queue.rotate(1)
queue.extend('ab')
point = collections.namedtuple('point', 'x y')
p = point(1, [2])
p.y.append(p)
p = p._replace(x=5)
names = vars(config).keys() >= {'_sections'}
filtered = list(filter(lambda n: queue.append(n) or n, [0, 1, 2]))
total = list(itertools.accumulate([1, 2, 3], lambda a, b: filtered.append(a) or a + b))
