"""Recording: when did it hold, what was raised; and how that looks."""

import gc
import os
import tempfile
import unittest

import execorder


class Find(unittest.TestCase):
    def setUp(self):
        self.recording = execorder.exec('''\
def scale(values, factor):
    result = []
    for value in values:
        result.append(value * factor)
    return result
total = 10
for n in scale([1, 2, 3], 4):
    total -= n
''')

    def test_text_and_function_find_the_first_step(self):
        n = self.recording.find('total < 0')
        self.assertEqual(self.recording.state(n)['total'], -2)
        self.assertEqual([s for s in range(n) if self.recording.state(s).get('total', 0) < 0], [])
        self.assertEqual(self.recording.find(lambda state: state['total'] < 0), n)

    def test_objects_are_looked_into_at_each_step(self):
        n = self.recording.find('len(result) == 2')
        self.assertEqual(self.recording.state(n)['result'], [4, 8])
        self.assertEqual(self.recording.state(n - 1)['result'], [4])

    def test_globals_and_locals_of_the_running_frame_are_seen(self):
        n = self.recording.find('factor == 4 and total == 10')
        self.assertEqual(self.recording.step(n)[1:2], ('call',))

    def test_a_function_may_use_the_state_as_a_mapping(self):
        n = self.recording.find(lambda state: 'value' in state and dict(state)['value'] == 2 and len(state) > 3)
        self.assertEqual(self.recording.state(n)['value'], 2)
        self.assertEqual(dict(self.recording.state(n)).keys(), self.recording.state(n).keys())

    def test_from_a_step_on(self):
        first = self.recording.find('n == 8')
        self.assertIsNone(self.recording.find('n == 8', stop=first))
        self.assertEqual(self.recording.find('n == 8', first), first)
        self.assertIsNone(self.recording.find('n == 4', -1))

    def test_what_never_holds_is_none(self):
        self.assertIsNone(self.recording.find('total > 1000'))

    def test_a_condition_is_a_text_or_a_function(self):
        with self.assertRaisesRegex(TypeError, 'not 3'):
            self.recording.find(3)

    def test_what_never_can_be_evaluated_is_an_error(self):
        with self.assertRaisesRegex(NameError, 'totl'):
            self.recording.find('totl < 0')
        with self.assertRaises(KeyError):
            self.recording.find(lambda state: state['totl'])
        with self.assertRaises(SyntaxError):
            self.recording.find('total <')
        with self.assertRaises(SyntaxError):
            self.recording.find('total = 1')


class Exceptions(unittest.TestCase):
    def test_where_and_whether_swallowed(self):
        recording = execorder.exec('''\
def fail(n):
    if n == 0:
        raise ValueError("zero")
    try:
        fail(n - 1)
    finally:
        n = -n

def guard():
    try:
        fail(2)
    except ValueError:
        return "saved"

guard()
try:
    {}["k"]
except KeyError as error:
    pass
fail(1)
''')
        raised = recording.exceptions()
        self.assertEqual([(type(one.error), one.line, one.function, one.swallowed) for one in raised], [
            (ValueError, 3, 'fail', True), (KeyError, 17, '<module>', True), (ValueError, 3, 'fail', False)])
        self.assertEqual(recording.step(raised[0].caught_at).function, 'guard')
        self.assertIsNone(raised[2].caught_at)
        self.assertEqual(str(raised[0].error), 'zero')
        self.assertEqual(recording.step(raised[0]).kind, 'exception')
        self.assertIn('ValueError raised at step', repr(raised[0]))

    def test_library_code_may_swallow_it(self):
        recording = execorder.exec('''\
import contextlib, json
def bad(pairs):
    raise KeyError(1)
with contextlib.suppress(KeyError):
    json.loads("{}", object_hook=bad)
x = 1
''')
        (raised,) = recording.exceptions()
        self.assertTrue(raised.swallowed)

    def test_a_pool_keeps_what_its_threads_raise_and_a_thread_ends_by_it(self):
        recording = execorder.exec('''\
import threading
from concurrent.futures import ThreadPoolExecutor
def fail():
    raise KeyError(1)
with ThreadPoolExecutor(1) as pool:
    pool.submit(fail).exception()
threading.excepthook = bool
thread = threading.Thread(target=fail)
thread.start()
thread.join()
''')
        self.assertEqual([raised.swallowed for raised in recording.exceptions()], [True, False])

    def test_one_that_passes_a_finally_clause_and_ends_the_program(self):
        recording = execorder.exec('try:\n    1 / 0\nfinally:\n    x = 1')
        (raised,) = recording.exceptions()
        self.assertEqual((raised.swallowed, raised.caught_at), (False, None))

    def test_without_any_the_list_is_empty(self):
        self.assertEqual(execorder.exec('x = 1').exceptions(), [])

    def test_they_are_told_by_a_file_as_well(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, 'a.xrec')
            execorder.exec('class Own(Exception):\n    pass\nraise Own("x")', path=path).close()
            with execorder.open(path) as recording:
                (raised,) = recording.exceptions()
                self.assertEqual((type(raised.error).__name__, raised.swallowed), ('Own', False))


