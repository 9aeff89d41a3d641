# An OrderedDict asked for an entry by another key that is equal to its own.
from collections import OrderedDict

d = OrderedDict([(1, 'one'), ('a', []), (2.0, 'two')])
d.move_to_end(True)
d.move_to_end('a')
d.move_to_end(2)
d.move_to_end(1.0, last=False)
d[True] = 'still one'
d.move_to_end(True)
d.pop(2)
d.setdefault(1.0, 'no')
d.move_to_end(1.0)
