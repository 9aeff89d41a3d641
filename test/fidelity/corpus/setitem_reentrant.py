# Containers that change again while they are being changed.
class Evil:
    def __init__(self, name, act):
        self.name = name
        self.act = act

    def __del__(self):
        self.act()


x = [1, 2, 3]
x[0] = Evil('a', lambda: x.append('a'))
x[0] = 'gone'
x[1:2] = [Evil('b', lambda: x.clear())]
del x[1]
x.append(4)
x.append(Evil('c', lambda: x.insert(0, 'c')))
x.pop()
x.append(Evil('d', lambda: x.extend('dd')))
x[:] = x[:2]
d = {1: Evil('e', lambda: d.pop(2, 0)), 2: 2}
d[1] = 'new'
d[3] = Evil('f', lambda: d.update(f=1))
del d[3]
d[4] = Evil('g', lambda: d.clear())
d.clear()
d[5] = Evil('h', lambda: d.__setitem__(5, 'again'))
d[5] = 'first'
s = {Evil('i', lambda: s.add('i'))}
s.clear()
s.add(7)


class Key:
    def __init__(self, n):
        self.n = n

    def __hash__(self):
        return 1

    def __eq__(self, other):
        if act:
            act.pop()()
        return self.n == getattr(other, 'n', None)


act = []
k = {Key(1): 'one', Key(2): 'two'}
act.append(lambda: k.update({'x': 1}))
k[Key(2)] = 'zwei'
act.append(lambda: k.pop('x'))
k.pop(Key(2))
act.append(lambda: k.__setitem__('y', [1]))
got = k.get(Key(1))
act.append(lambda: k.clear())
k.setdefault(Key(1), 'late')
t = {Key(1)}
act.append(lambda: t.add('z'))
t.add(Key(3))
act.append(lambda: t.discard('z'))
t.discard(Key(3))


class Index:
    def __index__(self):
        x.append('index')
        return 0


x = [1, 2, 3]
x[Index()] = 'i'
x.insert(Index(), 'j')
x.pop(Index())
del x[Index()]
x[Index():2] = ['k']
x *= Index()
