"""A child of a fork never writes into its parent's recording, not even what runs before anything else there."""

import os
import signal
import unittest

import execorder

MARKS = []
STOPPED = []


def _in_child():
    """Registered before any recording began, so that it runs before the recorder lets go."""
    if STOPPED:
        os.kill(os.getpid(), signal.SIGSTOP)  # the parent writes on
        MARKS.extend(range(100))


if hasattr(os, 'register_at_fork'):
    os.register_at_fork(after_in_child=_in_child)

PROGRAM = '''
marks.append('before')
child = os.fork()
if child == 0:
    os._exit(0)
while os.waitpid(child, os.WUNTRACED)[1] & 0xff != 0x7f:
    pass
numbers = []
for number in range(200):
    numbers.append(number)
os.kill(child, signal.SIGCONT)
os.waitpid(child, 0)
'''


@unittest.skipUnless(hasattr(os, 'fork'), 'this system has no fork')
class Forks(unittest.TestCase):
    def test_a_child_that_changes_recorded_objects_before_the_recorder_lets_go_leaves_the_recording_alone(self):
        STOPPED.append(True)
        try:
            recording = execorder.exec(PROGRAM, {'marks': MARKS, 'os': os, 'signal': signal})
        finally:
            STOPPED.clear()
        self.assertEqual(recording.stopped_by, 'end')
        last = recording.state(recording.steps() - 1)
        self.assertEqual(last['marks'], ['before'])
        self.assertEqual(last['numbers'], list(range(200)))
        middle = recording.visits(10)[100]
        self.assertEqual(recording.state(middle)['numbers'], list(range(100)))


if __name__ == '__main__':
    unittest.main()
