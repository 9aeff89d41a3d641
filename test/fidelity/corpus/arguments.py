# needs 3.8
# Arguments of all kinds.
def everything(a, b=2, /, c=3, *rest, d, e=5, **options):
    a = [a]
    rest += (c,)
    options['d'] = d
    b, c = c, b
    return a, b, c, rest, d, e, options


def mutable_default(item, into=[], *, seen={}):
    into.append(item)
    seen[item] = len(into)
    return into


def only_keywords(*, x, y=None):
    x, y = y, x
    return x


def passes(*args, **kwargs):
    args = args[::-1]
    return everything(*args, **kwargs)


def deletes(a, b):
    del a
    a = b
    del b
    return a


value = everything(1, d=4)
value = everything(1, 20, 30, 40, 50, d=60, f=70)
value = everything(*[1, 2], **{'d': 4, 'z': []})
value = passes(3, 2, 1, d=0, more=value)
first = mutable_default('a')
second = mutable_default('b')
third = mutable_default('c', [])
value = only_keywords(x=1)
value = deletes(1, [2])
for wrong in (lambda: everything(), lambda: only_keywords(1), lambda: deletes(1, 2, 3)):
    try:
        wrong()
    except TypeError as error:
        said = str(error)


def change(items, d, n, obj=None):
    items.append(n)
    items = ['rebound']
    d['n'] = n
    n += 1
    return items


mine, table, number = [], {}, 1
result = change(mine, table, number)
result = change(*[result, table], n=number)
double = lambda x, *, y=2: x * y
value = double(4), double(4, y=[1])
