# Empty frozensets that are objects of their own, also where frozenset() is always the same one.
one = frozenset('a')
empty = [one - one, one - one, frozenset(), frozenset()]
empty.append(empty[0])
named = {empty[0]: 'x'}
pair = (empty[1], empty[1])
print(empty, named, pair)
