# Struct sequences, and tuples with names.
import collections
import datetime
import os
import time
import typing

t = time.gmtime(0)
year = t.tm_year
pair = t, [t]
pair[1].append(t[:3])
P = collections.namedtuple('P', 'x y', defaults=(0,))
p = P([1])
p.x.append(2)
q = p._replace(y=p)
d = q._asdict()
d['x'].append(3)


class Emp(typing.NamedTuple):
    name: str
    tags: list = []

    def tag(self, t):
        self.tags.append(t)
        return self


e = Emp('a', [])
e.tag(1).tag(2)
f = Emp('b')
f.tag('default')
g = Emp._make(['c', e.tags])


class Sub(P):
    __slots__ = ()


class Rich(P):
    pass


r = Rich(1, 2)
r.extra = [r]
s = Sub(r, 0)
week = datetime.date(2024, 2, 29).isocalendar()
pair[1].append(week[1:])
size = os.stat(os.devnull)[6:7]

epoch = time.gmtime(0)
zone = epoch.tm_zone
marked = time.struct_time(range(11))
listed = time.struct_time(range(9), {'tm_zone': [1]})
listed.tm_zone.append(listed)
place = os.stat_result(range(10), {'st_atime_ns': 10 ** 20, 'st_blocks': pair})
place.st_blocks[1].append(place)
flags = __import__('sys').float_info
again = {'epoch': epoch, 'same': epoch, 'parts': [epoch[:], listed]}
done = True
