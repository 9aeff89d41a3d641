# Objects made and dropped all the time: the next one may lie where the last one lay.
class Temp:
    def __init__(self, n):
        self.n = n


keep = []
for i in range(12):
    t = Temp(i)
    u = [i]
    d = {i: u}
    s = {i, (i,)}
    if i % 4 == 0:
        keep.append(t)
        keep.append(d)
    t = u = d = s = None
for i in range(12):
    row = [i]
    row = [row, i]
    row = {'row': row}
    del row
pool = [Temp(-1)]
for i in range(10):
    pool.append(Temp(i))
    old = pool.pop(0)
    old.n = 'dropped'
del old


def churn(n):
    a = [n]
    b = [a, n]
    a = [b]
    del b
    b = Temp(a)
    b.n = None
    return b


for i in range(5):
    churn(i)
    x = churn(-i)
    x.i = i
line = []
for i in range(8):
    line = [line, i][-1:]
    line = line + [Temp(i)]
    line[0] = Temp(line[0])
words = ''
for i in range(6):
    words = words + str(i) * i
    parts = words.split('3')
tuples = None
for i in range(6):
    tuples = (i, [i])
    tuples[1].append(tuples)
    tuples = (tuples[0],)
import gc
for i in range(3):
    loop = Temp(i)
    loop.me = loop
    loop.d = loop.__dict__
    loop = None
    gc.collect()
    after = [Temp(i), {}, []]
