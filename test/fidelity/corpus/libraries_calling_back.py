import csv
import heapq
import io
import json
import re
import sqlite3

log = []
counts = {}


def repl(m):
    counts[m.group()] = counts.get(m.group(), 0) + 1
    log.append(m.span())
    return m.group().upper()


s = re.sub(r'\w+', repl, 'one two one')
sc = re.Scanner([(r'\d+', lambda sc, t: log.append(t) or int(t)), (r'\s+', None)])
toks = sc.scan('1 22 x')
db = sqlite3.connect(':memory:')


def factory(cursor, row):
    d = {c[0]: v for c, v in zip(cursor.description, row)}
    rows.append(d)
    return d


rows = []
db.row_factory = factory
db.execute('create table t (a, b)')
db.executemany('insert into t values (?, ?)', ((i, 'v%d' % i) for i in range(3)))
r = db.execute('select * from t order by a').fetchall()
r[0]['a'] = 'changed'
db.create_function('note', 1, lambda x: log.append(x) or len(log))
q = db.execute('select note(b) as n from t').fetchone()


class Agg:
    def __init__(self):
        self.vals = []
        aggs.append(self)

    def step(self, v):
        self.vals.append(v)

    def finalize(self):
        return sum(self.vals)


aggs = []
db.create_aggregate('agg', 1, Agg)
total = db.execute('select agg(a) as t from t').fetchall()
db.set_trace_callback(log.append)
db.execute('select 1').fetchall()
db.set_trace_callback(None)
db.row_factory = sqlite3.Row
row = db.execute('select a, b from t').fetchone()
pair = tuple(row), row.keys()
db.create_collation('rev', lambda a, b: log.append('cmp') or (a < b) - (a > b))
ordered = [tuple(x) for x in db.execute('select b from t order by b collate rev')]
db.close()
out = io.StringIO()
w = csv.DictWriter(out, ['a', 'b'])
w.writeheader()
w.writerow({'a': 1, 'b': [2]})
rd = list(csv.DictReader(io.StringIO(out.getvalue())))
rd[0]['c'] = 3
rr = csv.reader(iter(lambda: log.append('line') or 'x,y', None))
one = next(rr)
one.append('z')
h = []
for v in (5, 1, 4):
    heapq.heappush(h, v)
heapq.heapreplace(h, 9)
heapq.heappushpop(h, 0)
merged = list(heapq.merge([1, 4], [2, 3], key=lambda x: log.append(x) or x))
lg = heapq.nlargest(2, h, key=lambda x: h.append(x) if len(h) < 5 else None or x) if False else heapq.nlargest(2, h)
heapq.heapify(h)
heapq.heappop(h)


class Hp:
    def __init__(self, n):
        self.n = n

    def __lt__(self, o):
        self.cmp = getattr(self, 'cmp', 0) + 1
        hp_log.append(len(objs))
        return self.n < o.n


hp_log = []
objs = []
for n in (3, 2, 1):
    heapq.heappush(objs, Hp(n))
first = heapq.heappop(objs)
j = json.loads('{"a": [1, {"b": null}], "c": 1e400}', object_hook=lambda d: d.update(hook=1) or d,
               parse_float=lambda x: log.append(x) or x)
j['a'][1]['b'] = j
jp = json.loads('[{"x": 1}, {"x": 2}]', object_pairs_hook=lambda p: (pairs.append(p), dict(p))[1]) if False else 0
pairs = []
j2 = json.loads('[{"x": 1}]', object_pairs_hook=lambda p: pairs.append(p) or p)
d = json.dumps({'k': {1}}, default=lambda o: log.append('default') or list(o))


class Enc(json.JSONEncoder):
    def default(self, o):
        self.seen = getattr(self, 'seen', 0) + 1
        return str(o)


enc = Enc()
txt = enc.encode([1j, {2: 3j}])
import bisect


class K:
    def __init__(self, v):
        self.v = v

    def __lt__(self, o):
        srt.append if False else bl.append(self.v)
        return self.v < o.v


bl = []
srt = []
for v in (3, 1, 2):
    bisect.insort(srt, K(v))
import random
rng = random.Random(5)
deck = list(range(6))
rng.shuffle(deck)
samp = rng.sample(deck, 3)
ch = rng.choices(deck, k=2)
import string
t = string.Template('$a $b').safe_substitute(counts, a=1)
fm = '{0[a]} {1.n}'.format({'a': 1}, first)
import shlex
sh = shlex.split('a "b c" d')
sh.append('e')
import configparser
cp = configparser.ConfigParser()
cp.read_string('[s]\na = 1\n')
cp['s']['b'] = '2'
secs = {k: dict(v) for k, v in cp.items()}
