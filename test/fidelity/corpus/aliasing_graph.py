# Linked lists, trees, graphs, cycles, shared parts.
class Node:
    def __init__(self, value, next=None):
        self.value = value
        self.next = next


class Double:
    __slots__ = 'value', 'left', 'right'

    def __init__(self, value):
        self.value = value
        self.left = self.right = self


def from_values(values):
    head = None
    for value in reversed(values):
        head = Node(value, head)
    return head


def reverse(head):
    before = None
    while head:
        head.next, before, head = before, head, head.next
    return before


def insert_after(node, new):
    new.left, new.right = node, node.right
    node.right.left = new
    node.right = new


head = from_values([1, 2, 3])
head = reverse(head)
tail = head
while tail.next:
    tail = tail.next
tail.next = head
head.next.next = tail
ring = Double('a')
for name in 'bcd':
    insert_after(ring, Double(name))
gone = ring.right
gone.left.right, gone.right.left = gone.right, gone.left
gone.left = gone.right = None
tree = {'value': 5, 'left': None, 'right': None}


def put(tree, value):
    side = 'left' if value < tree['value'] else 'right'
    if tree[side] is None:
        tree[side] = {'value': value, 'left': None, 'right': None, 'up': tree}
    else:
        put(tree[side], value)


for value in (3, 8, 1, 4):
    put(tree, value)
graph = {name: [] for name in 'abcd'}
for edge in ('ab', 'bc', 'ca', 'cd'):
    graph[edge[0]].append(graph[edge[1]])
graph['d'].append(graph)
del graph['a']
a, b = [], []
a.append(b)
b.append(a)
c = (a, [b], {'a': a})
c[1].append(c)
same = [a] * 3
same[1].append('once')
copies = [a[:] for _ in range(2)]
copies[0].append('twice')
t = ()
for i in range(3):
    t = (t, i, t)
