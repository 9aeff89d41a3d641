"""Hostile code can't outlive its bounds. Each program would run for ever, or for minutes."""

import contextlib
import io
import sys
import threading
import time
import unittest

import execorder

HOSTILE = {
    'swallows_everything': '''
        while True:
            try:
                while True: pass
            except BaseException: pass
    ''',
    'loops_in_finally': '''
        def f():
            try:
                while True: pass
            finally:
                while True: pass
        while True:
            try: f()
            except BaseException: pass
    ''',
    'recursion_of_finally': '''
        def f():
            try: f()
            finally: f()
        f()
    ''',
    'recursion_that_swallows': '''
        def f():
            try: f()
            except BaseException: pass
            f()
        while True: f()
    ''',
    'generator_that_swallows': '''
        def g():
            while True:
                try: yield 1
                except BaseException: pass
        for x in g(): pass
    ''',
    'generator_that_ignores_close': '''
        def g():
            try:
                while True: yield 1
            finally:
                while True:
                    try:
                        while True: pass
                    except BaseException: pass
        for x in g(): pass
    ''',
    'finalizer': '''
        class A:
            def __del__(self):
                A()
                try:
                    while True: pass
                except BaseException: pass
        a = A()
        del a
        while True: pass
    ''',
    'exit_that_swallows': '''
        class Manager:
            def __enter__(self): return self
            def __exit__(self, *problem): return True
        while True:
            with Manager():
                while True: pass
    ''',
    'a_sum_over_a_generator': 'sum(1 for i in iter(int, 1))',
    'a_sort_with_a_key': '''
        def key(x):
            try:
                while True: pass
            except BaseException: return x
        while True: sorted(range(1000), key=key)
    ''',
    'code_of_its_own': '''
        import builtins
        builtins.exec("while True:\\n  try:\\n    while True: pass\\n  except BaseException: pass")
    ''',
    'another_exec': '''
        while True:
            try: execorder.exec('while True: pass')
            except BaseException: pass
    ''',
    'another_exec_with_a_callback': '''
        def callback(recording):
            try:
                while True: pass
            except BaseException: pass
        while True:
            execorder.exec('x = 1', callback=callback)
    ''',
}

HOSTILE_TO_THE_CLOCK = {
    'a_handler_of_its_own': '''
        import signal
        for number in (signal.SIGURG, signal.SIGALRM):
            signal.signal(number, signal.SIG_IGN)
        while True:
            try:
                while True: pass
            except BaseException: pass
    ''',
    'a_timer_of_its_own': '''
        import signal
        signal.setitimer(signal.ITIMER_REAL, 0)
        while True: pass
    ''',
    'sleeps_for_ever': '''
        import time
        while True:
            try: time.sleep(100)
            except BaseException: pass
    ''',
    'a_library_loop_that_calls_back': '''
        import functools, itertools
        def add(a, b):
            try: return a + b
            except BaseException: return a
        functools.reduce(add, itertools.count())
    ''',
    'reads_a_socket': '''
        import socket
        a, b = socket.socketpair()
        while True:
            try: a.recv(1)
            except BaseException: pass
    ''',
    'waits_for_a_thread': '''
        import threading
        event = threading.Event()
        while True:
            try: event.wait()
            except BaseException: pass
    ''',
    'waits_in_a_queue': 'import queue; queue.Queue().get()',
    'reads_a_pipe': 'import os; r, w = os.pipe(); os.read(r, 1)',
    'selects': 'import select; select.select([], [], [], 100)',
    'an_asyncio_loop': '''
        import asyncio
        async def main():
            while True:
                try: await asyncio.sleep(0)
                except BaseException: pass
        asyncio.run(main())
    ''',
}


if sys.version_info < (3, 9):  # the interpreter itself gives up on these: "Cannot recover from stack overflow"
    del HOSTILE['recursion_of_finally'], HOSTILE['recursion_that_swallows']


def source(text):
    import textwrap

    return textwrap.dedent(text)


def stepping(text):
    """Before 3.12 a loop of one instruction, which jumps to itself, makes no steps: give it a second one."""
    return text if sys.version_info >= (3, 12) else text.replace('while True: pass', 'while True: len')


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
