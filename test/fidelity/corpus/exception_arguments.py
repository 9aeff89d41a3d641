# Arguments and notes of exceptions, set in every way.
# needs 3.11
class Oops(Exception): pass
e = ValueError('x')
e.args = ()
f = ValueError()
e.__init__(-7)
pass
e.args = (1, [2])
pass
Exception.__init__(e, 'y')
pass
o = Oops('a')
o.__init__('b', 'c')
pass
o.args = 'xyz'
pass
p = KeyError(1)
p.args = ()
q = KeyError()
p.__init__(2)
pass
p.__setstate__({'args': (5,), 'z': 1})
pass
p.add_note('n') if hasattr(p, 'add_note') else None
pass
p.__notes__.append('m') if hasattr(p, 'add_note') else None
pass
for kind in (AttributeError, NameError, ImportError, StopIteration, SystemExit, OSError, SyntaxError, TypeError):
    error = kind()
    error.__init__(1)
    kind.__init__(error, 2, [3])
    error.args = error.args[1:]
    error.args[0].append(error)
    error.with_attribute = kind.__name__
