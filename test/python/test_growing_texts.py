"""A text built by a million `s += t` takes time and space in proportion to its length."""

import os
import sys
import time
import unittest

import execorder

PLACES = {
    'a variable of a function': '''
def build(n):
    s = ''
    for i in range(n):
        s += 'ab'
    return len(s)
length = build(%d)
''',
    'a variable of a function, not ASCII': '''
def build(n):
    s = 'ä'
    for i in range(n):
        s += 'bü'
    return len(s)
length = build(%d)
''',
    'a bytearray': '''
s = bytearray()
for i in range(%d):
    s += b'ab'
length = len(s)
''',
}
if sys.version_info < (3, 11):  # later ones copy the text for each piece, there
    PLACES['a name of a module'] = '''
s = ''
for i in range(%d):
    s += 'ab'
length = len(s)
'''
    PLACES['a cell'] = '''
def build(n):
    s = ''
    for i in range(n):
        s += 'ab'
    return lambda: s
s = build(%d)()
'''
# The sanitizers' allocator copies a text whenever it grows, whoever lets it grow.
MILLION = 10 ** 6 if os.environ.get('PYTHONMALLOC') != 'malloc' else 10 ** 5
PART = 8

# What has been true is what the program itself has found.
MOVED_NAMES = '''
g = globals()
a, b, c = 'a' * 3, 'b' * 3, 'c' * 600
found = []
def look(names):
    found.append(list(names))
look(g); a += b
look(g); c += a
look(g); c += a
look(g); del b; b = 1
look(g); new = a + c; a = a + c
look(g); g['c'] = 'other'; c += a
def change():
    global a
    del a; a = 'again'
look(g); change()
look(g)
class Body:
    names = vars()
    x, y = 'x' * 3, 'y' * 3
    look(names); x += y
    look(names); x += y; y += x
    look(names)
    del names
'''


class GrowingTexts(unittest.TestCase):
    def test_a_million_pieces_cost_as_much_each_as_an_eighth_of_them(self):
        for place, source in PLACES.items():
            if place.startswith('a variable of a function') and sys.version_info[:2] == (3, 11):
                continue  # under any trace function, 3.11 itself copies the text for each piece
            with self.subTest(place=place):
                few, many = self.costs(source % (MILLION // PART)), self.costs(source % MILLION)
                self.assertLess(many['bytes'], few['bytes'] * PART * 1.5)
                # A copy of the text for each piece would make it PART times that.
                self.assertLess(many['seconds'], few['seconds'] * PART * 4)

    def costs(self, source):
        start = time.thread_time()
        recording = execorder.exec(source)
        seconds = time.thread_time() - start
        with recording:
            self.assertEqual((recording.stopped_by, recording.error), ('end', None))
            half = recording.state(recording.steps() // 2)['s']
            self.assertIn(half[:4], ('abab', b'abab', 'äbüb'))
            return {'seconds': seconds, 'bytes': os.path.getsize(recording.path)}

    def test_names_stand_where_growing_texts_have_moved_them(self):
        """Up to 3.10, the interpreter takes the name of such a text out of its dict, and puts it in again at the end."""
        with execorder.exec(MOVED_NAMES) as recording, execorder.open(recording.path) as opened:
            looks = [step.step for step in recording if step.kind == 'line' and step.function == 'look']
            found = recording.state(recording.steps() - 1)['found']
            self.assertEqual((len(looks), len(found)), (11, 11))
            for source in (recording, opened):
                recorded = [list(source.state(step)['names']) for step in looks]
                self.assertEqual(recorded, found)


if __name__ == '__main__':
    unittest.main()
