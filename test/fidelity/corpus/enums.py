# Enumerations and flags.
import enum


class Color(enum.Enum):
    RED = 1
    GREEN = 2
    BLUE = 3
    CRIMSON = 1

    @property
    def lower(self):
        return self.name.lower()


class Size(enum.IntEnum):
    SMALL = 1
    LARGE = 10


class Access(enum.Flag):
    READ = enum.auto()
    WRITE = enum.auto()


color = Color.RED
same = Color.CRIMSON is Color.RED
names = [c.lower for c in Color]
by_value = Color(2)
by_name = Color['BLUE']
chosen = {Color.RED: [1], Size.SMALL: 'one'}
chosen[Color.RED].append(Color.GREEN)
chosen[1] = 'same as SMALL'
total = Size.SMALL + Size.LARGE
access = Access.READ | Access.WRITE
access &= ~Access.READ
counts = dict.fromkeys(Color, 0)
for c in (Color.RED, Color.BLUE, Color.RED):
    counts[c] += 1
try:
    Color(99)
except ValueError as error:
    said = str(error)
color = sorted(Size, reverse=True)
