"""Trace functions of the program's own work beside a recording, whichever came first."""

import ctypes
import sys
import textwrap
import unittest

import execorder

PROGRAM = '''
import sys
seen = []
def tracer(frame, event, arg):
    if frame.f_code.co_name in ('f', 'g'):
        seen.append((event, frame.f_code.co_name, frame.f_lineno))
        return tracer
def f(n):
    x = n
    x += 1
    return x
f(1)
sys.settrace(tracer)
a = f(2)
kept = sys.gettrace() is tracer
sys.settrace(None)
none = sys.gettrace()
b = f(3)
count = len(seen)
'''

EXCHANGE = '''
import sys
seen = []
def second(frame, event, arg):
    seen.append(('second', event))
    return second
def first(frame, event, arg):
    seen.append(('first', event))
    sys.settrace(second)
    return first
def f():
    return 1
sys.settrace(first)
f()
f()
sys.settrace(None)
done = True
'''

TAKE_PLACE = '''
import ctypes
place = ctypes.pythonapi.PyEval_SetTrace
place.argtypes = [ctypes.c_void_p, ctypes.py_object]
kind = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)
function = kind(lambda owner, frame, event, argument: 0)
place(ctypes.cast(function, ctypes.c_void_p), None)
'''


class OtherTracersTest(unittest.TestCase):

    def tearDown(self):
        self.assertIsNone(sys.gettrace())

    def test_the_program_and_the_recording_both_see_every_line(self):
        plain = {}
        exec(compile(PROGRAM, '<execorder>', 'exec'), plain)
        recording = execorder.exec(PROGRAM)
        state = recording.state(-1)
        self.assertEqual(state['seen'], plain['seen'])
        self.assertEqual((state['kept'], state['none'], state['count']), (True, None, 5))
        self.assertEqual(len([n for n in recording.visits(9) if recording.step(n).kind == 'line']), 3)

    def test_a_tracer_from_before_sees_what_is_recorded_and_stays(self):
        seen = []

        def tracer(frame, event, arg):
            if frame.f_code.co_filename.startswith('<exec '):
                seen.append((event, frame.f_lineno))
                return tracer
            return None

        sys.settrace(tracer)
        try:
            recording = execorder.exec('x = 1\ny = x + 1\n')
            self.assertIs(sys.gettrace(), tracer)
        finally:
            sys.settrace(None)
        self.assertEqual(recording.state(-1)['y'], 2)
        self.assertIn(('line', 2), seen)

    def test_a_tracer_that_fails_is_put_away_and_the_recording_goes_on(self):
        recording = execorder.exec('''
import sys
def tracer(frame, event, arg):
    raise KeyError(event)
def f():
    return 1
sys.settrace(tracer)
try:
    f()
except KeyError as error:
    failed = error.args
gone = sys.gettrace()
after = f()
''')
        state = recording.state(-1)
        self.assertEqual((state['failed'], state['gone'], state['after']), (('call',), None, 1))

    def test_threads_have_tracers_of_their_own(self):
        recording = execorder.exec('''
import threading
seen = []
def tracer(frame, event, arg):
    if frame.f_code.co_name == 'work':
        seen.append((event, frame.f_lineno))
        return tracer
def work():
    a = 1
    done.append(a)
done = []
threading.settrace(tracer)
threads = [threading.Thread(target=work) for _ in range(2)]
for thread in threads: thread.start()
for thread in threads: thread.join()
threading.settrace(None)
''')
        state = recording.state(-1)
        self.assertEqual(state['done'], [1, 1])
        self.assertEqual(len(state['seen']), 8)
        self.assertEqual(len([n for n in recording.visits(9) if recording.step(n).kind == 'line']), 2)

    @unittest.skipIf(sys.version_info >= (3, 12), 'sys.monitoring leaves no place to take')
    def test_a_trace_function_of_c_code_is_said_and_does_not_last(self):
        recording = execorder.exec(TAKE_PLACE + '''
x = 1
place(None, None)
y = [1]
y = [2]
z = 3
''')
        self.assertIn('1 times C code had put another trace function', recording._reader.note('not_traced'))

    @unittest.skipIf(sys.version_info >= (3, 12), 'sys.monitoring leaves no place to take')
    def test_a_trace_function_of_c_code_that_stays_is_said_at_the_end(self):
        recording = execorder.exec(TAKE_PLACE + 'x = 1\nx = 2\nx = 3\n')
        ctypes.pythonapi.PyEval_SetTrace(None, None)
        missing = recording._reader.note('not_traced')
        self.assertIn('between its newest step and step %d is missing' % recording.steps(), missing)

    @unittest.skipIf(sys.version_info >= (3, 12), 'sys.monitoring leaves no place to take')
    def test_so_it_is_when_a_thread_of_the_program_ends(self):
        recording = execorder.exec('import threading\ndef work():\n%s\nthread = threading.Thread(target=work)\n'
                                   'thread.start()\nthread.join()\n' % textwrap.indent(TAKE_PLACE, '    '))
        self.assertIn('what thread 2 ran', recording._reader.note('not_traced'))

    def test_a_tracer_that_takes_the_place_of_another_in_an_event_is_heard(self):
        plain = {}
        exec(compile(EXCHANGE, '<execorder>', 'exec'), plain)
        recording = execorder.exec(EXCHANGE)
        state = recording.state(-1)
        self.assertEqual(state['seen'], plain['seen'])
        self.assertEqual((state['done'], recording._reader.note('not_traced')), (True, None))


if __name__ == '__main__':
    unittest.main()
