# Code compiled and run inside the program.
namespace = {'shared': []}
exec('shared.append(1)\nx = 5\nfor i in range(3):\n    shared.append(i)', namespace)
namespace.pop('__builtins__')
value = eval('x + len(shared)', namespace)
namespace.pop('__builtins__')
exec('top = [value]')
exec('value += 1; top.append(value)')
code = compile('def made(a):\n    b = [a]\n    b.append(top)\n    return b', '<made>', 'exec')
exec(code)
result = made(1)
result[1].append('changed')


def inside():
    local = []
    exec('local.append(1); other = 2', {'local': local})
    eval('local.append(2)')
    scope = {'n': 0}
    exec('n += 1\nglobal g\ng = n', globals(), scope)
    return local, scope


result = inside()
calculate = eval('lambda n: [n, *top]')
result = calculate(0)
body = {}
exec('class Made:\n    items = []\n    def add(self, x):\n        self.items.append(x)\n        self.last = x', body)
thing = body['Made']()
thing.add(1)
thing.add(thing)
body = None
try:
    exec('def broken(:')
except SyntaxError as error:
    where = error.lineno
try:
    exec('raise KeyError(top)', {'top': top})
except KeyError as error:
    error.args[0].append('from the error')
