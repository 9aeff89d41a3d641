# Exceptions whose arguments are set again after they were made: by an __init__ of OSError, after a __new__, by hand.
import codecs
class A(OSError):
    def __init__(self, *a):
        self.pre = [1]
        before = self.args
        super().__init__(*a)
        self.post = self.args
        OSError.__init__(self, 5, 'five')
        self.args = (1, 2)
        super().__init__(2, 'x', 'f', None, 'g')
a = A(2, 'no', 'file')
class B(Exception):
    def __new__(cls, *args):
        self = super().__new__(cls, 'from new')
        self.n = 1
        cls.last = self
        return self
b = B('one', 'two')
c = B()
class C(KeyError, B):
    def __init__(self, x):
        self.x = x
c1 = C([1])
class U(UnicodeDecodeError):
    def __new__(cls, *a):
        self = super().__new__(cls, *a)
        self.w = 1
        return self
u = U('utf-8', b'abc', 1, 2, 'why')
u.start = 0
u.reason = 'other'
u.object = b'qq'
s = StopIteration(1)
s.value = [2]
s.value.append(3)
e = SystemExit(3)
e.code = {'a': 1}
e.code['b'] = 2
i = ImportError('m', name='n', path='p')
i.name = 'z'
i.msg = 'msg'
y = SyntaxError('bad', ('f', 1, 2, 'text'))
y.lineno = 5
y.text = 'other'

class OS2(OSError):
    def __new__(cls, *a):
        self = super().__new__(cls, *a)
        self.k = 1
        return self
o = OS2(2, 'm', 'n')
o.errno = 7
o.strerror = 'st'
o.filename = [1]
o.filename.append(2)
o.filename2 = 'f2'
class BO(BlockingIOError): pass
bo = BO(11, 'x', 5)
bo.characters_written = 6
del bo.characters_written
try:
    try:
        raise a
    except OSError as q:
        q.with_traceback(None)
        q.__traceback__ = None
        q.__setstate__({'z': 1, 'pre': 2})
        raise b from q
except B as w:
    w.__cause__ = None
    w.__context__ = c
    w.__suppress_context__ = False
    w.args = ('new',)
    w.args += (1,)
    x = w
try:
    raise KeyError
except KeyError as k:
    k2 = k
k2.args = ([],)
k2.args[0].append(1)
try:
    {}['missing']
except KeyError as k:
    k3 = k
try:
    None.foo
except AttributeError as k:
    k4 = k
    k4.extra = 1


class Kept(ValueError):
    kept = []

    def __new__(cls, *arguments):
        made = super().__new__(cls)
        cls.kept.append(made)
        return made


first = Kept(1, 2)
first.__init__(3)
Exception.__init__(first, 4, 5)
second = Kept(first)
try:
    codecs.decode(b'odd', 'hex')
except Exception as error:
    said = str(error)
print(said)
