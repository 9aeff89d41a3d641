"""Recording: steps, lines, stacks, output, files."""

import os
import shutil
import sys
import tempfile
import unittest

import execorder

CALLS = '''\
def double(n):
    result = n * 2
    return result

x = double(4)
print("x is", x)
'''


PRINTS_IN_MANY_WAYS = '''
import io, os, sys
usual = sys.__stdout__
class Tee:
    def __init__(self, *files):
        self.files = files
    def write(self, text):
        for file in self.files:
            file.write(text)
with open(os.devnull, 'w') as nowhere:
    try:
        sys.stdout = usual
        print('usual')
        sys.stdout = io.TextIOWrapper(io.BytesIO(), encoding='utf-8')
        print('caught')
        usual.write('past what catches\\n')
        sys.stdout = Tee(usual, io.StringIO(), nowhere)
        print('by a tee')
    finally:
        sys.stdout = usual
    usual.flush()
    wrapper = io.TextIOWrapper(usual.buffer, encoding='utf-8')
    wrapper.write('another wrapper\\n')
    wrapper.detach()
    raw = io.TextIOWrapper(io.FileIO(1, 'w', closefd=False), encoding='utf-8', write_through=True)
    raw.write('raw\\n')
'''


class Steps(unittest.TestCase):
    def setUp(self):
        self.recording = execorder.exec(CALLS)

    def test_a_step_tells_its_kind_and_place(self):
        file = self.recording.step(0).file
        call = next(step for step in self.recording if step.function == 'double')
        self.assertEqual(call, (call.step, 'call', file, 1, 'double', 1, 1))
        self.assertEqual(self.recording.step(call.step + 1)[1:], ('line', file, 2, 'double', 1, 1))

    def test_lines_are_visited_in_order(self):
        lines = [step.line for step in self.recording if step.kind == 'line']
        self.assertEqual(lines, [1, 5, 2, 3, 6])

    def test_negative_numbers_count_from_the_end(self):
        self.assertEqual(self.recording.step(-1).step, len(self.recording) - 1)
        self.assertEqual(self.recording[-1], self.recording.step(-1))

    def test_slices_give_lists_of_steps(self):
        self.assertEqual([step.step for step in self.recording[2:5]], [2, 3, 4])
        self.assertEqual(len(self.recording[:]), self.recording.steps())

    def test_a_step_that_is_not_there_is_an_index_error_that_says_which_are(self):
        for n in (self.recording.steps(), -self.recording.steps() - 1):
            with self.assertRaisesRegex(IndexError, r'there is no step .*0 to %d' % (len(self.recording) - 1)):
                self.recording.state(n)

    def test_visits_are_the_line_steps_of_a_line(self):
        for line in (1, 2, 3, 5, 6):
            (visit,) = self.recording.visits(line)
            self.assertEqual((self.recording.step(visit).kind, self.recording.line(visit)), ('line', line))
        self.assertEqual(self.recording.visits(4), [])
        self.assertEqual(self.recording.visits(2, 'elsewhere.py'), [])

    def test_each_round_of_a_loop_on_one_line_is_a_visit(self):
        loops = (
            'for i in [1, 2, 3]: (out.append(i) if i > 2 else out.append(-i))',
            'while n > 0: n -= (1 if n > 2 else 1); (out.append(n) if n else out.append(-n))',
            'for i in [1, 2, 3]: (out.append(i) if i > 2 else\n  out.append(-i))',
        )
        for loop in loops:
            recording = execorder.exec('n, out = 3, []\n' + loop)
            filled = [len(recording.state(step)['out']) for step in recording.visits(2)]
            self.assertLessEqual({0, 1, 2}, set(filled), loop)
            if sys.version_info >= (3, 12):  # before, also where the branches meet
                self.assertEqual(filled, sorted(set(filled)), loop)

    def test_many_visits_are_found(self):
        recording = execorder.exec('for i in range(1000):\n    x = i')
        visits = recording.visits(2)
        self.assertEqual(len(visits), 1000)
        self.assertEqual(recording.state(visits[500]), {'i': 500, 'x': 499})


