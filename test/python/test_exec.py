"""execorder.exec: the recorded, bounded exec()."""

import builtins
import gc
import os
import tempfile
import threading
import time
import unittest

import execorder

SHUFFLE = '''
import random
X = []
for i in range(20):
    X.append(random.random())
    random.shuffle(X)
'''

OUTLIVE = '''
def survive():
    while True:
        try:
            while True:
                pass
        except BaseException:
            pass
        finally:
            pass
survive()
'''


class Seed(unittest.TestCase):
    def test_the_list_of_the_shuffle_is_there_at_each_of_forty_steps(self):
        recording = execorder.exec(SHUFFLE)
        lists = [recording.state(n).get('X', None) for n in range(40)]
        self.assertIsNone(lists[0])
        self.assertIn([], lists)
        for before, after in zip(lists, lists[1:]):
            if before and len(after) == len(before):
                self.assertEqual(sorted(before), sorted(after))
        self.assertEqual(recording.state(-1)['X'], recording.state(recording.steps() - 1)['X'])


class Running(unittest.TestCase):
    def test_globals_are_used_and_left_filled_like_by_exec(self):
        names = {'x': 20}
        execorder.exec('y = x + 1', names)
        self.assertEqual(names['y'], 21)
        self.assertIn('__builtins__', names)

    def test_without_globals_the_state_shows_only_the_names_of_the_program(self):
        self.assertEqual(execorder.exec('x = 1').state(-1), {'x': 1})

    def test_a_code_object_is_run_as_it_is(self):
        code = compile('x = 1\ny = 2', 'given.py', 'exec')
        recording = execorder.exec(code)
        self.assertIs(recording.code, code)
        self.assertEqual(recording.visits(2), [2])
        self.assertEqual(recording.step(1).file, 'given.py')

    def test_source_text_is_kept(self):
        recording = execorder.exec('x = 1\n')
        self.assertEqual(recording.code, 'x = 1\n')

    def test_a_syntax_error_is_raised_as_by_exec(self):
        with self.assertRaises(SyntaxError):
            execorder.exec('x = = 1')

    def test_the_exception_that_ends_the_code_is_the_error(self):
        recording = execorder.exec('def f():\n    raise KeyError("missing")\nf()')
        self.assertIsInstance(recording.error, KeyError)
        self.assertEqual(recording.stopped_by, 'exception')
        with self.assertRaises(KeyError):
            recording.raise_for_error()

    def test_the_traceback_of_the_error_shows_only_the_frames_of_the_program(self):
        recording = execorder.exec('def f():\n    1 / 0\nf()')
        names, entry = [], recording.error.__traceback__
        while entry is not None:
            names.append((entry.tb_frame.f_code.co_name, entry.tb_lineno))
            entry = entry.tb_next
        self.assertEqual(names, [('<module>', 3), ('f', 2)])

    def test_system_exit_is_an_error_like_others(self):
        self.assertEqual(execorder.exec('raise SystemExit(3)').error.code, 3)

    def test_code_that_ends_by_itself_has_no_error(self):
        recording = execorder.exec('pass')
        self.assertIsNone(recording.error)
        self.assertEqual(recording.stopped_by, 'end')
        recording.raise_for_error()

    def test_only_the_given_code_is_recorded_step_by_step(self):
        def helper(items):
            items.append(1)
            items.append(2)

        recording = execorder.exec('items = []\nhelper(items)\nlast = items', {'helper': helper})
        self.assertEqual({step.function for step in recording}, {'<module>'})
        self.assertEqual(recording.state(-1)['last'], [1, 2])

    def test_two_recordings_after_each_other_are_independent(self):
        first = execorder.exec('x = [1]')
        second = execorder.exec('x = [2]')
        self.assertEqual((first.state(-1), second.state(-1)), ({'x': [1]}, {'x': [2]}))

    def test_the_temporary_file_goes_with_the_recording(self):
        recording = execorder.exec('x = 1')
        path = recording.path
        self.assertEqual(os.stat(path).st_mode & 0o777, 0o600)
        del recording
        self.assertFalse(os.path.exists(path))

    def test_the_temporary_file_goes_also_after_an_error(self):
        recording = execorder.exec('def f():\n    1 / 0\nf()')
        path = recording.path
        del recording
        gc.collect()
        self.assertFalse(os.path.exists(path))

    def test_a_path_is_kept(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, 'kept.xrec')
            execorder.exec('x = 1', path=path).close()
            with execorder.open(path) as recording:
                self.assertEqual(recording.state(-1), {'x': 1})

    def test_a_path_that_cannot_be_written_is_an_os_error(self):
        with self.assertRaises(OSError):
            execorder.exec('x = 1', path='/no/such/folder/x.xrec')
        self.assertEqual(execorder.exec('x = 1').state(-1), {'x': 1})


