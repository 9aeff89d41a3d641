# Global statements, globals(), locals(), names that hide built-ins, names that come and go.
count = 0


def increase():
    global count, fresh
    count += 1
    fresh = [count]


def remove():
    global fresh
    del fresh


def shadow(list):
    len = list * 2
    list = [len]
    return list


increase()
increase()
fresh.append('more')
remove()
try:
    fresh
except NameError as error:
    said = str(error)
globals()['made'] = 'by globals()'
globals().update(first=1, second=[2])
globals()['second'].append(made)
del globals()['first']
everything = globals()
everything['third'] = everything
del everything['third']
value = shadow(3)
len = lambda x: 'hidden'
hidden = len([])
del len
back = len([1])


def local_names():
    a = 1
    seen = dict(locals())
    b = [a]
    seen.update(locals())
    del a
    return sorted(seen), vars()['b'] is b


result = local_names()


class Space:
    a = 1
    here = sorted(k for k in locals() if not k.startswith('_'))
    locals()['b'] = 2
    global count
    count = 'set in a class body'
    c = b if 'b' in vars() else None


def unbound(flag):
    if flag:
        x = 1
    try:
        return x
    except UnboundLocalError:
        x = 'late'
    return x


result = unbound(True), unbound(False)
setattr(__import__('sys').modules[__name__], 'by_module', 1)
