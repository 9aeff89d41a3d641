# Dataclasses: mutable, frozen, with slots, ordered, nested.
from dataclasses import asdict, dataclass, field, replace


@dataclass
class Item:
    name: str
    price: float = 1.0
    tags: list = field(default_factory=list)

    def discount(self, percent):
        self.price *= 1 - percent / 100


@dataclass(frozen=True)
class Place:
    x: int
    y: int = 0


@dataclass(slots=True)
class Fast:
    a: int
    b: object = None


@dataclass(order=True)
class Version:
    major: int
    minor: int = 0
    note: str = field(default='', compare=False)

    def __post_init__(self):
        self.sum = self.major + self.minor


item = Item('pen')
item.tags.append('blue')
item.discount(10)
copy = replace(item, name='pencil')
copy.tags.append('shared')
data = asdict(item)
data['tags'].append('not shared')
place = Place(1)
try:
    place.x = 2
except Exception as error:
    refused = type(error).__name__
object.__setattr__(place, 'x', 99)
places = {place: 'here', Place(5, 5): 'there'}
fast = Fast(1)
fast.b = fast
fast.a += 1
versions = [Version(2, 1), Version(1, 9), Version(1, 10, 'new')]
versions.sort()
newest = max(versions)
newest.note = 'newest'
same = Item('a') == Item('a')
stock = {i.name: i for i in (item, copy)}
for i in stock.values():
    i.price = round(i.price + 1, 2)
