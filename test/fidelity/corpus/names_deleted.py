"""Names of modules, classes and exec'ed code that come and go: order, deletion and binding on one line, `except … as`."""


def deletes_globals():
    global made, other
    made = 1
    other = 2
    del made
    made = 3; del other
    other = 4; del other; other = 5
    try:
        raise KeyError('global')
    except KeyError as made:
        other = made.args
    try:
        del made
    except NameError as other:
        made = str(other)
    return made


first = 1
second = 2
third = 3
del first
first = 4; del second
del third; third = 5
second = third; del second
del first, third; first = 6
third = 7; del first; first = 8; del third
for i in range(4):
    try:
        if i % 2:
            raise ValueError(i)
        third = i
    except ValueError as error:
        second = error.args[0]
    else:
        del third
    finally:
        fourth = i
for i in range(3): fifth = i; del fifth
for i in range(3):
    try: {}[i]
    except KeyError as error: sixth = error.args
for sixth in []: pass
del sixth; seventh = [i]
while first:
    first -= 4; eighth = first; del eighth
while True:
    try:
        del ninth
    except NameError as tenth:
        ninth = type(tenth).__name__
        continue
    break
result = deletes_globals()
del made
try:
    deletes_globals()
    raise LookupError
except LookupError as made:
    try:
        raise OSError(1, 'inner') from made
    except OSError as other:
        eleventh = other.__cause__ is made
        del other, made
        made = 'again'
        other = 'too'


class Body:
    first = 1
    second = first; del first
    try:
        first
        del first
    except NameError as second:
        third = second.args
    for first in range(3): del first
    try:
        raise ValueError
    except ValueError as third: pass
    fourth = sorted(name for name in locals() if name[0] != '_')
    del fourth; fourth = 1


names = {'kept': 1, 'gone': 2}
exec('del gone\ngone = 3; del kept\nkept = 4\ntry:\n    1 / 0\nexcept ZeroDivisionError as gone:\n    kept = str(gone)\n'
     'for gone in kept: del gone', names)
order = [name for name in names if name != '__builtins__']
for name in list(globals()):
    if name.startswith('s'):
        del globals()[name]
lambda: None
try:
    while True:
        del seventh
except NameError as seventh:
    eighth = 1
end = [name for name in globals() if not name.startswith('_')]
