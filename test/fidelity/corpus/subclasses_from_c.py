# Subclasses of every kind of container, with attributes of their own, changed by C code and by the base's methods.
import array
import collections
import operator


def drain(values): collections.deque(values, maxlen=0)


def grow(base, *arguments):
    class Kind(base):
        shared = []

        def note(self, what): self.__dict__.setdefault('notes', []).append(what)

    made = Kind(*arguments)
    made.name = base.__name__
    made.me = made
    made.note('made')
    return made


items = grow(list, [1])
drain(map(items.append, [2, 3]))
list.append(items, 4)
operator.setitem(items, 0, 'first')
operator.iadd(items, [5])
items.sort(key=str)
table = grow(dict, {'a': 1})
drain(map(table.__setitem__, 'bc', [2, 3]))
dict.__setitem__(table, 'd', items)
dict.update(table, e=5)
operator.delitem(table, 'a')
names = grow(set, 'ab')
drain(map(names.add, 'cd'))
set.discard(names, 'a')
operator.ior(names, {'e'})
fixed = grow(frozenset, 'ab')
pair = grow(tuple, [items, 2])
drain(map(pair.note, 'xy'))
last = grow(collections.deque, [1], 3)
drain(map(last.append, [2, 3, 4]))
collections.deque.rotate(last, 1)
operator.setitem(last, 0, last)
groups = grow(collections.defaultdict, list)
drain(map(groups.__getitem__, 'ab'))
groups['a'].append(groups)
order = grow(collections.OrderedDict, [('a', 1), ('b', 2)])
drain(map(order.move_to_end, 'a'))
collections.OrderedDict.__setitem__(order, 'c', 3)
order.popitem(last=False)
counts = grow(collections.Counter, 'abca')
drain(map(counts.update, ['xyz']))
counts.subtract('a')
data = grow(bytearray, b'abc')
drain(map(data.append, [1, 2]))
operator.setitem(data, 0, 0)
memoryview(data)[1] = 9
bytearray.extend(data, b'end')
numbers = grow(array.array, 'i', [1, 2])
drain(map(numbers.append, [3]))
operator.setitem(numbers, 0, -5)
users = grow(collections.UserList, [1])
drain(map(users.append, [2]))
users.data.append(3)
user = grow(collections.UserDict, {'k': 'v'})
drain(map(user.__setitem__, 'l', 'w'))
user.data['m'] = user
layers = grow(collections.ChainMap, {'top': 1}, {'low': 2})
drain(map(layers.__setitem__, ['low'], [3]))
whole = grow(int, 5)
drain(map(whole.note, [whole]))
word = grow(str, 'text')
word.note(word + '!')
for each in (items, table, names, pair, last, groups, order, counts, data, numbers, users, user, layers, whole, word):
    drain(map(setattr, [each], ['late'], [each.name]))
    vars(each).pop('me')
    type(each).shared.append(each.name)
    del each.name
