"""Attributes written through the ``__dict__`` of what is no plain instance: ordered dicts, functions, exceptions."""

import collections


def function():
    return function.calls


ordered = collections.OrderedDict(a=1)
ordered.__dict__['value'] = [1]
names = ordered.__dict__
names['other'] = ordered
ordered.value.append(2)
del names['value']
ordered.third = 3

function.__dict__['calls'] = [1]
attributes = vars(function)
attributes['more'] = 2
function.calls.append(function())
function.__dict__ = {'calls': 'replaced'}
attributes['more'] = 3

error = KeyError('k')
error.__dict__['note'] = [error]
held = error.__dict__
held['second'] = 2
error.third = 3
counted = collections.Counter('abca')
counted.__dict__['seen'] = counted
default = collections.defaultdict(list)
row = type('Row', (collections.OrderedDict,), {})(b=2)
row.__dict__['x'] = 1
vars(row)['y'] = 2
print(ordered, function.calls, sorted(held), row)
