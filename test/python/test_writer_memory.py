"""How much memory recording takes in the user's program, from its start until the recording is compressed."""

import os
import subprocess
import sys
import tempfile
import unittest

PROGRAM = '''
import sys

def main(rounds):
    counts, recent = {}, []
    for turn in range(rounds):
        counts[turn % 500] = turn
        recent.append(turn)
        if len(recent) > 50:
            del recent[:25]

main(int(sys.argv[1]))
'''
OBJECTS = '''
import sys

kept = []
for turn in range(int(sys.argv[1])):
    kept.append([])
'''
SOME, MANY = 400000, 1600000  # living objects
MOST_EACH = 208  # bytes for what identifies a living object; the table of them doubles now and then
SHORT, LONG = 1000000, 2500000  # rounds, of five steps each
MOST = 64 * 1024  # kibibytes
GROWTH = 16 * 1024  # how far the compressing thread is behind comes to some mebibytes; the log grows by 60 more


@unittest.skipUnless(sys.platform == 'linux', 'memory is measured as Linux tells it')
class WriterMemory(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.script = os.path.join(folder.name, 'program.py')
        with open(self.script, 'w') as file:
            file.write(PROGRAM)

    def peak(self, rounds, recorded=True):
        """The most memory that the process had, mapped parts of the recording included, in kibibytes."""
        recorder = ['-m', 'execorder', '-o', os.path.join(self.folder, 'a.xrec')] if recorded else []
        process = subprocess.Popen([sys.executable] + recorder + [self.script, str(rounds)])
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = status
        self.assertEqual(status, 0)
        return usage.ru_maxrss

    def test_it_is_bounded_and_does_not_grow_with_the_length_of_the_recording(self):
        plain, short, long = self.peak(SHORT, recorded=False), self.peak(SHORT), self.peak(LONG)
        self.assertLess(long - plain, MOST)
        self.assertLess(long - short, GROWTH)

    def test_a_living_object_takes_a_known_number_of_bytes(self):
        with open(self.script, 'w') as file:
            file.write(OBJECTS)
        plain = self.peak(MANY, recorded=False) - self.peak(SOME, recorded=False)
        recorded = self.peak(MANY) - self.peak(SOME)
        each = 1024 * (recorded - plain) / (MANY - SOME)
        self.assertLess(each, MOST_EACH)


if __name__ == '__main__':
    unittest.main()
