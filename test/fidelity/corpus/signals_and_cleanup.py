import os
import signal
import sys

log = []


def handler(number, frame):
    log.append(frame.f_lineno > 0)
    seen['n'] = seen.get('n', 0) + 1
    if seen['n'] == 2:
        raise InterruptedError('by handler')


seen = {}
old = signal.signal(signal.SIGUSR1, handler)
os.kill(os.getpid(), signal.SIGUSR1)
x = 1
try:
    os.kill(os.getpid(), signal.SIGUSR1)
    y = 2
    for i in range(10):
        y += i
except InterruptedError as e:
    z = e.args
signal.signal(signal.SIGUSR1, old)
try:
    os.kill(os.getpid(), signal.SIGINT)
    for i in range(1000):
        pass
    w = i
except KeyboardInterrupt as k:
    w = 'kb'
    kk = type(k).__name__


class Ctx:
    def __init__(self):
        self.events = []

    def __enter__(self):
        self.events.append('enter')
        return self

    def __exit__(self, kind, value, tb):
        self.events.append(kind and kind.__name__)
        if value is not None:
            value.handled = True
        return kind is KeyError


with Ctx() as a, Ctx() as b:
    b.events.append(a)
    raise KeyError('x')
try:
    with Ctx() as c:
        1 / 0
except ZeroDivisionError as e:
    d = e.handled
for n in range(3):
    with Ctx() as c:
        if n == 1:
            continue
        if n == 2:
            break


def ret():
    with Ctx() as r:
        try:
            return r.events
        finally:
            r.events.append('finally')


rr = ret()
rr.append(1)


def fin():
    for i in range(3):
        try:
            if i == 1:
                raise ValueError(i)
            continue
        except ValueError as e:
            e.x = i
            err = e
        finally:
            log.append(i)
            if i == 2:
                return err.x
    return None


f = fin()


def nested():
    try:
        try:
            raise KeyError(1)
        except KeyError as e:
            raise TypeError(2) from e
        finally:
            log.append('f1')
    except TypeError as e:
        c = e.__cause__
        try:
            raise
        except TypeError as e2:
            same = e is e2
            e2.__cause__ = None
            e2.__suppress_context__ = False
    try:
        e
    except UnboundLocalError as u:
        return c, same, u.args
    return None


nn = nested()
nn[0].later = nn


def swallow():
    try:
        raise ValueError
    finally:
        return 'swallowed'


sw = swallow()
exc = None
try:
    [][1]
except IndexError as e:
    exc = e
exc.__context__ = KeyError('set')
exc.__traceback__ = None
exc.args = ('new',)
exc.with_traceback(None)
exc.__cause__ = exc.__context__
try:
    raise exc
except IndexError:
    inf = sys.exc_info()[1] is exc
try:
    import nope_nope
except ImportError as e:
    nm = e.name, e.path
    e.name = 'other'
    ee = e
try:
    int('x')
except ValueError as e:
    va = e
try:
    b'\xff'.decode('utf8')
except UnicodeDecodeError as e:
    ud = e
    ud.reason = 'because'
    ud.start = 0
    ud.object
try:
    open('/nope/nope')
except OSError as e:
    oe = e
    oe.filename = 'fn'
    oe.errno = 5
try:
    sys.exit([1])
except SystemExit as e:
    se = e
    se.code.append(2)
    se.code = 3
st = StopIteration(1)
st.value = [2]
st.value.append(3)
at = AttributeError('m')
if hasattr(at, 'name'):
    at.name = 'nm'
    at.obj = at
sy = SyntaxError('bad', ('f', 1, 2, 'text'))
sy.lineno = 10
sy.msg = 'msg'