class Steps(unittest.TestCase):
    def test_max_steps_stops_at_exactly_that_step(self):
        for limit in (1, 2, 7, 1000):
            recording = execorder.exec('while True:\n    pass', max_steps=limit)
            self.assertEqual(recording.steps(), limit)
            self.assertEqual(recording.stopped_by, 'max_steps')
            self.assertIsInstance(recording.error, execorder.MaxStepsReached)

    def test_max_steps_cannot_be_outlived(self):
        recording = execorder.exec(OUTLIVE, max_steps=100)
        self.assertEqual(recording.stopped_by, 'max_steps')
        self.assertEqual(recording.steps(), 100)

    def test_code_that_ends_before_is_not_stopped(self):
        self.assertEqual(execorder.exec('x = 1', max_steps=1000).stopped_by, 'end')

    def test_senseless_bounds_are_refused(self):
        for bounds in ({'max_steps': 0}, {'time_limit': 0}, {'time_limit': float('nan')}, {'callback_interval': 0}):
            with self.assertRaises(ValueError):
                execorder.exec('x = 1', **bounds)

    def test_what_is_of_another_kind_is_refused_with_what_is_wanted(self):
        for words, sentence in (
            ({'code': 3}, "code is source text or a code object, not 'int'"),
            ({'globals': []}, "globals is a dict, not 'list'"),
            ({'callback': 3}, 'callback is a function, not 3'),
            ({'callback_interval': 'a'}, "callback_interval is a whole number, not 'a'"),
            ({'max_steps': 1.5}, 'max_steps is a whole number, not 1.5'),
            ({'time_limit': '1'}, "time_limit is a number of seconds, not '1'"),
        ):
            ran = {}
            with self.subTest(sentence), self.assertRaises(TypeError) as caught:
                execorder.exec(**dict({'code': 'x = 1', 'globals': ran}, **words))
            self.assertEqual((str(caught.exception), ran), (sentence, {}))


class Time(unittest.TestCase):
    def stops_in_time(self, code, seconds=0.3):
        began = time.monotonic()
        recording = execorder.exec(code, time_limit=seconds)
        took = time.monotonic() - began
        self.assertEqual(recording.stopped_by, 'time_limit')
        self.assertIsInstance(recording.error, execorder.TimeLimitReached)
        self.assertGreaterEqual(took, seconds)
        # Without the limit none of them would end before 30 seconds; a busy machine may take its time.
        self.assertLess(took, 25.0)
        return recording

    def test_a_loop_is_stopped(self):
        self.stops_in_time('while True:\n    pass')

    def test_a_blocking_call_is_interrupted(self):
        self.stops_in_time('import time\ntime.sleep(30)')

    def test_a_wait_for_a_lock_is_interrupted(self):
        self.stops_in_time('import threading\nlock = threading.Lock()\nlock.acquire()\nlock.acquire()')

    def test_library_code_is_stopped(self):
        self.stops_in_time('import heapq, itertools\nall(heapq.merge(itertools.count(1), itertools.count(1)))')

    def test_code_cannot_outlive_it(self):
        self.stops_in_time(OUTLIVE)

    def test_sleeping_again_and_again_does_not_outlive_it(self):
        self.stops_in_time('''
import time
while True:
    try:
        time.sleep(30)
    except BaseException:
        pass
''')

    def test_code_that_ends_in_time_is_left_alone(self):
        recording = execorder.exec('x = sum(range(1000))', time_limit=30)
        self.assertEqual((recording.stopped_by, recording.error), ('end', None))

    def test_no_interrupt_comes_after_the_end(self):
        for _ in range(30):
            execorder.exec('for i in range(200): pass', time_limit=0.001)
            for _ in range(100):
                pass
        time.sleep(0.05)

    def test_it_works_in_another_thread(self):
        results = []
        thread = threading.Thread(target=lambda: results.append(self.stops_in_time(OUTLIVE)))
        thread.start()
        thread.join(20)
        self.assertEqual(len(results), 1)


