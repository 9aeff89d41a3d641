# Slices with steps, of themselves, and beyond the ends.
x = list(range(10))
del x[::2]
x[:] = x
x[1:3] = x
x[::2] = x[::2][::-1]
x[::-1] = list(x)
x[100:] = ['end']
x[-100:0] = ['start']
x[3:1] = ['between']
x[True:2] = [True]
del x[-1:-4:-2]
x[:0] = x
del x[5:2]
del x[:]
x[:] = 'abc'
x += x
x *= 3
x *= 0
x *= -1
x[0:0] = (i for i in range(3))
x[1:1] = {9}
x[slice(None, None, None)] = {'k': 1}
try:
    x[::2] = [1, 2, 3]
except ValueError:
    x.append('error')
try:
    x[5] = 1
except IndexError:
    x.append('index')
try:
    x[0:1] = 5
except TypeError:
    x.append('type')
x[0], x[1], x[2] = x[2], x[0], x[1]
x[x[0] == 'type'] = 'bool index'
del x[-1], x[0]
y = x.copy()
y += [y]
y[-1][0:1] = [y, y]
y.remove(y)
y.reverse()
