# needs 3.10
class Point:
    __match_args__ = ('x', 'y')

    def __init__(self, x, y):
        self.x = x
        self.y = y
        self.asked = []

    def __getattribute__(self, name):
        if name in 'xy':
            object.__getattribute__(self, 'asked').append(name)
        return object.__getattribute__(self, name)


class Map(dict):
    def get(self, key, default=None):
        asked.append(key)
        return dict.get(self, key, default)


asked = []
log = []


def look(v):
    match v:
        case []:
            return 'empty'
        case [x]:
            log.append(x)
        case [x, y, *rest] if len(rest) > 1:
            rest.append(x)
            return rest
        case [Point(x=0, y=yy) as p, _]:
            p.y = yy + 1
            return p
        case Point(a, b) | [a, b] | {'a': a, 'b': b}:
            s = (a, b)
            return s
        case {'k': {'deep': [*_, last]}, **others}:
            others['last'] = last
            return others
        case str() | bytes() as text:
            text += text
            return text
        case int(n) if (m := n * 2) > 10:
            return m
        case -1 | 2.5 | 1j | None | True:
            return 'literal'
        case list.__len__:
            return 'value'
        case _:
            rest = 'any'
    return text if 'text' in vars() else 0


r = [look(v) for v in ([], [1], [1, 2, 3, 4], [Point(0, 5), 1], Point(1, 2), {'a': 1, 'b': 2},
                       {'k': {'deep': [1, 2]}, 'z': 3}, 'ab', b'cd', 9, 3, None, True, -1, list.__len__)]
q = look(Map(a=1, b=2, c=3))
match r:
    case [first, *middle, end]:
        middle.append(first)
match {'x': [1, 2]}:
    case {'x': [one, two], **kw}:
        kw[one] = two
match (1, (2, 3)):
    case (a, (b, 4)):
        never = 1
    case (a, (b, c)):
        d = [a, b, c]
for cmd in ('go north', 'take lamp', 'quit', 'x y z'):
    match cmd.split():
        case ['go', ('north' | 'south') as direction]:
            where = direction
        case ['take', thing]:
            bag = [thing]
        case ['quit']:
            quitting = True
        case [*words]:
            words.reverse()
