# Every method and operator of sets.
s = set()
s.add(1)
s.add(2.5)
s.add('three')
s.add((4, 4))
s.add(1.0)
s.add(True)
s.update([5, 6], (7,), {8: 'key'})
s.discard(99)
s.discard(5)
s.remove(6)
try:
    s.remove(6)
except KeyError as error:
    said = error.args
s |= {9, 10}
s &= {1, 2.5, 9, 10, 'three'}
s -= {10}
s ^= {9, 11}
s.intersection_update({1, 11, 2.5}, [1, 11])
s.difference_update([11])
s.symmetric_difference_update({'x', 'y'})
union = s | {3}
both = s & {1, 'x'}
without = s.difference([1])
either = s ^ {1, 'q'}
copied = s.copy()
popped = {42}
taken = popped.pop()
try:
    popped.pop()
except KeyError as error:
    said = error.args[0]
frozen = frozenset(s)
frozen |= {'grown'}
sets = {frozen, frozenset()}
sets.add(frozenset({frozen}))
s.clear()
s.update('letters')
vowels = {c for c in 'some letters' if c in 'aeiou'}
s -= s
s.__init__([1, 2])
set.add(s, 3)
list(map(s.add, range(10, 14)))
list(map(s.discard, range(10, 12)))
s.add(frozenset([1]))
s.discard({1})
relations = s <= copied, s.isdisjoint(copied), s > {1}
words = set(), frozenset(), {()}
words[0].add(words[2].pop())
