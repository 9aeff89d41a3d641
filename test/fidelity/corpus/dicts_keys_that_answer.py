"""Keys whose __eq__ is the program's: it is asked in the middle of a change, sees the dict before it, and may refuse it."""

import collections

asked = []


class Key:
    def __init__(self, number):
        self.number = number

    def __eq__(self, other):
        asked.append((self.number, getattr(other, 'number', other)))
        if self.number == 5:
            raise ValueError('not comparable')
        return isinstance(other, Key) and self.number == other.number

    def __hash__(self):
        return self.number % 2


def attempt(change, *arguments):
    try:
        change(*arguments)
    except ValueError as error:
        return str(error)
    return len(asked)


first = {Key(1): 'one', Key(3): 'three'}
same = first
for first[True] in ['a', 'b']:
    pass
first[1] = 'c'
del first[1]
first[Key(3)] = 'again'

refusing = {Key(5): 'five'}
results = [attempt(refusing.__setitem__, 1, 'x'), attempt(refusing.update, {1: 'y'}), attempt(refusing.setdefault, 1, 'z')]
results.append(attempt(refusing.__setitem__, 0, 'even'))
results.append(attempt(refusing.pop, 1))

ordered = collections.OrderedDict([(Key(1), 'one'), (Key(3), 'three'), (7, 'seven')])
before = len(asked)
ordered[Key(2)] = 'two'
ordered[7] = 'changed'
keys = list(ordered)
ordered.move_to_end(keys[-1])
after = len(asked)
print(asked, results, before, after)
