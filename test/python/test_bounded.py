"""A recording of bounded size: its newest part, whole."""

import os
import subprocess
import sys
import tempfile
import unittest

import execorder

HOME = os.path.dirname(os.path.dirname(os.path.abspath(execorder.__file__)))

LIMIT = 1024 * 1024

CODE = '''\
import threading

class Node:
    def __init__(self, value):
        self.value = value

table = {}
untouched = {"never": ["changed", "again"]}
nodes = [Node(i) for i in range(50)]

def counting(lock):
    total = 0
    while total < 3:
        total += 1
    lock.acquire()
    return total

def squares():
    n = 0
    while True:
        yield n * n
        n += 1

def work(n):
    kept = [n, n + 1]
    generator = squares()
    for i in range(30000):
        nodes[i % 50].value = i
        table[i % 100] = (i, str(i))
        text = "a longer text that is met again %d" % (i % 7)
        if i % 5000 == 0:
            print(i)
            square = next(generator)
    return kept

def outer():
    local = {"deep": untouched}
    return local, work(3)

lock = threading.Lock()
lock.acquire()
thread = threading.Thread(target=counting, args=(lock,))
thread.start()
outer()
lock.release()
thread.join()
done = True
'''


class Bounded(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.path = os.path.join(cls.folder.name, 'bounded.xrec')
        program = compile(CODE, 'bounded.py', 'exec')
        with open(os.devnull, 'w') as nowhere:
            import contextlib
            with contextlib.redirect_stdout(nowhere):
                cls.live = execorder.exec(program, path=cls.path, max_size=LIMIT)
        cls.recording = execorder.open(cls.path)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def test_the_file_is_nearly_as_large_as_it_may_be(self):
        self.assertLessEqual(os.path.getsize(self.path), LIMIT)
        self.assertGreater(os.path.getsize(self.path), LIMIT * 0.85)

    def test_numbers_of_steps_are_those_of_the_whole_run(self):
        self.assertGreater(self.recording.first_step, 1000)
        self.assertEqual(self.recording.steps(), self.live.steps())
        self.assertEqual(next(iter(self.recording)).step, self.recording.first_step)

    def test_a_step_that_is_gone_says_so(self):
        with self.assertRaisesRegex(IndexError, 'step 3 is gone: .* keeps steps %d to' % self.recording.first_step):
            self.recording.state(3)

    def test_every_kept_step_is_a_full_state(self):
        first, end = self.recording.first_step, self.recording.steps()
        checked = 0
        for n in list(range(first, end, (end - first) // 60)) + [first + 1, end - 1]:
            if self.recording.step(n).function == 'work':
                self.check_work(n)
                checked += 1
        self.assertGreater(checked, 30)

    def check_work(self, n):
        state = self.recording.state(n)
        i = state['i']
        self.assertEqual(state['untouched'], {'never': ['changed', 'again']})
        self.assertEqual(state['kept'], [3, 4])
        self.assertEqual(len(state['nodes']), 50)
        self.assertIn(max(node.value for node in state['nodes']), (i, i - 1))
        self.assertTrue(all(text == str(number) for number, text in state['table'].values()))
        self.assertIn(max(number for number, _ in state['table'].values()), (i, i - 1))
        self.assertIn(state['text'][-1], (str(i % 7), str((i - 1) % 7)))

    def test_outer_frames_and_other_threads_are_there(self):
        reader = self.recording._reader
        n = self.recording.first_step + 2
        self.assertEqual([reader.code(frame[1])[1] for frame in reader.stack(n, 1)], ['work', 'outer', '<module>'])
        names = [reader.code(frame[1])[1] for frame in reader.stack(n, 2)]
        self.assertEqual(names, ['counting'])
        values, _ = reader.variables(n, 2, reader.stack(n, 2)[0][0])
        self.assertIn(3, values)

    def test_what_was_printed_since_is_kept(self):
        printed = [text for _, _, text in self.recording._reader.output(0, 100)]
        self.assertIn('25000', ''.join(printed))
        self.assertNotIn('5000\n1', ''.join(printed))

    def test_questions_reach_back_to_the_first_step_that_is_kept(self):
        recording, first = self.recording, self.recording.first_step
        self.assertEqual(recording.find('i >= 0'), first)
        self.assertEqual([step.step for step in recording[:first + 2]], [first, first + 1])
        self.assertIn('local', str(recording.around(-1)))
        self.assertTrue(str(recording.around(first)))
        self.assertLessEqual({type(raised.error) for raised in recording.exceptions()}, {GeneratorExit})  # of squares()
        writes = recording.history('table[3]')
        self.assertEqual({write.step // first for write in writes}, {writes[0].step // first})
        self.assertEqual([write.after[0] for write in writes], list(range(writes[0].after[0], 30000, 100)))
        self.assertEqual(recording.last_write(-1, 'table[3]'), writes[-1])
        self.assertEqual(recording.last_write(-1, 'done').after, True)
        for name in ('untouched', 'untouched["never"]', 'untouched["never"][0]', 'nodes', 'work'):
            with self.assertRaisesRegex(LookupError, r'was written before step %d, where' % first):
                recording.last_write(-1, name)
            with self.assertRaisesRegex(LookupError, r'was written before step %d, where' % first):
                recording.history(name)

    def test_a_size_that_makes_no_sense_is_refused(self):
        for size in (0, 5, 'much', '10KB', '200XB', True):
            with self.assertRaisesRegex(ValueError, 'at least 1MiB'):
                execorder.exec('pass', max_size=size)

    def test_a_limit_too_small_for_what_the_program_holds_is_exceeded_and_that_is_told(self):
        code = 'kept = []\nfor n in range(90000):\n    kept = [n, str(n), kept]\nend = n\n'
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, 'a.xrec')
            done = subprocess.run(
                [sys.executable, '-m', 'execorder', '-o', path, '--max-size', '1.1MB', '-c', code],
                env=dict(os.environ, PYTHONPATH=HOME), stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                universal_newlines=True)
            self.assertEqual(done.returncode, 0, done.stdout)
            self.assertIn("the limit of the recording's size is too small for what the program holds", done.stdout)
            with execorder.open(path) as recording:
                self.assertEqual(recording.state(len(recording) - 1)['n'], 89999)
                self.assertGreater(len(recording) - recording.first_step, 1000)
