"""Keys and elements whose __hash__ is the program's and that are told apart by identity, as members of an Enum before 3.13:
the change comes after the hash, and nobody else asks for it."""

import collections
import enum


class Key:
    asked = 0

    def __init__(self, number):
        self.number = number

    def __hash__(self):
        Key.asked += 1
        return self.number % 3


class Colour(enum.Enum):
    RED = 1
    GREEN = 2
    BLUE = 3


keys = [Key(n) for n in range(7)]
counts = {}
for key in keys * 3:
    counts[key] = counts.get(key, 0) + 1
    counts[key, 'pair'] = [counts[key]]
for key in keys[::2]:
    del counts[key]
print(Key.asked)

by_colour = {}
for n in range(30):
    by_colour[Colour(n % 3 + 1)] = n
    by_colour[n] = Colour(n % 3 + 1)

order = collections.OrderedDict.fromkeys(keys)
order.move_to_end(keys[6])
print(Key.asked)

few = set(keys[:4])
few |= {keys[5]}
few -= {keys[0], keys[6]}
few ^= {keys[1], keys[2], 'text', 3}
few.update({keys[1]}, {Colour.RED})
few.symmetric_difference_update({keys[1], 3, 1})
few.difference_update(frozenset([Colour.RED, Colour.BLUE]))
print(Key.asked, len(few))


class Equal(Key):
    def __eq__(self, other):
        Key.asked += 1000
        return self is other or other == self.number

    __hash__ = Key.__hash__


mixed = {Equal(1), 5}
mixed |= {1, 2}
mixed -= {4, 5}
mixed ^= {1, 7}
mixed.update({Equal(7)})
print(Key.asked, len(mixed))