class Callbacks(unittest.TestCase):
    def test_it_is_called_at_the_start_at_every_interval_and_at_the_end(self):
        seen = []
        recording = execorder.exec(
            'for i in range(100):\n    pass', callback=lambda r: seen.append(r.steps()), callback_interval=50,
        )
        self.assertEqual(seen[0], 0)
        self.assertEqual(seen[1:-1], list(range(50, recording.steps(), 50))[:len(seen) - 2])
        self.assertEqual(seen[-1], recording.steps())

    def test_it_sees_the_state_so_far(self):
        states = []

        def look(recording):
            if recording.steps() > 2:
                states.append(recording.state(-1)['items'])

        execorder.exec('items = []\nfor i in range(60):\n    items.append(i)', callback=look, callback_interval=30)
        self.assertGreater(len(states), 2)
        for items in states:
            self.assertEqual(items, list(range(len(items))))
        self.assertEqual(len(states[-1]), 60)

    def test_false_stops_the_code(self):
        recording = execorder.exec(
            'while True:\n    pass', callback=lambda r: r.steps() < 100, callback_interval=10,
        )
        self.assertEqual(recording.stopped_by, 'callback')
        self.assertEqual(recording.steps(), 100)

    def test_false_at_the_start_runs_nothing(self):
        names = {}
        recording = execorder.exec('x = 1', names, callback=lambda r: False)
        self.assertNotIn('x', names)
        self.assertEqual((recording.steps(), recording.stopped_by), (0, 'callback'))

    def test_an_exception_in_it_stops_the_code_and_is_the_context_of_the_error(self):
        def fail(recording):
            if recording.steps() > 0:
                raise LookupError('enough')

        recording = execorder.exec(OUTLIVE, callback=fail, callback_interval=20)
        self.assertEqual(recording.stopped_by, 'callback')
        self.assertIsInstance(recording.error, execorder.StoppedByCallback)
        self.assertIsInstance(recording.error.__context__, LookupError)

    def test_what_it_runs_is_not_recorded(self):
        def work(recording):
            builtins.exec('for i in range(50):\n    pass')

        with_callback = execorder.exec('for i in range(50):\n    pass', callback=work, callback_interval=10)
        without = execorder.exec('for i in range(50):\n    pass')
        self.assertEqual(with_callback.steps(), without.steps())

    def test_the_clock_does_not_interrupt_it(self):
        slept = []

        def slow(recording):
            time.sleep(0.3)
            slept.append(recording.steps())

        recording = execorder.exec('while True:\n    pass', callback=slow, callback_interval=1000, time_limit=0.1)
        self.assertTrue(slept)
        self.assertEqual(recording.stopped_by, 'time_limit')


class WithoutState(unittest.TestCase):
    def test_steps_and_lines_are_kept_and_state_says_why_not(self):
        recording = execorder.exec('x = 1\ny = 2', record_state=False)
        self.assertEqual([recording.line(n) for n in recording.visits(2)], [2])
        with self.assertRaisesRegex(execorder.RecordingError, 'record_state=False'):
            recording.state(1)

    def test_nothing_is_hooked_and_no_object_is_followed(self):
        names = {'append': list.append, 'append_is': []}
        code = 'class A: pass\na = A()\na.x = [1]\na.x.append(2)\nappend_is.append(list.append is append)\n'
        stateless = execorder.exec(code, names, record_state=False)
        self.assertIsNone(stateless.error)
        self.assertEqual(names['append_is'], [True])
        self.assertEqual(stateless._reader.info()['objects'], 0)
        self.assertGreater(execorder.exec(code, names)._reader.info()['objects'], 0)
        self.assertEqual(stateless.steps(), execorder.exec(code, names).steps())


if __name__ == '__main__':
    unittest.main()
