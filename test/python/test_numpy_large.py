"""Arrays of tens of megabytes: only the blocks that change are written."""

import os
import subprocess
import sys
import tempfile
import textwrap
import unittest

from packages import packages

import execorder

HOME = os.path.dirname(os.path.dirname(os.path.abspath(execorder.__file__)))
MEGABYTES = 40

PROGRAM = textwrap.dedent('''
    import os, sys
    import execorder, numpy

    kept = {'numpy': numpy}
    recording = execorder.exec(\'\'\'
    values = numpy.random.default_rng(1).random(%d)
    part = values[1000:2000]
    for i in range(200):
        values[i * 20000] = i
        part[i] += i
        values[i * 10:i * 10 + 5] = -1.0
    numpy.multiply(part, 2, out=part)
    values[::500000].sort()
    end = True
    \'\'\', kept, path=sys.argv[1])
    assert (recording.state(len(recording) - 1)['values'] == kept['values']).all()
    middle = recording.state(recording.visits(5)[100])['values']
    assert middle[99 * 20000] == 99 and middle[100 * 20000] != 100, middle[100 * 20000]
    recording.close()
    print(os.path.getsize(sys.argv[1]))
''')


@unittest.skipIf(sys.version_info < (3, 13), 'one interpreter is enough')
class LargeArrays(unittest.TestCase):
    def test_an_array_of_tens_of_megabytes_is_written_once_and_then_by_changed_block(self):
        path = os.pathsep.join([packages('--only-binary=:all:', 'numpy'), HOME])
        with tempfile.TemporaryDirectory() as folder:
            program = PROGRAM % (MEGABYTES << 17)
            done = subprocess.run(
                [sys.executable, '-c', program, os.path.join(folder, 'a.xrec')], env=dict(os.environ, PYTHONPATH=path),
                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, universal_newlines=True)
        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertLess(int(done.stdout), (MEGABYTES + 8) << 20)
