# Every method of a dict.
ages = {}
ages['ann'] = 30
ages['bob'] = 25
ages['cid'] = 41
ages['ann'] += 1
ages.update({'dan': 7, 'bob': 26})
ages.update([('eve', 22), ('fay', 23)])
ages.update(gus=19, ann=32)
ages.update({}, **{'hal': 1})
ages.update(ages)
ages |= {'ida': 50}
ages |= [('jan', 51)]
merged = ages | {'kim': 2}
first = ages.setdefault('ann', 0)
first = ages.setdefault('lou', [])
first.append('shared')
first = ages.setdefault('mia')
taken = ages.pop('bob')
taken = ages.pop('nobody', None)
try:
    ages.pop('nobody')
except KeyError as error:
    taken = error.args[0]
taken = ages.popitem()
taken = ages.popitem()
del ages['cid']
ages['cid'] = 'back at the end'
got = ages.get('dan'), ages.get('x'), ages.get('x', 1)
copied = ages.copy()
keys, values, items = ages.keys(), ages.values(), ages.items()
ages['new'] = 'the views see it'
seen = list(keys), list(values), list(items)
made = dict.fromkeys('abc')
made = dict.fromkeys(['a', 'b'], [])
made['a'].append(1)
made = dict(zip('xyz', range(3)), w=4)
made = {k: v for k, v in made.items() if v != 1}
made.clear()
ages.clear()
del ages
itself = {}
itself['me'] = itself
itself[None] = {'up': itself}
del itself['me']
