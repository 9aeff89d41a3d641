# Code that is nobody's own, as its file name says, binds and deletes names in dicts of the program.
import code

made_up = compile('k = [1]\nk += k\nj = 2; seen(); j = 3\nfor i in range(2): seen()\ndel i', 'made-up', 'exec')
log = []
ns = {'seen': lambda: log.append(sorted(name for name in ns if len(name) == 1))}
exec(made_up, ns)
first = ns['k']
exec(made_up, {'seen': log.clear}, ns)
del ns['j']
exec(made_up, ns)
exec(compile('''
def count():
    global hits
    hits = globals().get('hits', 0) + 1
    seen(); hits += 1
    return hits

def gone():
    global hits
    del hits
    seen()

def each():
    global last
    for last in 'ab':
        yield last
''', 'made-up', 'exec'), ns)
one = ns['count']()
two = ns['count']()
letters = list(ns['each']())
ns['gone']()
eval(compile('[seen() for name in "xy"]', 'made-up', 'eval'), ns)


class Noisy:
    def __del__(self):
        log.append(ns.get('noisy'))


ns['Noisy'] = Noisy
exec(compile('noisy = Noisy(); noisy = 1; noisy = Noisy()\ndel noisy', 'made-up', 'exec'), ns)
try:
    exec(compile('before = 1; 1 / 0; after = 1', 'made-up', 'exec'), ns)
except ZeroDivisionError:
    last = sorted(ns)
exec(compile('class Held:\n    inside = vars()\n    inside["a"] = seen()\n    b = inside; seen()\n    c = seen()', 'made-up', 'exec'), ns)
console = code.InteractiveInterpreter({'shared': ns})
console.runsource('x = shared')
console.runsource('x["by_console"] = 1; del shared')
kept = console.locals
console.runsource('y = [x]')
n = len(kept)
