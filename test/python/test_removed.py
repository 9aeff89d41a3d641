"""A recording whose file is taken away while the program runs: the program doesn't notice, the user is told."""

import os
import subprocess
import sys
import tempfile
import unittest

PROGRAM = """
import os, sys
os.unlink(sys.argv[1])
if sys.argv[2] == 'replace':
    open(sys.argv[1], 'w').close()
total = 0
for i in range(int(sys.argv[3])):
    total += i
print(total)
sys.exit(3)
"""


class RemovedTest(unittest.TestCase):
    def run_program(self, how, steps, *words):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        path, program = os.path.join(folder.name, 'gone.xrec'), os.path.join(folder.name, 'program.py')
        with open(program, 'w') as file:
            file.write(PROGRAM)
        ended = subprocess.run(
            [sys.executable, '-m', 'execorder', *words, '-o', path, program, path, how, str(steps)],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, universal_newlines=True,
        )
        self.assertEqual((ended.returncode, ended.stdout), (3, '%d\n' % sum(range(steps))))
        return path, ended.stderr

    def test_a_removed_file_is_told_of(self):
        for words in ((), ('--redact', 'password'), ('--max-size', '2MB')):
            for steps in (10, 100000):
                with self.subTest(words=words, steps=steps):
                    path, told = self.run_program('remove', steps, *words)
                    self.assertEqual(
                        told, 'execorder: the recording is lost: its file %s was removed while the program ran\n' % path,
                    )
                    self.assertEqual(os.listdir(os.path.dirname(path)), ['program.py'])

    def test_a_file_that_took_its_place_is_left_alone(self):
        for steps in (10, 100000):
            with self.subTest(steps=steps):
                path, told = self.run_program('replace', steps)
                self.assertIn('was replaced by another while the program ran', told)
                self.assertEqual(os.path.getsize(path), 0)


if __name__ == '__main__':
    unittest.main()
