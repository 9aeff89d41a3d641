# Exceptions raised in C, chained, re-raised, with attributes, in __del__ and callbacks.
import json
import sys

found = []


def attempt(f, *args):
    try:
        f(*args)
    except Exception as e:
        found.append(e)
        e.tag = len(found)
        e.args += ('more',)
        return e


attempt(int, 'x')
attempt({}.__getitem__, 'k')
attempt([].pop)
attempt(json.loads, '{')
attempt(open, '/nonexistent/file')
attempt(b'\xff'.decode, 'utf-8')
attempt('\ud800'.encode, 'utf-8')
attempt(getattr, 1, 'nope')
attempt(__import__, 'no_such_module_x')
attempt(next, iter(()))
attempt(sorted, [1, 'a'])
attempt(lambda: [].index(3))
attempt(compile, 'a b', 'f', 'exec')
attempt(map(int, 'a').__next__)
attempt(list, map(len, [1]))
err = found[0]
err.args = ('replaced',)
err.__init__('init', 'again')
err.__dict__['k'] = [err]
err.__cause__ = found[1]
err.__context__ = found[2]
err.with_traceback(None)
err.__suppress_context__ = True


class Mine(Exception):
    def __init__(self, code, **kw):
        super().__init__(code)
        self.code = code
        self.kw = kw


try:
    try:
        raise Mine(1, a=[1])
    except Mine as m:
        m.kw['a'].append(2)
        m.code = 2
        raise RuntimeError('wrapped') from m
except RuntimeError as r:
    cause = r.__cause__
    chain = r.__context__ is cause
    cause.args = ()
exit_ = attempt(lambda: (_ for _ in ()).throw(OSError(2, 'msg', 'file')))
exit_.errno = 5
exit_.filename = 'other'
try:
    sys.exit(3)
except SystemExit as s:
    code = s.code
    s.code = 4
old_hook, sys.unraisablehook = getattr(sys, 'unraisablehook', None), lambda u: found.append(type(u.exc_value).__name__)


class D:
    def __del__(self):
        x = 'in del'
        raise KeyError(x)


if old_hook:
    d = D()
    del d
    sys.unraisablehook = old_hook
stop = StopIteration(5)
stop.value = 6
u = UnicodeDecodeError('utf-8', b'abc', 0, 1, 'why')
u.start = 2
u.reason = 'because'
n = KeyError()
n.args = [1, 2]
