# With statements: own managers, contextlib, suppressed and replaced exceptions, several at once.
import contextlib
import io


class Manager:
    def __init__(self, name, swallow=False):
        self.name = name
        self.swallow = swallow

    def __enter__(self):
        log.append('enter ' + self.name)
        return [self.name]

    def __exit__(self, kind, value, trace):
        log.append(('exit ' + self.name, kind and kind.__name__))
        return self.swallow


@contextlib.contextmanager
def temporarily(d, key, value):
    old = d.get(key)
    d[key] = value
    try:
        yield d
    except KeyError:
        d['caught'] = True
    finally:
        d[key] = old


log = []
with Manager('a') as a, Manager('b') as b:
    a.append(b)
with Manager('c', swallow=True) as c:
    c.append(1)
    raise ValueError
settings = {'level': 1}
with temporarily(settings, 'level', 2) as inside:
    inside['seen'] = inside['level']
with temporarily(settings, 'level', 3):
    settings['nothing']
with contextlib.suppress(ZeroDivisionError):
    x = 1
    x = x / 0
    x = 2
with contextlib.ExitStack() as stack:
    for name in 'xyz':
        stack.enter_context(Manager(name))
    stack.callback(log.append, 'callback')
text = io.StringIO()
with contextlib.redirect_stdout(text):
    print('hidden')
caught = text.getvalue()
try:
    with Manager('d'):
        raise KeyError('out')
except KeyError as error:
    out = error.args


def early():
    with Manager('e'):
        with Manager('f') as f:
            return f
    return None


value = early()
