"""What built-in exceptions hold besides their arguments, changed by the program, by constructors and by codecs."""

import codecs


class Wrong(ImportError):
    __slots__ = ('extra',)


class Told(UnicodeDecodeError):
    pass


def caught(function, *arguments):
    try:
        function(*arguments)
    except BaseException as error:
        return error


def stop():
    raise SystemExit([1, 2])


def generate():
    received = yield 1
    return [received]


generator = generate()
next(generator)
stopped = caught(next, generator)
missing = caught(open, '/nothing/here')
attribute = caught(getattr, [], 'nothing')
syntax = caught(compile, 'x = (1 +', 'text', 'exec')
ended = caught(stop)
name = caught(eval, 'nothing_at_all')
undecoded = caught(b'ab\xff'.decode, 'ascii')
unencoded = caught('ab\u20ac'.encode, 'ascii')

missing.errno = 7
missing.filename = ['other']
missing.filename2 = 'two'
del missing.strerror
ended.code = {'a': 1}
ended.code['b'] = 2
stopped.value.append('more')
syntax.lineno, syntax.text = 3, 'y'
undecoded.start = 0
undecoded.reason = 'another'
wrong = Wrong('text', name='n', path='p')
wrong.extra = [wrong.name]
for i in range(30):
    wrong.name = 'n%d' % i
    wrong.msg = [i]
wrong.__init__('new text', name='again')
del wrong.name
told = Told('ascii', b'abc', 1, 2, 'why')
told.end = 3
told.__init__('utf-8', b'xyz', 0, 1, 'because')
cause = ValueError('cause')
try:
    raise KeyError('key') from cause
except KeyError as error:
    error.__suppress_context__ = False
    kept = error
kept.__suppress_context__ = True

seen = []


def replace(error):
    start, end = error.start, error.end
    seen.append((start, end, error.reason))
    if len(seen) == 2:
        error.reason = 'changed'
    return ('?', end)


codecs.register_error('replace by hand', replace)
text = 'a\u20acb\u20ac\u20acc\u1234'.encode('ascii', 'replace by hand')
back = b'a\xffb\xfe\xfdc'.decode('ascii', 'replace by hand')
print(text, back, seen, missing.errno, wrong.msg, told.object, stopped.value)
