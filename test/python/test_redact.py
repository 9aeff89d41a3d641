"""Values of some names are left out of a recording."""

import os
import shutil
import subprocess
import sys
import tempfile
import unittest

import execorder

CODE = """
password = 'correct horse battery'
settings = {'token': 'staple-4711', 'colour': 'green'}
print('logged in with', password)
text = 'the password is ' + password
length = len(password)
"""
SECRETS = ('correct horse battery', 'staple-4711')


class RedactTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = os.path.join(folder.name, 'redacted.xrec')

    def check_file(self):
        with execorder.open(self.path) as recording:
            told = [repr(recording.state(n)) for n in range(recording.steps())]
            told += [recording.output(), recording.source() or '']
        for secret in SECRETS:
            self.assertEqual([text for text in told if secret in text], [])
        self.assertEqual(os.listdir(os.path.dirname(self.path)), ['redacted.xrec'])

    def test_exec_leaves_them_out(self):
        recording = execorder.exec(CODE, redact='password|token', path=self.path)
        state = recording.state(-1)
        self.assertEqual(state['settings'], {'token': '<redacted>', 'colour': 'green'})
        self.assertEqual(state['password'], '<redacted>')
        self.assertEqual(state['length'], 21)
        self.assertEqual(recording.stopped_by, 'end')
        self.assertEqual(recording.steps(), execorder.exec(CODE).steps())
        self.check_file()

    def test_so_do_start_and_with_blocks(self):
        with execorder.recording(self.path, redact='password|token') as recording:
            exec(CODE, {})
        self.assertEqual(recording.stopped_by, 'end')
        self.check_file()
        recording = execorder.start(redact='secret')
        secret = 'of this function only'
        execorder.stop()
        self.assertEqual(recording.state(-1)['secret'], '<redacted>')
        self.assertEqual(secret, 'of this function only')

    def test_a_temporary_file_goes_with_its_recording(self):
        recording = execorder.exec(CODE, redact='password')
        path = recording.path
        self.assertEqual(recording.state(-1)['password'], '<redacted>')
        del recording
        self.assertFalse(os.path.exists(path))

    def test_the_file_never_holds_them_whatever_happens(self):
        for begin in ('execorder.exec(code, path=path, redact="password")', 'execorder.start(path, redact="password"); exec(code)'):
            code = 'password = "correct horse"\nimport os\nos.kill(os.getpid(), 9)\n'
            program = 'import execorder\ncode, path = %r, %r\n%s\n' % (code, self.path, begin)
            self.assertEqual(subprocess.run([sys.executable, '-c', program]).returncode, -9)
            folder = os.path.dirname(self.path)
            (place,) = os.listdir(folder)
            self.assertTrue(place.startswith('.redacted.xrec.unredacted-'), place)
            place = os.path.join(folder, place)
            self.assertEqual(os.stat(place).st_mode & 0o777, 0o700)
            with execorder.open(os.path.join(place, 'redacted.xrec')) as recording:
                self.assertIsNone(recording.stopped_by)
            shutil.rmtree(place)

    def test_what_can_not_be_begun_leaves_nothing(self):
        folder = os.path.dirname(self.path)
        for path in (os.path.join(folder, 'none', 'x.xrec'), os.path.join(folder, 'x\0.xrec')):
            with self.assertRaises((OSError, ValueError)):
                execorder.exec('x = 1', path=path, redact='password')
            with self.assertRaises((OSError, ValueError)):
                execorder.start(path, redact='password')
        self.assertEqual(os.listdir(folder), [])

    def test_names_that_make_no_sense_are_refused_before_the_code_runs(self):
        ran = []
        for names in ('', '(', '['):
            with self.assertRaisesRegex(ValueError, 'redact'):
                execorder.exec('ran.append(1)', {'ran': ran}, redact=names)
            with self.assertRaisesRegex(ValueError, 'redact'):
                execorder.start(redact=names)
        with self.assertRaises(TypeError):
            execorder.exec('ran.append(1)', {'ran': ran}, redact=5)
        self.assertEqual(ran, [])

    def test_a_flight_recorder_says_that_it_can_not(self):
        with self.assertRaisesRegex(TypeError, 'flight recorder'):
            execorder.start(ring='10MB', redact='password')


if __name__ == '__main__':
    unittest.main()
