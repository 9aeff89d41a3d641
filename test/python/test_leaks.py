"""Recording the same code again and again leaves nothing behind: no objects, no references, no memory, no files."""

import collections
import gc
import os
import sys
import tempfile
import unittest

import execorder

PROGRAM = compile('''
import array, collections, threading

class Thing:
    __slots__ = ('items', '__dict__')

    def __init__(self):
        self.items = []
        self.names = {}

    def keep(self, x):
        self.items.append(x)
        self.names[x] = self
        return [n for n in self.items]

def count(n):
    try:
        for i in range(n):
            yield i
    finally:
        n = None

def fail(x):
    return fail(x - 1) if x else 1 / 0

thing = Thing()
for i in range(5):
    thing.keep(i)
generator = count(3)
next(generator)
half = count(3)
next(half)
generator.close()
queue = collections.deque([1], 3)
queue.extend([2, 3, 4])
ordered = collections.OrderedDict(a=1)
ordered.move_to_end('a')
ordered.x = ordered
default = collections.defaultdict(list)
default[1].append(default)
numbers = {1, 2}
numbers.add(3)
data = bytearray(b'abc')
view = memoryview(data)
view[0] = 5
typed = array.array('i', [1])
typed.append(2)
try:
    fail(3)
except ZeroDivisionError as error:
    kept = error
Thing.attribute = [thing]
cells = [lambda: i for i in range(2)]
text = ''
for i in range(20):
    text += 'ab'
ordered = sorted([3, 1, 2], key=lambda n: -n)
worker = threading.Thread(target=thing.keep, args=(9,))
worker.start()
worker.join()
''', 'leaks', 'exec')

ROUNDS = 200
SERIES = 6  # at most
ALLOWED = {'kibibytes': ROUNDS, 'blocks': ROUNDS}
INVOLVED = (None, True, (), list, dict, set, object, type, Exception, collections.deque, collections.OrderedDict, bytearray,
            PROGRAM, PROGRAM.co_consts, PROGRAM.co_names, sys.modules, execorder, vars(sys), vars(collections))


def record_and_drop():
    recording = execorder.exec(PROGRAM)
    assert recording.stopped_by == 'end', recording.error


def record_and_read():
    recording = execorder.exec(PROGRAM)
    recording.state(recording.steps() // 2)
    recording.exceptions()


def start_and_stop():
    with tempfile.TemporaryDirectory() as folder:
        execorder.start(os.path.join(folder, 'a.xrec'))
        try:
            exec(PROGRAM, {'__name__': 'leaks'})
        finally:
            execorder.stop()


class Leaks(unittest.TestCase):
    def test_an_exec_that_nobody_reads(self):
        self.leaves_nothing(record_and_drop)

    def test_an_exec_that_is_read(self):
        self.leaves_nothing(record_and_read)

    def test_start_and_stop(self):
        self.leaves_nothing(start_and_stop)

    def leaves_nothing(self, action):
        """A leak is left behind by every series; what pools, caches and freed blocks come to, only by some of them."""
        grown = growth(action)
        for _ in range(SERIES - 1):
            grown = smaller(grown, growth(action))
            if not leaks(grown):
                break
        self.assertEqual(leaks(grown), {})


def leaks(grown):
    """The figures of these that a series of recordings doesn't explain."""
    return {name: count for name, count in grown.items() if count >= ALLOWED.get(name, ROUNDS // 2)}


def growth(action):
    action()
    before = measured()
    for _ in range(ROUNDS):
        action()
    after = measured()
    return {name: after[name] - before[name] for name in before}


def smaller(first, second):
    return {name: min(first[name], second[name]) for name in first}


def measured():
    gc.collect()
    references = {repr(thing)[:60]: sys.getrefcount(thing) for thing in INVOLVED}
    return dict(references, objects=len(gc.get_objects()), blocks=sys.getallocatedblocks(), files=open_files(),
                kibibytes=resident_kibibytes())


def open_files():
    return len(os.listdir('/proc/self/fd')) if os.path.isdir('/proc/self/fd') else 0


def resident_kibibytes():
    if not os.path.exists('/proc/self/statm'):
        return 0
    with open('/proc/self/statm') as file:
        return int(file.read().split()[1]) * os.sysconf('SC_PAGE_SIZE') // 1024


if __name__ == '__main__':
    unittest.main()
