# What the collector knows, and how many references there are: nothing is added by being watched.
# truth from 99.0
import gc
import sys


class Node:
    def __init__(self, other=None):
        self.other = other


def count(kind):
    return list(map(type, gc.get_objects())).count(kind)


gc.collect()
gc.disable()
nodes = [Node() for _ in range(5)]
alive = count(Node)
nodes[0].other = nodes[1]
nodes[1].other = nodes[0]
del nodes[:2]
alive = count(Node)
found = gc.collect()
alive = count(Node)
referrers = len(gc.get_referrers(nodes[0]))
referents = [type(thing).__name__ for thing in gc.get_referents(nodes[0])]
box = {}
box['self'] = box
counts = sys.getrefcount(box), sys.getrefcount(nodes[0]), sys.getrefcount(nodes)
tracked = [gc.is_tracked(thing) for thing in (box, nodes, (), 'text', {})]
generators = [(n for n in nodes) for _ in range(3)]
next(generators[0])
alive = count(type(generators[0]))
counts = sys.getrefcount(nodes), sys.getrefcount(generators[0])
del generators
alive = count(Node), found
del box
found = gc.collect()
unreachable = len(gc.garbage)
gc.enable()
