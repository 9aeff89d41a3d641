"""Names in the dict of an object that no attribute can have."""


class Thing:
    pass


def put(thing):
    vars(thing)[(1, 'two')] = ['three']
    thing.__dict__[None] = 1
    thing.usual = 2
    thing.__dict__[2.5] = thing
    del thing.__dict__[None]
    vars(thing)[(1, 'two')].append(4)
    return len(vars(thing))


one, other = Thing(), Thing()
count = put(one)
other.__dict__ = {'a': 1, 7: [one]}
other.__dict__[7].append(other)
vars(other).update({8: 9}, b=2)
names = [str(name) for name in vars(other)]
