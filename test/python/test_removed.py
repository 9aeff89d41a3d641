"""A recording whose file is taken away while the program runs: the program doesn't notice, the user is told, and what can
be kept is kept."""

import os
import subprocess
import sys
import tempfile
import unittest
import warnings

import execorder

PROGRAM = """
import os, sys
if sys.argv[2] == 'move':
    os.rename(sys.argv[1], sys.argv[1] + '.moved.xrec')
else:
    os.unlink(sys.argv[1])
if sys.argv[2] == 'folder':
    os.rmdir(os.path.dirname(sys.argv[1]))
if sys.argv[2] == 'replace':
    open(sys.argv[1], 'w').close()
secret = 'known too late'
password = secret
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
        if how == 'folder':
            path = os.path.join(folder.name, 'own', 'gone.xrec')
            os.mkdir(os.path.dirname(path))
        with open(program, 'w') as file:
            file.write(PROGRAM)
        ended = subprocess.run(
            [sys.executable, '-m', 'execorder', *words, '-o', path, program, path, how, str(steps)],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, universal_newlines=True,
        )
        self.assertEqual((ended.returncode, ended.stdout), (3, '%d\n' % sum(range(steps))))
        return path, ended.stderr

    def test_a_removed_file_is_told_of_and_written_once_more(self):
        for words in ((), ('--redact', 'password'), ('--max-size', '2MB')):
            for steps in (10, 100000):
                with self.subTest(words=words, steps=steps):
                    path, told = self.run_program('remove', steps, *words)
                    self.assertEqual(
                        told, 'execorder: the recording %s was removed while the program ran; it has been written once more '
                        'at the end\n' % path)
                    self.assertEqual(sorted(os.listdir(os.path.dirname(path))), ['gone.xrec', 'program.py'])
                    self.assertEqual(os.stat(path).st_mode & 0o777, 0o600)
                    recording = execorder.open(path)
                    self.assertEqual(recording.state(recording.steps() - 1)['total'], sum(range(steps)))
                    with open(path, 'rb') as file:
                        self.assertFalse('--redact' in words and b'known too late' in file.read())

    def test_with_its_folder_it_is_lost(self):
        path, told = self.run_program('folder', 10)
        self.assertEqual(
            told, 'execorder: the recording is lost: its file %s was removed while the program ran\n' % path)
        self.assertFalse(os.path.exists(path))

    def test_a_file_that_took_its_place_is_left_alone(self):
        for steps in (10, 100000):
            with self.subTest(steps=steps):
                path, told = self.run_program('replace', steps)
                self.assertIn('was replaced by another while the program ran', told)
                self.assertEqual(os.path.getsize(path), 0)

    def test_a_moved_file_is_complete_where_it_is_and_told_of(self):
        for words in ((), ('--redact', 'password')):
            for steps in (10, 100000):
                with self.subTest(words=words, steps=steps):
                    path, told = self.run_program('move', steps, *words)
                    place = path + '.moved.xrec'
                    self.assertEqual(
                        told, 'execorder: the recording was moved while the program ran: it is %s\n' % place)
                    self.assertEqual(
                        sorted(os.listdir(os.path.dirname(path))), ['gone.xrec.moved.xrec', 'program.py'])
                    recording = execorder.open(place)
                    self.assertEqual(recording.state(recording.steps() - 1)['total'], sum(range(steps)))
                    self.assertEqual(recording.state(recording.steps() - 1).get('password') == 'known too late', not words)
                    if steps == 10:  # those that are longer are compressed
                        with open(place, 'rb') as file:
                            self.assertEqual(b'known too late' in file.read(), not words)

    def test_so_is_whoever_records_in_code(self):
        for how, words in (('rename', 'was moved while the program ran'), ('unlink', 'was removed while the program ran')):
            with self.subTest(how), tempfile.TemporaryDirectory() as folder:
                path = os.path.join(folder, 'own.xrec')
                with warnings.catch_warnings(record=True) as told:
                    warnings.simplefilter('always')
                    execorder.start(path)
                    getattr(os, how)(*[path, path + '.moved.xrec'][:1 + (how == 'rename')])
                    recording = execorder.stop()
                self.assertEqual([words in str(warning.message) for warning in told], [True])
                self.assertGreaterEqual(recording.steps(), 1)


if __name__ == '__main__':
    unittest.main()
