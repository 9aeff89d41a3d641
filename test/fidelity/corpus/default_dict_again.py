"""defaultdict.__init__, called once more, sets another factory and adds entries."""

import collections


class Own(collections.defaultdict):
    pass


def pairs():
    for name in 'ab':
        seen = name
        yield name, 1
    last = seen


plain = collections.defaultdict(list, a=[1])
plain.__init__(None)
x = 1
plain.__init__(dict)
x = 2
plain.__init__()
x = 3
own = Own(int)
own.__init__(list, b=1)
x = 4
collections.defaultdict.__init__(own, set)
x = 5
own.__init__(int, pairs())
x = 6
try:
    own.__init__(7)
except TypeError as error:
    text = str(error)
map_made = list(map(collections.defaultdict.__init__, [plain, own], [None, list]))
own.default_factory = None
del own.default_factory
copied = own.copy()
print(plain, own, copied, text)
