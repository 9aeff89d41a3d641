# Many changes in one line; the same line many times; state seen by functions called in between.
def look():
    seen.append((len(x), dict(d)))
    return seen[-1]


class Acts:
    def __init__(self):
        self.n = 0

    def act(self):
        self.n += 1; x.append(self.n); d[self.n] = look(); return self


x, d, seen = [], {}, []
x.append(1); x.append(2); x[0] = look(); del x[1]
a = Acts(); a.act().act().act(); a.n = -1
x.append(x.append(x.append(look())))
d['a'] = d['b'] = [look(), look()]; d['a'].append(d.pop('b'))
x[:] = [look() and i for i in range(3)]; x += x; x *= 2
(x.clear() or d.clear()) or seen.clear() or x.append(d)
for i in range(2): x.append(i); d[i] = x; x = list(x)
f = lambda n: (x.append(n), d.update({n: n}), look())[-1]
r = [f(n) for n in range(2)]
r = f(f(1)[0]); s = sorted([3, 1], key=lambda n: f(n)[0]); t = s
x = y = [x, x]; x[0], y[1] = y[1], x[0]; del x
r = y if look is None else (y.pop() if (y.append(1) is None) else 0)
while len(y) < 6: y.append(len(y)); y.insert(0, 'i')
def short(a): a.append(1); b = a; a = [b]; return a
r = short(y); r = short(r)
class C: a = []; a.append(1); b = a; a = a + [2]; del b
try: y[99] = y.append('before the error')
except IndexError: y.append('after'); z = 1
try: d[look()[0]] = y.pop(99)
except IndexError as e: d.clear(); e.seen = d
finally: d['end'] = 1
