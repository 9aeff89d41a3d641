"""start, stop, `with recording()` and @record: parts of a running program."""

import asyncio
import os
import subprocess
import sys
import tempfile
import textwrap
import threading
import unittest

import execorder

HOME = os.path.dirname(os.path.dirname(execorder.__file__))


def helper(a):
    b = a + 1
    return b


def lines(recording, function):
    return [step.line for step in recording if step.kind == 'line' and step.function == function]


class Starting(unittest.TestCase):
    def tearDown(self):
        try:
            execorder.stop()
        except execorder.RecordingError:
            pass

    def test_a_file_that_is_removed_meanwhile_harms_nobody(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, 'removed.xrec')
            taken = execorder.start(path)
            numbers = [1]
            os.unlink(path)
            for number in range(20000):
                numbers.append(number)
            with self.assertWarnsRegex(RuntimeWarning, 'was removed while the program ran'):
                execorder.stop()
            self.assertEqual(os.listdir(folder), ['removed.xrec'])
        self.assertEqual(taken.stopped_by, 'end')
        self.assertEqual(len(taken.state(-1)['numbers']), 20001)
        taken.close()

    def test_running_functions_are_recorded_from_here_on_with_their_callers(self):
        def outer():
            kept = ['outer']
            inner(3)
            kept.append('after')
            return kept

        def inner(n):
            text = 'a'
            recording = execorder.start()
            text += helper(n) * 'b'
            return recording

        outer()
        recording = execorder.stop()
        call = next(step for step in recording if step.function == 'helper')
        stack = recording.stack(call)
        self.assertEqual([frame.function for frame in stack[:3]], ['helper', 'inner', 'outer'])
        self.assertEqual((stack[1].locals['text'], stack[2].locals['kept']), ('a', ['outer']))
        self.assertEqual(stack[1].line, call_line(inner, 3))
        first_of_outer = next(step for step in recording if step.function == 'outer')
        self.assertEqual(first_of_outer.line, call_line(outer, 3))
        self.assertEqual(recording.state(recording.visits(call_line(outer, 4), first_of_outer.file)[0])['kept'],
                         ['outer', 'after'])

    def test_what_the_line_of_start_itself_binds_is_seen(self):
        x = 1
        x = (execorder.start(), 2)[1]
        y = x
        recording = execorder.stop()
        self.assertEqual(recording.state(0)['x'], 2)
        self.assertEqual(recording.state(-1)['y'], y)

    def test_objects_that_were_there_are_followed(self):
        items = [1, {'k': 2}]
        execorder.start()
        items[1]['k'] = 3
        items.append(4)
        recording = execorder.stop()
        self.assertEqual(recording.state(0)['items'], [1, {'k': 2}])
        self.assertEqual(recording.state(-1)['items'], [1, {'k': 3}, 4])

    def test_a_generator_that_is_suspended_goes_on_recorded(self):
        def numbers():
            n = 10
            yield n
            n += 1
            yield n

        running = numbers()
        next(running)
        execorder.start()
        next(running)
        recording = execorder.stop()
        inside = [step for step in recording if step.function == 'numbers']
        self.assertEqual([step.kind for step in inside][-1], 'yield')
        self.assertEqual(recording.state(inside[-1])['n'], 11)

    def test_other_threads_are_recorded_where_they_are(self):
        go_on, is_there = threading.Event(), threading.Event()

        def work():
            done = []
            is_there.set()
            go_on.wait()
            done.append('x')
            return done

        thread = threading.Thread(target=work)
        thread.start()
        is_there.wait()
        execorder.start()
        go_on.set()
        thread.join()
        recording = execorder.stop()
        inside = [step for step in recording if step.function == 'work']
        self.assertEqual([step.line - call_line(work, 0) for step in inside], [4, 5, 5])
        self.assertEqual(recording.state(inside[-1])['done'], ['x'])

    def test_one_at_a_time_and_none_to_stop_are_clear_errors(self):
        with self.assertRaisesRegex(execorder.RecordingError, r'call execorder.start\(\) first'):
            execorder.stop()
        execorder.start()
        with self.assertRaisesRegex(execorder.RecordingError, r'call execorder.stop\(\) first'):
            execorder.start()
        with self.assertRaisesRegex(ValueError, 'max_steps must be at least 1'):
            execorder.recording(max_steps=0)

    def test_max_steps_end_the_recording_and_not_the_program(self):
        execorder.start(max_steps=5)
        total = 0
        for n in range(10):
            total += n
        recording = execorder.stop()
        self.assertEqual((recording.steps(), recording.stopped_by, total), (5, 'max_steps', 45))

    def test_it_can_be_done_again_and_again(self):
        for n in range(5):
            with execorder.recording() as recording:
                helper(n)
            self.assertEqual(lines(recording, 'helper'), [call_line(helper, 1), call_line(helper, 2)])

    def test_exec_inside_is_recorded_by_both(self):
        with execorder.recording() as outer:
            inner = execorder.exec('x = 1\nx = 2')
        self.assertEqual(inner.state(-1), {'x': 2})
        self.assertGreater(outer.steps(), 0)


def call_line(function, offset):
    return function.__code__.co_firstlineno + offset


class Blocks(unittest.TestCase):
    def test_an_exception_that_leaves_the_block_is_the_error(self):
        with self.assertRaises(ZeroDivisionError):
            with execorder.recording() as recording:
                helper(1)
                1 / 0
        self.assertEqual(recording.stopped_by, 'exception')
        self.assertIsInstance(recording.error, ZeroDivisionError)
        self.assertFalse(recording.exceptions()[-1].swallowed)

    def test_a_file_is_kept_where_it_was_asked_for(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, 'part.xrec')
            with execorder.recording(path):
                helper(1)
            with execorder.open(path) as recording:
                self.assertEqual(lines(recording, 'helper'), [call_line(helper, 1), call_line(helper, 2)])
            with self.assertRaises(OSError):
                with execorder.recording(os.path.join(folder, 'no', 'part.xrec')):
                    pass