class ForPeople(unittest.TestCase):
    SOURCE = 'text = "<b>"\ndeep = [[0], {"k": 1}]\ndeep[1]["k"] = 2\nclass C:\n    def __repr__(self): 1 / 0\nc = C()\nc.x = 1\n'

    def test_a_table_marks_what_changed_however_deep(self):
        recording = execorder.exec(self.SOURCE)
        rows = repr(recording.around(recording.visits(3)[0] + 1, 2)).splitlines()
        self.assertIn("*deep=[[0], {'k': 2}], text='<b>'", rows[-1])
        self.assertNotIn('*text', rows[-1])

    def test_an_instance_changes_by_its_attributes_and_its_repr_is_not_run(self):
        rows = repr(execorder.exec(self.SOURCE).around(-1, 2)).splitlines()
        self.assertIn('*c=<C>', rows[-1])

    def test_html_is_escaped(self):
        recording = execorder.exec(self.SOURCE, path=None)
        page = recording._repr_html_()
        self.assertIn('&lt;b&gt;', page)
        self.assertNotIn('<b>', page)
        self.assertIn('<mark>', page)
        self.assertIn('class="here"', recording.around(2)._repr_html_())

    def test_its_style_is_for_its_own_table_only(self):
        style = execorder.exec('x = 1')._repr_html_().split('<style>')[1].split('</style>')[0]
        selectors = [selector for rule in style.split('}')[:-1] for selector in rule.split('{')[0].split(',')]
        self.assertGreater(len(selectors), 2)
        for selector in selectors:
            self.assertTrue(selector.strip().startswith('.execorder-steps '), selector)

    def test_of_many_variables_the_changed_are_shown_and_the_others_counted(self):
        source = '\n'.join('v%02d = %d' % (i, i) for i in range(30)) + '\nlast = 1\n'
        rows = repr(execorder.exec(source).around(-1)).splitlines()
        self.assertIn('*last=1', rows[-1])
        self.assertIn('… and 19 more', rows[-1])

    def test_the_repr_of_a_recording_counts_its_steps(self):
        text = repr(execorder.exec('for i in range(2000):\n    x = i\n'))
        self.assertRegex(text, r'^<Recording of <exec \d+>: 4,00\d steps, ran to the end>$')

    def test_an_empty_answer_is_no_error(self):
        self.assertEqual(execorder.exec('x = 1').around(0, 1)._repr_html_().count('<tr'), 2)
        with self.assertRaises(ValueError):
            execorder.exec('x = 1').around(0, 0)


class Threads(unittest.TestCase):
    def test_a_step_knows_its_thread(self):
        recording = execorder.exec(
            'import threading\ndef work():\n    x = 1\nt = threading.Thread(target=work)\nt.start()\nt.join()\n')
        inside = recording.visits(3)[0]
        self.assertEqual(recording.thread(inside).number, 2)
        self.assertEqual(recording.thread(0)[0::2], (1, 'MainThread'))


class Answers(unittest.TestCase):
    def test_what_is_answered_can_be_asked_about(self):
        recording = execorder.exec('x = 1\nx = 2\n')
        change = recording.last_write(-1, 'x')
        self.assertEqual(recording.line(change), 2)
        self.assertEqual(recording.state(recording[change])['x'], 1)
        self.assertEqual(recording.output(change), '')

    def test_remembering_answers_is_bounded(self):
        recording = execorder.exec('x = list(range(10))\ny = [[] for i in x]\n')
        for _ in range(50):
            recording.state(-1)
        from execorder import _states
        self.assertLessEqual(sum(len(copies) for _, copies in recording._states._newest), _states.REMEMBERED)
        del recording
        gc.collect()


if __name__ == '__main__':
    unittest.main()
