# functools.partial: what it calls and with what, attributes of its own, subclasses, and what changes them.
import copy
import functools
import operator
import pickle

items = []
add = functools.partial(items.append, 1)
add()
scale = functools.partial(int, base=2)
scale.keywords['base'] = 8
eight = scale('10')
pair = functools.partial(operator.setitem, items)
pair(0, pair.args)
nested = functools.partial(functools.partial(max, 1, key=abs), 2, default=items)
nested.note = [nested]
nested.note.append(nested.keywords)
names = nested.__dict__
names['later'] = names
bare = functools.partial(print)
own = bare.__dict__
own['x'] = 1
del bare.x
bare.__dict__ = {'other': bare}
scale.__setstate__((max, (3, items), {'key': len}, {'tag': 1}))
scale.tag += 1
same = copy.copy(nested)
deep = copy.deepcopy(functools.partial(len, items))
deep.args[0].append('deep')
back = pickle.loads(pickle.dumps(functools.partial(sorted, [3, 1], reverse=True)))
back.args[0].extend(back())


class Call(functools.partial):
    count = 0

    def __call__(self, *rest):
        self.count += 1
        self.rest = rest
        return super().__call__(*rest)


call = Call(operator.add, 1)
total = call(2) + call(3)
call.rest = [call]


class Button:
    def __init__(self, text):
        self.text = text
        self.press = functools.partial(self.pressed, 'by', text=[text])

    def pressed(self, how, *, text):
        text.append(how)
        return self

    half = functools.partialmethod(pressed, 'half')


button = Button('ok')
button.press().press()
button.half(text=button.press.keywords['text'])
table = {add: 'add', nested: button.press}
del table[add]
caller = functools.partial(list(map(functools.partial(pow, 2), range(4))).append)
made = functools.reduce(lambda f, n: functools.partial(f, n), range(3), items.extend)
