"""The flight recorder: what is kept is written when something goes wrong."""

import glob
import os
import signal
import subprocess
import sys
import tempfile
import textwrap
import unittest

import execorder

HOME = os.path.dirname(os.path.dirname(execorder.__file__))


class Flights(unittest.TestCase):
    def fly(self, source, start="ring='20MB'"):
        """Runs a program; answers its exit code, what it wrote to stderr, and the recordings that are left."""
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        with open(os.path.join(folder.name, 'prog.py'), 'w') as file:
            file.write('import execorder\nexecorder.start(%s)\n' % start + textwrap.dedent(source))
        done = subprocess.run(
            [sys.executable, 'prog.py'], cwd=folder.name, env=dict(os.environ, PYTHONPATH=HOME),
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, universal_newlines=True, timeout=120,
        )
        found = [self.look(path) for path in sorted(glob.glob(folder.name + '/*.xrec'))]
        return done.returncode, done.stderr, found

    def look(self, path):
        with execorder.open(path) as recording:
            return os.path.basename(path), recording.stopped_by, str(recording.error), recording.state(-1).get('x')

    def test_when_all_goes_well_nothing_is_left(self):
        self.assertEqual(self.fly('x = 1'), (0, '', []))

    def test_an_exception_that_nobody_catches(self):
        code, shown, found = self.fly('''
            import sys
            before = sys.excepthook
            x = 5
            1 / 0
        ''')
        self.assertEqual(code, 1)
        self.assertIn('what led to it is recorded in', shown)
        self.assertIn('ZeroDivisionError', shown)
        self.assertRegex(found[0][0], r'^prog-\d+\.xrec$')
        self.assertEqual([one[1:] for one in found], [('exception', 'ZeroDivisionError: division by zero', 5)])

    def test_hooks_of_the_program_are_called_as_well(self):
        code, shown, found = self.fly('''
            import sys
            execorder.stop()
            sys.excepthook = lambda *words: print('own hook', file=sys.stderr)
            execorder.start('a.xrec', ring=10 ** 7)
            x = 1
            raise KeyError(x)
        ''')
        self.assertIn('own hook', shown)
        self.assertEqual([one[:2] for one in found], [('a.xrec', 'exception')])

    @unittest.skipIf(sys.version_info < (3, 8), 'threads tell of their exceptions since 3.8')
    def test_an_exception_in_a_thread(self):
        code, shown, found = self.fly('''
            import threading
            def work():
                x = 7
                raise ValueError(x)
            thread = threading.Thread(target=work)
            thread.start()
            thread.join()
        ''')
        self.assertEqual((code, [one[1:3] for one in found]), (0, [('exception', 'ValueError: 7')]))

    def test_an_exception_in_a_task(self):
        code, shown, found = self.fly('''
            import asyncio
            async def work():
                raise ValueError(7)
            async def main():
                asyncio.ensure_future(work())
                await asyncio.sleep(0.01)
            loop = asyncio.new_event_loop()
            loop.run_until_complete(main())
            import gc
            gc.collect()
        ''')
        self.assertEqual((code, [one[1:3] for one in found]), (0, [('exception', 'ValueError: 7')]), shown)

    def test_sigterm_ends_the_program_as_ever(self):
        code, shown, found = self.fly('''
            import os, signal
            x = 3
            os.kill(os.getpid(), signal.SIGTERM)
            while True:
                pass
        ''')
        self.assertEqual(code, -signal.SIGTERM)
        self.assertEqual([one[1:] for one in found][:1], [('signal', 'SIGTERM', 3)])

    def test_sigusr1_and_dump_write_and_go_on(self):
        code, shown, found = self.fly('''
            import os, signal
            x = 1
            os.kill(os.getpid(), signal.SIGUSR1)
            x = 2
            x = 2
            print(os.path.exists(execorder.dump()))
            x = 3
        ''', "'a.xrec', ring='20MB'")
        self.assertEqual(code, 0, shown)
        self.assertEqual([one[0] for one in found], ['a-2.xrec', 'a.xrec'])
        self.assertEqual([one[1] for one in found], ['end', 'signal'])

    def test_each_dump_reaches_back_past_the_one_before(self):
        code, shown, found = self.fly('''
            import sys
            seen = []
            def work(n):
                for i in range(n):
                    seen.append(i)
                    del seen[:-5]
            work(5000)
            x = 'one'
            first = execorder.dump()
            work(200)
            x = 'two'
            second = execorder.dump()
            work(150000)
            x = 'three'
            third = execorder.dump()
            for path in (first, second, third):
                with execorder.open(path) as recording:
                    first = recording.first_step
                    print(first, recording.steps(), recording.state(first + 5).get('x'), file=sys.stderr)
        ''', "'a.xrec', ring='2MB', dump_on=()")
        self.assertEqual([one[1:] for one in found],
                         [('end', 'None', 'two'), ('end', 'None', 'three'), ('end', 'None', 'one')], shown)
        rows = [line.split() for line in shown.splitlines() if not line.startswith('execorder')]
        self.assertEqual([row[0] for row in rows[:2]], ['0', '0'])
        self.assertGreater(int(rows[1][1]), int(rows[0][1]) + 600)
        self.assertGreater(int(rows[2][0]), 0)  # the ring's oldest part is gone, and what is kept begins with a full state
        self.assertEqual(rows[2][2], 'two')

    def test_a_timeout(self):
        code, shown, found = self.fly('''
            import time
            x = 1
            end = time.time() + 1.5
            while time.time() < end:
                x = 2
        ''', "ring='20MB', timeout=0.3")
        self.assertEqual((code, [one[1] for one in found]), (0, ['timeout']), shown)

    def test_the_end_when_that_is_asked_for(self):
        code, shown, found = self.fly('x = 1\ny = x', "ring='20MB', dump_on=('exit',)")
        self.assertEqual([one[1] for one in found], ['exit'], shown)

    def test_a_crash_leaves_what_was_recorded(self):
        code, shown, found = self.fly('''
            import ctypes
            x = 9
            y = x
            ctypes.string_at(0)
        ''', "'a.xrec', ring='20MB'")
        self.assertLess(code, 0)
        self.assertEqual([(one[0], one[1], one[3]) for one in found], [('a.ring.xrec', None, 9)])

    def test_bad_options_are_refused(self):
        for options, problem in (({'ring': 'much'}, 'a size is'), ({'ring': 5}, 'at least 1MiB'),
                                 ({'ring': 5, 'dump_on': ('never',)}, 'dump_on names'),
                                 ({'ring': 5, 'timeout': 0}, 'timeout must be')):
            with self.assertRaisesRegex(ValueError, problem):
                execorder.start(**options)
        with self.assertRaisesRegex(execorder.RecordingError, 'no flight recorder'):
            execorder.dump()


if __name__ == '__main__':
    unittest.main()
