# Objects in sets; the set's order is nobody's business.
import operator

by_name = operator.attrgetter('name')


class Node:
    def __init__(self, name):
        self.name = name
        self.near = set()

    def link(self, other):
        self.near.add(other)
        other.near.add(self)


class Value:
    def __init__(self, v):
        self.v = v

    def __eq__(self, other):
        return isinstance(other, Value) and self.v % 3 == other.v % 3

    def __hash__(self):
        return self.v % 3


a, b, c = Node('a'), Node('b'), Node('c')
a.link(b)
b.link(c)
graph = {a, b, c}
c.name = 'changed inside a set'
graph.discard(b)
b.near.remove(c)
alone = {node for node in sorted(graph, key=by_name) if len(node.near) == 1}
values = set()
for i in range(5):
    values.add(Value(i))
values.remove(Value(3))
values.add(Value(9))
values ^= {Value(1), Value(2)}
same = Value(4) in values
values.discard(Value(9))
todo, done = {a}, set()
while todo:
    node = min(todo, key=by_name)
    todo.remove(node)
    done.add(node)
    todo |= node.near - done
names = list(map(by_name, sorted(done, key=by_name)))
itself = Node('loop')
itself.near = {itself, itself.link}
itself.near.clear()


class Bag(set):
    def add(self, item):
        self.last = item
        super().add(item)


bag = Bag('ab')
bag.add('c')
bag |= {'d'}
bag.owner = bag
bag.remove('a')
