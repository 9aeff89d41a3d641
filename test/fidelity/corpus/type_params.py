# needs 3.12
# Generic functions and classes, type aliases, nested f-strings.
type Pair[T] = tuple[T, T]


def first[T](items: list[T]) -> T:
    found: T = items[0]
    return found


class Box[T]:
    def __init__(self, item: T):
        self.item = item

    def map[U](self, f) -> 'Box[U]':
        return Box(f(self.item))


b = Box([1])
c = b.map(lambda items: items + [2])
value = first(c.item)
text = f'{', '.join(f'{n!r:>{3}}' for n in c.item)}'