class State(unittest.TestCase):
    def setUp(self):
        self.recording = execorder.exec(CALLS)

    def test_a_line_step_shows_the_state_before_the_line(self):
        (before,) = self.recording.visits(5)
        self.assertNotIn('x', self.recording.state(before))
        (after,) = self.recording.visits(6)
        self.assertEqual(self.recording.state(after)['x'], 8)

    def test_globals_are_overlaid_with_locals(self):
        (step,) = self.recording.visits(3)
        state = self.recording.state(step)
        self.assertEqual((state['n'], state['result']), (4, 8))
        self.assertIn('double', state)

    def test_dicts_are_those_of_the_running_frame(self):
        (step,) = self.recording.visits(3)
        global_names, local_names = self.recording.dicts(step)
        self.assertEqual(local_names, {'n': 4, 'result': 8})
        self.assertEqual(sorted(global_names), ['__builtins__', 'double'])

    def test_in_a_module_globals_and_locals_are_one_dict(self):
        global_names, local_names = self.recording.dicts(-1)
        self.assertIs(global_names, local_names)

    def test_a_name_without_a_value_is_absent(self):
        recording = execorder.exec('def f():\n    x = 1\n    del x\n    return 0\nf()')
        (step,) = recording.visits(4)
        self.assertEqual(recording.dicts(step)[1], {})

    def test_free_variables_are_seen(self):
        recording = execorder.exec('''\
def outer():
    count = 0
    def inner():
        nonlocal count
        count += 1
        return count
    return inner()
outer()
''')
        (step,) = recording.visits(6)
        self.assertEqual(recording.dicts(step)[1], {'count': 1})

    def test_the_body_of_a_class_has_its_own_names(self):
        recording = execorder.exec('class C:\n    a = 1\n    b = a + 1')
        (step,) = recording.visits(3)
        self.assertEqual(recording.dicts(step)[1]['a'], 1)

    def test_changing_a_copy_changes_nothing(self):
        recording = execorder.exec('items = [1, [2]]\nx = 0')
        recording.state(-1)['items'][1].append(3)
        self.assertEqual(recording.state(-1)['items'], [1, [2]])

    def test_the_stack_is_innermost_first(self):
        (step,) = self.recording.visits(2)
        stack = self.recording.stack(step)
        self.assertEqual([(frame.function, frame.line) for frame in stack], [('double', 2), ('<module>', 5)])
        self.assertEqual(stack[0].locals, {'n': 4})
        self.assertEqual(list(stack[1].locals), ['double'])

    def test_an_object_in_two_frames_is_one_copy(self):
        recording = execorder.exec('def f(items):\n    return items\nmine = []\nf(mine)')
        (step,) = recording.visits(2)
        inner, outer = recording.stack(step)
        self.assertIs(inner.locals['items'], outer.locals['mine'])

    def test_output_is_what_was_printed_before_the_step(self):
        recording = execorder.exec('print("a")\nprint("b")')
        (second,) = recording.visits(2)
        self.assertEqual(recording.output(second), 'a\n')
        self.assertEqual(recording.output(), 'a\nb\n')
        self.assertEqual(recording.output(stream='stderr'), '')

    def test_output_is_told_wherever_it_takes_its_way(self):
        self.assertEqual(execorder.exec(PRINTS_IN_MANY_WAYS).output(), ''.join(
            word + '\n' for word in ('usual', 'caught', 'past what catches', 'by a tee', 'another wrapper', 'raw')
        ))


class Files(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = os.path.join(folder.name, 'a.xrec')

    def test_a_saved_recording_opens_and_says_the_same(self):
        recording = execorder.exec(CALLS)
        recording.save(self.path)
        with execorder.open(self.path) as opened:
            self.assertEqual([*opened], [*recording])
            self.assertEqual(opened.state(-1)['x'], 8)
            self.assertEqual(opened.code, CALLS)
            self.assertEqual(opened.stopped_by, 'end')
            self.assertEqual(opened.visits(6), recording.visits(6))

    def test_what_is_recorded_so_far_is_saved_in_a_callback(self):
        def callback(recording):
            if recording.steps() == 40:
                recording.save(self.path)

        execorder.exec('n = 0\nwhile n < 100:\n    n += 1', callback=callback, callback_interval=20)
        with execorder.open(self.path) as saved:
            self.assertEqual((saved.steps(), saved.state(-1)), (40, {'n': 18}))
        self.assertEqual(os.stat(self.path).st_mode & 0o777, 0o600)

    def test_a_recording_is_not_saved_over_itself(self):
        recording = execorder.exec('x = 1', path=self.path)
        with self.assertRaisesRegex(shutil.SameFileError, 'is the recording itself'):
            recording.save(self.path)
        self.assertEqual(recording.state(-1), {'x': 1})

    def test_the_error_of_an_opened_recording_is_its_text(self):
        execorder.exec('1 / 0', path=self.path).close()
        with execorder.open(self.path) as opened:
            self.assertEqual(opened.stopped_by, 'exception')
            with self.assertRaisesRegex(execorder.RecordedError, '^ZeroDivisionError: division by zero$'):
                opened.raise_for_error()

    def test_a_file_that_is_no_recording_is_refused_in_one_sentence(self):
        with open(self.path, 'w') as file:
            file.write('print("I am a program")\n' * 1000)
        with self.assertRaisesRegex(execorder.NotARecordingError, 'is not a recording'):
            execorder.open(self.path)

    def test_an_empty_file_is_refused(self):
        open(self.path, 'w').close()
        with self.assertRaises(execorder.RecordingError):
            execorder.open(self.path)

    def test_a_missing_file_is_an_os_error(self):
        with self.assertRaises(FileNotFoundError):
            execorder.open(self.path)

    def test_a_closed_recording_says_so(self):
        recording = execorder.exec('x = 1')
        recording.close()
        with self.assertRaisesRegex(ValueError, 'closed'):
            recording.step(0)
        self.assertIn('closed', repr(recording))

    def test_its_repr_says_what_happened(self):
        self.assertRegex(repr(execorder.exec('x = 1')), r'^<Recording of <exec \d+>: 3 steps, ran to the end>$')
        self.assertRegex(repr(execorder.exec('1 / 0')), r'ended by ZeroDivisionError: division by zero>$')
        self.assertRegex(repr(execorder.exec('while 1:\n pass', max_steps=5)), r'5 steps, stopped by max_steps>$')


if __name__ == '__main__':
    unittest.main()
