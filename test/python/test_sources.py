"""Main files that are wrong as a whole: what the interpreter says of them is what it says without us."""

import os
import subprocess
import sys
import tempfile
import unittest

import execorder

HOME = os.path.dirname(os.path.dirname(os.path.abspath(execorder.__file__)))

SOURCES = {
    'no UTF-8': b'x = 1\nprint("caf\xe9")\n',
    'no UTF-8 at all': b'\x89',
    'an unknown encoding': b'# -*- coding: nonsense -*-\nx = 1\n',
    'not in its encoding': b'# coding: ascii\nx = "\xc3\xa9"\n',
    'a mark and another encoding': b'\xef\xbb\xbf# coding: latin-1\nx=1\n',
    'a zero byte': b'x = 1\nprint(x)\n\0y=2\n',
    'bad syntax': b'def f():\n    return return\n',
    'bad indentation': b'if x:\n  y = 1\n z = 2\n',
    'an open bracket': b'x = [1,\ny = 2\n',
    'bad code': b'def f():\n    x = 1\n    global x\n',
}


class Sources(unittest.TestCase):
    def run_it(self, words, folder):
        done = subprocess.run(
            [sys.executable] + words, cwd=folder, env=dict(os.environ, PYTHONPATH=HOME), stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, timeout=100)
        return done.returncode, done.stdout

    def test_the_interpreter_says_of_them_what_it_says_alone(self):
        with tempfile.TemporaryDirectory() as folder:
            for name, source in SOURCES.items():
                with open(os.path.join(folder, 'prog.py'), 'wb') as file:
                    file.write(source)
                plain = self.run_it(['prog.py'], folder)
                recorded = self.run_it(['-m', 'execorder', '-o', 'a.xrec', 'prog.py'], folder)
                with self.subTest(name):
                    self.assertEqual(recorded, plain)

    def test_their_text_is_recorded_whatever_they_are_written_in(self):
        text = "# -*- coding: %s -*-\nname = 'caf\xe9'\nprint(len(name))\n"
        for coding in ('utf-8', 'latin-1', 'iso-8859-1', 'iso-8859-15', 'windows-1252', 'cp850', 'utf8'):
            with self.subTest(coding), tempfile.TemporaryDirectory() as folder:
                with open(os.path.join(folder, 'prog.py'), 'w', encoding=coding) as file:
                    file.write(text % coding)
                self.assertEqual(self.run_it(['-m', 'execorder', '-o', 'a.xrec', 'prog.py'], folder), (0, b'4\n'))
                recording = execorder.open(os.path.join(folder, 'a.xrec'))
                self.assertEqual(recording.source(recording.step(1).file), text % coding)

    def test_a_program_that_hides_a_module_is_told_so_as_without_us(self):
        with tempfile.TemporaryDirectory() as folder:
            with open(os.path.join(folder, 'fractions.py'), 'w') as file:
                file.write('import fractions\nfractions.Fraction\n')
            plain = self.run_it(['fractions.py'], folder)
            recorded = self.run_it(['-m', 'execorder', '-o', 'a.xrec', 'fractions.py'], folder)
        self.assertEqual(recorded, plain)

    @unittest.skipIf(sys.version_info >= (3, 11), 'refused by the interpreter')
    def test_what_only_the_reader_of_files_understands_is_recorded(self):
        with tempfile.TemporaryDirectory() as folder:
            with open(os.path.join(folder, 'prog.py'), 'wb') as file:
                file.write(SOURCES['a zero byte'])
            self.run_it(['-m', 'execorder', '-o', 'a.xrec', 'prog.py'], folder)
            with execorder.open(os.path.join(folder, 'a.xrec')) as recording:
                self.assertEqual([recording.line(n) for n in range(len(recording))][-1], 2)
                self.assertEqual(recording.state(-1)['x'], 1)


if __name__ == '__main__':
    unittest.main()
