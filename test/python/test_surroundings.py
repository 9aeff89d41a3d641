"""Programs that take away what a recorder may lean on: the standard error, and the interpreter that it records."""

import importlib.util
import os
import subprocess
import sys
import tempfile
import unittest

import execorder

OWN_STREAM = """
import sys

class Own:
    closed = False

    def flush(self):
        pass

    def write(self, text):
        print('written:', text)

    writelines = write

sys.stderr = %s
total = 1 + 2
"""

SUB_INTERPRETERS = """
import _testcapi, weakref

INNER = '''
import atexit, gc, threading, time
threading.Thread(target=time.sleep, args=(0.01,)).start()  # up to 3.8, what it leaves is freed where no thread is current
gc.collect()
def inner(values):
    values.append(len(values))
    return values
inner([inner])
atexit.register(inner, [])
'''

def outer(values):
    for i in range(3):
        garbage = []
        garbage.append(garbage)
        garbage = None  # before 3.9, sub-interpreters collect it
        values.append(_testcapi.run_in_subinterp(INNER))
        values.append(i)
    return values

followed = weakref.ref(outer)
found = outer([])
last = found[:]
"""


class SurroundingsTest(unittest.TestCase):
    def record(self, text, *options):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path, program = os.path.join(folder.name, 'program.xrec'), os.path.join(folder.name, 'program.py')
        with open(program, 'w') as file:
            file.write(text)
        ended = subprocess.run(
            [sys.executable, '-m', 'execorder', *options, '-o', self.path, program],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, universal_newlines=True, timeout=120)
        self.assertEqual(ended.returncode, 124 if '--max-steps' in options else 0, ended.stderr)
        return ended

    def state_at_the_end(self):
        """Leaves in self.frames where each step was."""
        recording = execorder.open(self.path)
        self.addCleanup(recording.close)
        self.frames = [frame for n in range(recording.steps()) for frame in recording.stack(n)[:1]]
        program = os.path.join(os.path.dirname(self.path), 'program.py')
        last = max(n for n in range(recording.steps()) if recording.stack(n) and recording.stack(n)[0].file == program)
        return recording.state(last)

    def test_the_programs_own_standard_error_is_left_alone(self):
        for own in ('None', 'Own()'):
            with self.subTest(own):
                ended = self.record(OWN_STREAM % own)
                self.assertEqual((ended.stdout, ended.stderr), ('', ''))
                self.assertEqual(self.state_at_the_end()['total'], 3)

    def test_what_is_to_be_told_gets_past_it(self):
        ended = self.record(OWN_STREAM % 'None' + 'while True: total += 1\n', '--max-steps', '50')
        self.assertIn('execorder: stopped by --max-steps', ended.stderr)

    @unittest.skipIf(importlib.util.find_spec('_testcapi') is None, 'this Python has no _testcapi')
    def test_sub_interpreters_are_passed_over(self):
        for options in ((), ('--all-code',)):
            with self.subTest(options):
                ended = self.record(SUB_INTERPRETERS, *options)
                self.assertEqual(ended.stderr, '')
                self.assertEqual(self.state_at_the_end()['last'], [0, 0, 0, 1, 0, 2])
                self.assertNotIn('inner', {frame.function for frame in self.frames})

    @unittest.skipIf(importlib.util.find_spec('_testcapi') is None, 'this Python has no _testcapi')
    def test_recording_in_a_sub_interpreter_is_refused(self):
        inner = 'import execorder\ntry:\n    execorder.exec("x = 1")\nexcept RuntimeError as error:\n    print(error, flush=True)\n'
        ended = subprocess.run(
            [sys.executable, '-c', 'import _testcapi; _testcapi.run_in_subinterp(%r)' % inner],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, universal_newlines=True, timeout=120)
        self.assertEqual(ended.stdout, "Execorder records a process's main interpreter only, and this is a sub-interpreter.\n", ended.stderr)


if __name__ == '__main__':
    unittest.main()
