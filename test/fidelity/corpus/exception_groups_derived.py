# needs 3.11
# A group class of the program, with a derive() of its own: split by except*, by hand, raised again.
import sys
log = []
class MyGroup(ExceptionGroup):
    def __new__(cls, msg, excs, extra=None):
        self = super().__new__(cls, msg, excs)
        self.extra = extra
        return self
    def derive(self, excs):
        new = MyGroup(self.message, excs, [self.extra])
        log.append(len(excs))
        return new
def f(n):
    try:
        raise MyGroup('g', [ValueError(1), TypeError('t'), KeyError('k')], n)
    except* ValueError as eg:
        a = eg.exceptions
        eg.add_note('note')
        log.append(eg)
    except* TypeError as te:
        te.extra = 'changed'
        raise
    except* KeyError as ke:
        raise RuntimeError('new') from ke
try:
    f(1)
except ExceptionGroup as e:
    out = e
    m, rest = e.split(TypeError)
    s = e.subgroup(lambda x: isinstance(x, RuntimeError))
    m.x = 1
try:
    try:
        raise OSError(2, 'no')
    except* OSError as o:
        kept = o
        o.exceptions[0].filename = 'f'
        o.exceptions[0].z = 1
        raise o.exceptions[0] from None
except BaseException as last:
    fin = last
def g():
    for i in range(3):
        try:
            raise ExceptionGroup('loop', [ValueError(i)])
        except* ValueError as v:
            if i == 1:
                w = v
            del v
    return w
h = g()
h2 = h.with_traceback(None)
h.__notes__ = ['a']
h.__notes__.append('b')
h.add_note('c')
del h.__notes__
h.__cause__ = h2
h.__context__ = KeyError()
h.__suppress_context__ = False