class Decorated(unittest.TestCase):
    def test_each_call_has_a_recording(self):
        @execorder.record(keep=2)
        def double(n):
            """Doubles."""
            m = n * 2
            return m

        self.assertIsNone(double.recording)
        self.assertEqual([double(n) for n in (1, 2, 3)], [2, 4, 6])
        self.assertEqual(double.__doc__, 'Doubles.')
        self.assertEqual(len(double.recordings), 2)
        self.assertEqual([recording.step(0).kind for recording in double.recordings], ['call', 'call'])
        ends = [max(step.step for step in recording if step.function == 'double') for recording in double.recordings]
        self.assertEqual([one.state(n)['m'] for one, n in zip(double.recordings, ends)], [4, 6])

    def test_a_recursion_is_one_recording(self):
        @execorder.record
        def fact(n):
            return 1 if n < 2 else n * fact(n - 1)

        self.assertEqual(fact(4), 24)
        self.assertEqual(len(fact.recordings), 1)
        self.assertEqual([step.kind for step in fact.recording if step.function == 'fact'].count('call'), 4)

    def test_methods_and_exceptions(self):
        class Thing:
            @execorder.record
            def method(self, n):
                return n / 0

            @execorder.record
            @staticmethod
            def static(n):
                return n

            @classmethod
            @execorder.record
            def of_class(cls, n):
                return n, cls.__name__

        with self.assertRaises(ZeroDivisionError):
            Thing().method(3)
        self.assertIsInstance(Thing.method.recording.error, ZeroDivisionError)
        self.assertEqual((Thing.static(1), Thing().static(2), Thing.of_class(3)), (1, 2, (3, 'Thing')))
        with self.assertRaises(TypeError):
            execorder.record(5)
        with self.assertRaises(ValueError):
            execorder.record(keep=0)

    def test_generators_are_recorded_to_their_end(self):
        @execorder.record
        def numbers(n):
            for i in range(n):
                got = yield i
                if got:
                    return got

        self.assertEqual(list(numbers(3)), [0, 1, 2])
        running = numbers(5)
        next(running)
        with self.assertRaises(StopIteration) as stop:
            running.send('end')
        self.assertEqual(stop.exception.value, 'end')
        self.assertEqual([step.kind for step in numbers.recording if step.function == 'numbers'][-1], 'return')

    def test_coroutines_and_asynchronous_generators(self):
        @execorder.record
        async def add(a, b):
            await asyncio.sleep(0)
            return a + b

        @execorder.record
        async def echo(first):
            got = yield first
            while got is not None:
                try:
                    got = yield got * 2
                except KeyError:
                    got = yield 'caught'

        async def main():
            running = echo(1)
            answers = [await running.asend(None), await running.asend(4), await running.athrow(KeyError())]
            await running.aclose()
            return await add(1, 2), answers, [item async for item in echo(7)]

        loop = asyncio.new_event_loop()
        try:
            answer = loop.run_until_complete(main())
        finally:
            loop.close()
        self.assertEqual(answer, (3, [1, 8, 'caught'], [7]))
        self.assertEqual([step.kind for step in add.recording if step.function == 'add'][-1], 'return')
        self.assertEqual(echo.recording.stopped_by, 'end')

    def test_files_are_numbered(self):
        with tempfile.TemporaryDirectory() as folder:
            @execorder.record(path=os.path.join(folder, 'call-{n}.xrec'))
            def nothing():
                pass

            nothing()
            nothing()
            self.assertEqual(sorted(os.listdir(folder)), ['call-1.xrec', 'call-2.xrec'])


class Processes(unittest.TestCase):
    def run_program(self, source):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        done = subprocess.run(
            [sys.executable, '-c', textwrap.dedent(source)], cwd=folder.name, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, universal_newlines=True, env=dict(os.environ, PYTHONPATH=HOME),
        )
        return done, folder.name

    def test_the_end_of_the_program_completes_the_recording(self):
        done, folder = self.run_program('''
            import execorder
            execorder.start('a.xrec')
            x = 1
        ''')
        self.assertEqual((done.returncode, done.stderr), (0, ''))
        with execorder.open(os.path.join(folder, 'a.xrec')) as recording:
            self.assertEqual(recording.stopped_by, 'end')

    def test_code_behind_dash_c_is_the_programs_own(self):
        done, folder = self.run_program('''
            import execorder
            def f(n):
                return n + 1
            recording = execorder.start()
            x = f(1)
            execorder.stop()
            print([step.function for step in recording if step.kind == 'line'], recording.state(-1)['x'])
        ''')
        self.assertEqual(done.stdout, "['<module>', 'f', '<module>'] 2\n", done.stderr)

    def test_a_fork_leaves_the_recording_to_its_parent(self):
        done, folder = self.run_program('''
            import os, execorder
            def f(n):
                return n
            execorder.start('a.xrec')
            import warnings
            warnings.simplefilter('ignore')
            pid = os.fork()
            f(1)
            if pid == 0:
                raise SystemExit(0)
            os.waitpid(pid, 0)
            f(2)
            execorder.stop()
        ''')
        self.assertEqual((done.returncode, done.stderr), (0, ''))
        with execorder.open(os.path.join(folder, 'a.xrec')) as recording:
            self.assertEqual(recording.stopped_by, 'end')


if __name__ == '__main__':
    unittest.main()
