# needs 3.11
log = []


class Own(ExceptionGroup):
    def __new__(cls, message, excs, tag=None):
        self = super().__new__(cls, message, excs)
        self.tag = tag or []
        return self

    def derive(self, excs):
        log.append(len(excs))
        made = Own(self.message, excs, self.tag)
        made.derived = True
        return made


def raise_group(depth):
    try:
        try:
            raise KeyError('ctx')
        except KeyError:
            raise Own('own', [ValueError(1), TypeError(2), Own('in', [ValueError(3), OSError(4)], ['t'])])
    except* ValueError as vs:
        log.append(repr(vs.exceptions))
        v = vs
    except* TypeError as ts:
        ts.add_note('note')
        raise RuntimeError('from star') from ts


try:
    raise_group(0)
except ExceptionGroup as g:
    top = g
    parts = g.split(OSError)
    sub = g.subgroup(lambda e: isinstance(e, RuntimeError))
    strs = [str(e) for e in g.exceptions]
del top
try:
    try:
        raise ValueError('naked')
    except* ValueError as eg:
        inner = eg.exceptions[0]
        raise
except ExceptionGroup as e2:
    x = e2.exceptions
try:
    try:
        raise ExceptionGroup('g', [OSError(1, 'a'), ImportError('i', name='n')])
    except* OSError:
        pass
except ExceptionGroup as e3:
    remaining = e3
    name = e3.exceptions[0].name
nested = ExceptionGroup('a', [ExceptionGroup('b', [ExceptionGroup('c', [ValueError(i) for i in range(2)])])])
match, rest = nested.split(lambda e: isinstance(e, ValueError) and e.args == (1,))
nested.exceptions[0].extra = [nested]
for i in range(2):
    try:
        try:
            raise nested
        except* ValueError as q:
            q.exceptions[0].count = i
            if i:
                log.append('second')
    finally:
        log.append(i)
base = BaseExceptionGroup('kb', [KeyboardInterrupt(), ValueError()])
kind = type(base).__name__
t = type(BaseExceptionGroup('v', [ValueError()])).__name__
try:
    raise base
except* KeyboardInterrupt as k:
    kk = k
except* Exception as e:
    ee = e
