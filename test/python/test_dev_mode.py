"""Under `-X dev`, with every warning an error: the recorder gives the interpreter nothing to complain of."""

import os
import subprocess
import sys
import tempfile
import unittest

PROGRAM = '''
import array, collections, threading

class Thing:
    def __init__(self, items):
        self.items = items

    def __del__(self):
        self.items.clear()

def count(n):
    for i in range(n):
        yield i

def fail(x):
    return fail(x - 1) if x else 1 / 0

shared = [1, 2]
things = [Thing(shared), Thing({1: shared}), Thing({3}), Thing(collections.deque([4]))]
data = bytearray(b'abc')
view = memoryview(data)
view[0] = 5
numbers = array.array('i', [1])
numbers.extend(count(5))
half = count(3)
next(half)
for i in range(300):
    shared.append([i])
    things[1].items[i] = shared[-1]
worker = threading.Thread(target=lambda: shared.extend('ab'))
worker.start()
worker.join()
try:
    fail(3)
except ZeroDivisionError as error:
    kept = error
print(len(shared))
del things[0]
'''

#: Everything that the package offers, on the program in the first argument, in the folder of the second.
SESSION = '''
import os, sys
import execorder

source, folder = sys.argv[1:]
recording = execorder.exec(source)
assert recording.stopped_by == 'end', recording.error
for n in range(0, recording.steps(), 100):
    recording.state(n), recording.dicts(n), recording.step(n), recording.line(n)
recording.exceptions(), recording.visits(10), list(recording)
recording.history('shared')
recording.save(os.path.join(folder, 'saved.xrec'))
recording.close()
again = execorder.open(os.path.join(folder, 'saved.xrec'))
again.state(again.steps() - 1)
assert execorder.exec('while True: i = 1; j = 2', time_limit=0.2).stopped_by == 'time_limit'
assert execorder.exec('for i in range(99):\\n pass', max_steps=9).stopped_by == 'max_steps'
execorder.start(os.path.join(folder, 'part.xrec'))
exec(source, {'__name__': 'part'})
execorder.stop()
'''


class DevMode(unittest.TestCase):
    def test_a_program_runs_as_without_the_recorder(self):
        self.assertEqual(self.dev('-m', 'execorder', '-c', PROGRAM), self.dev('-c', PROGRAM))

    def test_so_it_does_when_library_code_is_recorded_too(self):
        self.assertEqual(self.dev('-m', 'execorder', '--all-code', '-c', PROGRAM), self.dev('-c', PROGRAM))

    def test_the_package_itself_gives_no_warning(self):
        self.assertEqual(self.dev('-c', SESSION, PROGRAM, os.curdir), (0, '304\n' * 2, ''))

    def dev(self, *words):
        """Exit code, output and errors."""
        with tempfile.TemporaryDirectory() as folder:
            done = subprocess.run(
                [sys.executable, '-X', 'dev', '-W', 'error', *words], cwd=folder, stdout=subprocess.PIPE,
                stderr=subprocess.PIPE, universal_newlines=True, timeout=100)
        return done.returncode, done.stdout, done.stderr


if __name__ == '__main__':
    unittest.main()
