# Slices and ranges made of other things than plain numbers.
class Index(int):
    pass


class Keys:
    def __init__(self):
        self.seen = []

    def __getitem__(self, key):
        self.seen.append(key)
        return key


keys = Keys()
items = [1]
a = slice(items, (items, {'k': 2}), None)
a.stop[1]['k'] = 3
items.append(a)
b = keys['a':[2]:keys]
c = keys[1:2, ..., 'x'::slice(None)]
d = range(Index(1), 9, 3)
e = keys[a, d]
items.clear()
