"""Recording a process that runs already."""

import os
import subprocess
import sys
import tempfile
import unittest

import execorder

HOME = os.path.dirname(os.path.dirname(execorder.__file__))
PROGRAM = '''
import sys, time
import execorder
{allow}
print('ready', flush=True)
x = 0
end = time.time() + 60
while time.time() < end:
    x += 1
    time.sleep(0.01)
'''


class Attaching(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def program(self, allow='', **environment):
        path = os.path.join(self.folder, 'prog.py')
        with open(path, 'w') as file:
            file.write(PROGRAM.format(allow=allow))
        process = subprocess.Popen(
            [sys.executable, path], stdout=subprocess.PIPE, universal_newlines=True,
            env=self.environment(**environment),
        )
        self.addCleanup(process.stdout.close)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        process.stdout.readline()
        return process

    def environment(self, **more):
        return dict(os.environ, PYTHONPATH=HOME, EXECORDER_CACHE=self.folder, **more)

    def attach(self, pid):
        return subprocess.run(
            [sys.executable, '-m', 'execorder', '--attach', str(pid), '-o', 'a.xrec', '--time-limit', '0.7'],
            cwd=self.folder, env=self.environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            universal_newlines=True, timeout=60,
        )

    def check(self, process):
        done = self.attach(process.pid)
        self.assertEqual((done.returncode, done.stdout.strip()), (0, os.path.join(self.folder, 'a.xrec')), done.stderr)
        self.assertIsNone(process.poll())
        with execorder.open(os.path.join(self.folder, 'a.xrec')) as recording:
            self.assertEqual(recording.stopped_by, 'end')
            values = [recording.state(n)['x'] for n in recording.visits(10)]
            self.assertGreater(len(values), 2)
            self.assertEqual(values, list(range(values[0], values[0] + len(values))))

    def test_a_process_that_allows_it_is_recorded_for_a_while_and_again(self):
        process = self.program('execorder.allow_attach()')
        self.check(process)
        self.check(process)

    def test_the_environment_may_allow_it(self):
        self.check(self.program(EXECORDER_ATTACH='1'))

    def test_one_that_does_not_allow_it_is_a_clear_error(self):
        done = self.attach(self.program().pid)
        self.assertEqual(done.returncode, 2)
        for way in ('execorder.allow_attach()', 'EXECORDER_ATTACH=1'):
            self.assertIn(way, done.stderr)
        self.assertIn('there is no process', self.attach(2 ** 22 + 1).stderr)


if __name__ == '__main__':
    unittest.main()
