"""Where two canonical states differ, in words of the program: ``x[3].items['a']``."""

import collections
import struct

#: Kinds whose contents a recorder may leave out by answering an opaque object of the same type.
MAY_BE_OPAQUE = frozenset((
    'deque', 'foreign', 'str', 'bytes', 'int', 'float', 'complex', 'slice',
))

Difference = collections.namedtuple('Difference', 'path expected got')


class Comparison:
    """Walks two states side by side, pairing the object numbers of one with those of the other."""

    def __init__(self, expected, got, stand_ins=False):
        #: Instances of stand-ins for classes keep all their attributes in a ``__dict__``, and always have one.
        self.stand_ins = stand_ins
        self.expected = expected
        self.got = got
        self.partner = {}
        self.back = {}
        self.queue = collections.deque()
        #: Types for which the recorder answered an opaque object instead of contents.
        self.opaque = set()

    def first(self):
        """The first difference, breadth first, or None when the states are the same."""
        if self.expected == self.got:
            return None
        found = self.variables(dict(self.expected[0][1]), dict(self.got[0][1]))
        while found is None and self.queue:
            number, other, path = self.queue.popleft()
            found = self.nodes(self.expected[number], self.got[other], path)
        return found

    def variables(self, expected, got):
        for name in sorted(set(expected) | set(got)):
            if name not in got:
                return Difference(name, self.show(self.expected, expected[name]), 'missing')
            if name not in expected:
                return Difference(name, 'no such variable', self.show(self.got, got[name]))
            found = self.values(expected[name], got[name], name)
            if found:
                return found
        return None

    def values(self, expected, got, path):
        if expected[0] != '@' or got[0] != '@':
            return None if expected == got else self.unlike(path, expected, got)
        number, other = expected[1], got[1]
        if self.partner.get(number, other) != other or self.back.get(other, number) != number:
            return Difference(
                path + ' is', 'another object' if number in self.partner else 'an object of its own',
                self.show(self.got, got) + ' that is shared otherwise',
            )
        if number not in self.partner:
            self.partner[number] = other
            self.back[other] = number
            self.queue.append((number, other, path))
        return None

    def unlike(self, path, expected, got):
        return Difference(path, self.show(self.expected, expected), self.show(self.got, got))

    def nodes(self, expected, got, path):
        if expected[0] == 'opaque' or got[0] == 'opaque':
            return self.opaque_nodes(expected, got, path)
        if self.stand_ins and expected[0] == 'foreign' and expected[1] == got[1]:
            self.opaque.add(expected[1])
            return None
        if expected[:2] != got[:2]:
            return Difference('type of ' + path, '%s (%s)' % expected[1::-1], '%s (%s)' % got[1::-1])
        if self.stand_ins:
            return self.contents(expected, got, path) or self.merged_attributes(expected, got, path)
        return (
            self.contents(expected, got, path)
            or self.slots(expected, got, path)
            or self.attribute_dicts(expected, got, path)
        )

    def opaque_nodes(self, expected, got, path):
        if expected == got:
            return None
        if expected[0] in MAY_BE_OPAQUE and got[0] == 'opaque' and expected[1] == got[1]:
            self.opaque.add(expected[1])
            return None
        return Difference(path, describe(expected), describe(got))

    def contents(self, expected, got, path):
        for index, (left, right) in enumerate(zip(expected[2], got[2])):
            found = self.items(left, right, path, index, expected)
            if found:
                return found
        if len(expected[2]) == len(got[2]):
            return None
        return Difference('len(%s)' % path, *(
            '%d: %s' % (len(node[2]), self.show_items(nodes, node))
            for nodes, node in ((self.expected, expected), (self.got, got))
        ))

    def items(self, left, right, path, index, node):
        if isinstance(left[0], tuple) and isinstance(right[0], tuple):
            key = self.show(self.expected, left[0])
            return (
                self.values(left[0], right[0], 'key %d of %s' % (index, path))
                or self.values(left[1], right[1], '%s[%s]' % (path, key))
            )
        if left[0] == 'default_factory' and right[0] == 'default_factory':
            return self.values(left[1], right[1], path + '.default_factory')
        if isinstance(left[0], tuple) or isinstance(right[0], tuple):
            return Difference('len(%s)' % path, 'more or less', 'items')
        place = '{}[{}]' if node[0] in ('list', 'tuple', 'deque') else '{}<{}>'
        return self.values(left, right, place.format(path, index))

    def slots(self, expected, got, path):
        expected_slots, got_slots = dict(expected[3]), dict(got[3])
        for name in sorted(set(expected_slots) | set(got_slots)):
            empty = ('unset', None)
            found = self.values(expected_slots.get(name, empty), got_slots.get(name, empty), path + '.' + name)
            if found:
                return found
        return None

    def attribute_dicts(self, expected, got, path):
        if expected[4] is None or got[4] is None:
            if expected[4] is got[4]:
                return None
            return Difference('vars(%s)' % path, *(
                'none' if node[4] is None else self.show(nodes, node[4])
                for nodes, node in ((self.expected, expected), (self.got, got))
            ))
        return self.values(expected[4], got[4], 'vars(%s)' % path)

    def merged_attributes(self, expected, got, path):
        names = {}
        for nodes, node, place in ((self.expected, expected, 0), (self.got, got, 1)):
            for name, value in attributes_of(nodes, node):
                name = name if isinstance(name, str) else '<%s>' % self.show(nodes, name)  # put there by way of __dict__
                names.setdefault(name, [('unset', None), ('unset', None)])[place] = value
        for name in sorted(names):
            found = self.values(*names[name], path + '.' + name)
            if found:
                return found
        return None

    def show(self, nodes, value):
        tag, payload = value
        if tag == '@':
            node = nodes[payload]
            return describe(node) if node[0] == 'opaque' else '%s %s' % (node[1], self.show_items(nodes, node))
        if tag == 'float':
            return repr(struct.unpack('<d', payload)[0])
        return repr(payload) if payload is not None else tag

    def show_items(self, nodes, node):
        shown = [brief(nodes, item) for item in node[2][:12]]
        return '[' + ', '.join(shown) + (', …]' if len(node[2]) > 12 else ']')


def attributes_of(nodes, node):
    """Name and value of all attributes, those in slots and those in the dict."""
    found = list(node[3])
    if node[4] is not None and node[4][0] == '@':
        found += [(key[1] if key[0] == 'str' else key, value) for key, value in nodes[node[4][1]][2]]
    return found


def brief(nodes, item):
    """One item of a container on one level, for a message."""
    if isinstance(item[0], tuple):
        return brief(nodes, item[0]) + ': ' + brief(nodes, item[1])
    tag, payload = item
    if tag == '@':
        return '<%s>' % nodes[payload][1]
    return repr(struct.unpack('<d', payload)[0]) if tag == 'float' else repr(payload)


def describe(node):
    """What an object is, without its contents."""
    if node[0] == 'opaque':
        return 'opaque %s %s' % (node[1], node[2] or '')
    return '%s with its contents' % node[1]
