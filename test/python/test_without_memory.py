"""A program that runs out of memory ends as without the recorder."""

import dis
import os
import subprocess
import sys
import tempfile
import types
import unittest

import execorder

try:
    import _testcapi
except ImportError:
    _testcapi = None

SHALLOW = '''
import _testcapi
class C: pass
_testcapi.set_nomemory(0, %d)
C()
'''

DEEP = '''
import _testcapi
class C: pass
def recurse(n):
    if n:
        recurse(n - 1)
    else:
        _testcapi.set_nomemory(0)
        C()
recurse(%d)
'''

#: The modules whose frames lie below the program: its exceptions pass through them.
BELOW = ('__main__', '_run', '_program')
#: Larger numbers need memory.
LARGEST_READY_NUMBER = 256


def codes_of(code):
    yield code
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield from codes_of(constant)


class WithoutMemory(unittest.TestCase):
    @unittest.skipIf(_testcapi is None, 'this interpreter has no _testcapi')
    def test_the_program_ends_with_a_memory_error(self):
        for number in range(1, 20):
            with self.subTest(allocations=number):
                plain, recorded = self.both(SHALLOW % number)
                self.assertIn('MemoryError', recorded.stderr)
                self.assertIn(recorded.returncode, (1, 120))
                self.assertIn(plain.returncode, (1, 120))

    @unittest.skipIf(_testcapi is None, 'this interpreter has no _testcapi')
    def test_so_it_does_in_deep_calls(self):
        for depth in (8, 16, 40):
            with self.subTest(depth=depth):
                plain, recorded = self.both(DEEP % depth)
                self.assertNotEqual(recorded.returncode, 0)
                if sys.version_info >= (3, 11):  # before, CPython aborts without a recorder, too, in calls not much deeper
                    self.assertIn('MemoryError', recorded.stderr)
                    self.assertEqual(recorded.returncode, plain.returncode)

    @unittest.skipIf(sys.version_info < (3, 11), 'exception tables are younger')
    def test_no_handler_below_the_program_needs_memory_to_be_entered(self):
        """CPython tries for ever to make the number of the instruction that raised, where the handler wants it."""
        folder = os.path.dirname(execorder.__file__)
        for name in BELOW:
            path = os.path.join(folder, name + '.py')
            with open(path) as file:
                program = compile(file.read(), path, 'exec')
            for code in codes_of(program):
                last = max((entry.end for entry in dis._parse_exception_table(code) if entry.lasti), default=2) - 2
                self.assertLessEqual(last // 2, LARGEST_READY_NUMBER, '%s in %s' % (code.co_name, path))

    def both(self, source):
        with tempfile.TemporaryDirectory() as folder:
            recorder = ['-m', 'execorder', '-o', os.path.join(folder, 'run.xrec')]
            return [subprocess.run(
                [sys.executable, *words, '-c', source], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                universal_newlines=True, timeout=60,
            ) for words in ([], recorder)]


if __name__ == '__main__':
    unittest.main()
