# exec in a function. Before 3.13 what it binds stays in the frame's dict of locals, which only a tracer sees.
# truth from 3.13
top = 1


def local_exec():
    a = 1
    exec('b = a + 1; c = [b]')
    d = {}
    exec('e = top', globals(), d)
    exec('e2 = 2', {'a': a}, d)
    return d


got = local_exec()
