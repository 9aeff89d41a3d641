"""A line that is cut by another thread's turn: what it has bound so far is shown at the other thread's steps."""

import collections
import sys
import threading
import unittest

import execorder

#: Each thread waits in the middle of a line while the other one runs.
SOURCE = '''
import threading

class Box:
    pass

def relay(name, mine, other):
    box = Box()
    mine.acquire()
    def inner():
        return cell
    for i in range(ROUNDS):
        count = (name, i); cell = [count]; box.turn = i; other.release(); mine.acquire(); last = i
        del count; other.release(); mine.acquire(); cell = [i]
        if i % 3:
            take = i; other.release(); mine.acquire()
    other.release()
    return last

locks = [threading.Lock(), threading.Lock()]
for lock in locks:
    lock.acquire()
threads = [threading.Thread(target=relay, args=(n, locks[n], locks[1 - n])) for n in range(2)]
for thread in threads:
    thread.start()
locks[0].release()
for thread in threads:
    thread.join()
'''.replace('ROUNDS', '12')

SHOWN = ('count', 'cell', 'last', 'i', 'take')


def shown(variables):
    texts = {name: repr(variables[name]) for name in SHOWN if name in variables}
    texts['turn'] = getattr(variables.get('box'), 'turn', None)
    return texts


class Listener:
    """What all threads' frames hold at each line of relay, in the order of one global list."""

    def __init__(self):
        self.seen = []

    def hear(self, frame):
        if frame.f_code.co_name == 'relay':
            self.seen.append((frame.f_locals['name'], frame.f_lineno, self.all_frames()))

    @staticmethod
    def all_frames():
        found = {}
        for frame in sys._current_frames().values():
            while frame is not None and frame.f_code.co_name != 'relay':
                frame = frame.f_back
            if frame is not None and 'i' in frame.f_locals:
                found[frame.f_locals['name']] = shown(frame.f_locals)
        return found


class CutLines(unittest.TestCase):
    @unittest.skipIf(sys.version_info < (3, 12), 'sys.monitoring is younger')
    def test_a_listener_in_the_same_run_sees_the_same_in_all_threads(self):
        listener, monitoring, tool = Listener(), sys.monitoring, sys.monitoring.PROFILER_ID
        monitoring.use_tool_id(tool, 'truth')
        monitoring.register_callback(tool, monitoring.events.LINE, lambda *_: listener.hear(sys._getframe(1)))
        monitoring.set_events(tool, monitoring.events.LINE)
        try:
            recording = execorder.exec(compile(SOURCE, 'relay.py', 'exec'))
        finally:
            monitoring.set_events(tool, 0)
            monitoring.free_tool_id(tool)
        self.addCleanup(recording.close)
        self.compare(recording, listener.seen)

    def test_a_trace_function_of_another_run_sees_the_same_in_all_threads(self):
        listener, code = Listener(), compile(SOURCE, 'relay.py', 'exec')

        def trace(frame, event, _):
            if event == 'line':
                listener.hear(frame)
            return trace if frame.f_code.co_name == 'relay' else None

        threading.settrace(trace)
        try:
            exec(code, {'__name__': '__main__'})
        finally:
            threading.settrace(None)
        recording = execorder.exec(code)
        self.addCleanup(recording.close)
        self.compare(recording, listener.seen)

    def compare(self, recording, expected):
        steps = [step for step in recording if step.kind == 'line' and step.function == 'relay']
        self.assertEqual([step.line for step in steps], [line for _, line, _ in expected])
        threads = {recording.state(step.step)['name']: step.thread for step in steps}
        compared = collections.Counter()
        for step, (name, _, frames) in zip(steps, expected):
            for other, variables in frames.items():
                stack = recording._states.stack(step.step, threads[other])
                found = [shown(frame.locals) for frame in stack if frame.function == 'relay']
                self.assertEqual(found, [variables], (step, name, other))
                compared[name == other] += 1
        self.assertGreater(compared[False], 50)


if __name__ == '__main__':
    unittest.main()
