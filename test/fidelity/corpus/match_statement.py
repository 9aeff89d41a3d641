# needs 3.10
# The match statement.
class Point:
    __match_args__ = ('x', 'y')

    def __init__(self, x, y):
        self.x, self.y = x, y


def describe(thing):
    match thing:
        case None | True:
            return 'constant'
        case 0:
            return 'zero'
        case int(n) if n > 10:
            return 'big', n
        case int():
            return 'small'
        case []:
            return 'empty'
        case [first]:
            return first
        case [first, *rest]:
            rest.append(first)
            return rest
        case {'kind': kind, **others}:
            others['kind'] = kind
            return others
        case Point(0, y=y):
            return 'axis', y
        case Point(x=Point(a, b) as inner):
            inner.x = 'matched'
            return a, b
        case str() as text:
            return text.upper()
    return 'nothing'


results = []
inner = Point(1, 2)
for thing in (None, 0, 5, 50, [], [1], (1, 2, 3), {'kind': 'k', 'a': 1}, Point(0, [7]), Point(inner, 0), 'abc', 1.5):
    results.append(describe(thing))
match results:
    case [a, b, *_, last]:
        last = [last]
match inner:
    case Point(x='matched', y=two):
        two += 1
    case _:
        two = None
