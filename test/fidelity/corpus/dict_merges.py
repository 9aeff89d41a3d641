# Dicts merged in literals, in calls and with operators.
first = {'a': 1, 'b': [2]}
second = {'b': 3, 'c': first}
merged = {**first, **second}
merged = {'x': 0, **merged, 'a': 'last'}
nested = {**{'p': 1}, **{**first, 'q': {**second}}}
nested['q']['c']['b'].append(9)


def keep(*positional, **named):
    named['own'] = positional
    kept.append(named)
    return named


kept = []
got = keep(1, **first)
got['b'].append('shared')
got = keep(*[2, 3], **second, z=4, **{'y': 5})
got = dict(first, **second)
got = dict(**first, k=got)
got.update(second, l=1)
got.update({**got, 'm': 2})
if hasattr(dict, '__or__'):
    got = first | second
    got |= {'n': 3}
    got |= [('o', 4)]
    got = {} | got
made = {key: {**value} if isinstance(value, dict) else value for key, value in merged.items()}
made['c']['only here'] = True
lists = [*first, *second, [*kept]]
sets = {*first, *'xy'}
pairs = (*lists, *sets) and (*first,)
