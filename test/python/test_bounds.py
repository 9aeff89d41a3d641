"""Hostile code can't outlive its bounds."""

import contextlib
import io
import sys
import threading
import time
import unittest

import execorder
from hostile import HOSTILE, HOSTILE_TO_THE_CLOCK, source, stepping

class Steps(unittest.TestCase):
    def test_max_steps_stops_all_of_them_at_exactly_that_step(self):
        for name, text in HOSTILE.items():
            if name == 'another_exec':  # its steps are the inner one's
                continue
            with self.subTest(name):
                with contextlib.redirect_stderr(io.StringIO()):
                    recording = execorder.exec(
                        stepping(source(text)), {'execorder': execorder}, max_steps=300, time_limit=5)
                self.assertEqual((recording.stopped_by, recording.steps()), ('max_steps', 300))

    def test_settrace_does_not_end_the_count(self):
        text = 'import sys\nsys.settrace(lambda *a: None)\nsys.setprofile(lambda *a: None)\nwhile True:\n    pass'
        recording = execorder.exec(text, max_steps=100, time_limit=1)
        sys.settrace(None)
        sys.setprofile(None)
        self.assertEqual(recording.stopped_by, 'max_steps')


class Time(unittest.TestCase):
    def stop_in_time(self, text, seconds=0.1):
        began = time.monotonic()
        with contextlib.redirect_stderr(io.StringIO()):  # finalizers tell there what they raise
            recording = execorder.exec(source(text), {'execorder': execorder}, time_limit=seconds)
        self.assertEqual(recording.stopped_by, 'time_limit')
        self.assertIsInstance(recording.error, execorder.TimeLimitReached)
        self.assertEqual(str(recording.error), 'the time limit of %g seconds was reached' % seconds)
        self.assertGreater(recording.error.overrun, 0)
        self.assertLess(time.monotonic() - began, 20)

    def test_nothing_outlives_it(self):
        for name, text in list(HOSTILE.items()) + list(HOSTILE_TO_THE_CLOCK.items()):
            with self.subTest(name):
                self.stop_in_time(text)

    def test_nothing_outlives_it_without_state(self):
        for name in ('swallows_everything', 'generator_that_swallows', 'exit_that_swallows'):
            with self.subTest(name):
                recording = execorder.exec(source(HOSTILE[name]), time_limit=0.2, record_state=False)
                self.assertEqual(recording.stopped_by, 'time_limit')

    def test_python_code_is_stopped_in_other_threads_too(self):
        for name in ('swallows_everything', 'loops_in_finally', 'a_sort_with_a_key'):
            results = []
            thread = threading.Thread(
                target=lambda: results.append(execorder.exec(source(HOSTILE[name]), time_limit=0.2)))
            thread.start()
            thread.join(30)
            with self.subTest(name):
                self.assertEqual([recording.stopped_by for recording in results], ['time_limit'])

    def test_the_limits_of_two_that_are_nested(self):
        kept = []
        text = 'kept.append(execorder.exec("while True: pass", time_limit=0.1))\nx = 1\nwhile True: pass'
        outer = execorder.exec(text, {'execorder': execorder, 'kept': kept}, time_limit=1)
        self.assertEqual((kept[0].stopped_by, outer.stopped_by), ('time_limit', 'time_limit'))
        self.assertEqual(outer.state(-1)['x'], 1)


class Ends(unittest.TestCase):
    def test_raise_for_error(self):
        with self.assertRaises(execorder.MaxStepsReached):
            execorder.exec(stepping('while True: pass'), max_steps=5).raise_for_error()
        with self.assertRaises(ZeroDivisionError):
            execorder.exec('1 / 0').raise_for_error()
        self.assertIsNone(execorder.exec('x = 1').raise_for_error())

    def test_system_exit_is_an_error_like_any_other(self):
        recording = execorder.exec('import sys\nsys.exit(3)')
        self.assertEqual((recording.stopped_by, recording.error.code), ('exception', 3))

    def test_a_syntax_error_is_raised(self):
        with self.assertRaises(SyntaxError):
            execorder.exec('x = ')

    def test_globals_are_filled_as_exec_does(self):
        names = {'a': 1}
        execorder.exec('b = a + 1\ndel a', names)
        self.assertEqual(sorted(names), ['__builtins__', 'b'])
        plain = {'a': 1}
        exec('b = a + 1\ndel a', plain)
        self.assertEqual(sorted(plain), sorted(names))


if __name__ == '__main__':
    unittest.main()
