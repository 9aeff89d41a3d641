"""Objects whose attributes are in part in slots, in part in a dict: both change in one line, again and again."""

import types


class Both:
    __slots__ = ('name', '__dict__')


class Error(ImportError):
    """Has members that are written in C, too."""


class Gone:
    def __init__(self, seen):
        self.seen = seen

    def __del__(self):
        seen = self.seen
        seen.append('gone')
        seen = None


both, error = Both(), Error('first')
for i in range(40): both.name = 'n%d' % i; both.extra = i
for i in range(40): error.name = 'n%d' % i; error.extra = i
for i in range(40):
    both.name = [i]; both.__dict__['more'] = i; both.__class__ = Both; both.extra = (i, both.name)
for i in range(40): error.args = (i, i); error.extra = [i]

space = types.SimpleNamespace(a=1)
for i in range(40): space.a = i; space.__init__(b=i, a=-i); space.b += 1

# A finalizer sees the new value.
seen = []
both.extra = Gone(seen)
both.name = Gone(seen)
error.extra = Gone(seen)
space.a = Gone(seen)
both.extra = 1
both.name = 2
error.extra = 3
space.a = 4
del both.extra, error.extra
print(len(seen), both.name, error.name, space)
