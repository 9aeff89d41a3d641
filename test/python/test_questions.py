"""Recording: who wrote it, when did it hold, what was raised; and how that looks."""

import gc
import os
import tempfile
import unittest

import execorder
from execorder import UNBOUND

COUNTER = '''\
class Counter:
    def __init__(self):
        self.total = 0
        self.items = []

    def add(self, n):
        self.total += n
        self.items.append(n)
        return self.total

counter = Counter()
for n in (5, 6, 7):
    counter.add(n)
counter.items[1] = 60
counter.items.insert(0, 4)
'''


def triples(changes):
    return [(change.line, change.before, change.after) for change in changes]


class HistoryOfNames(unittest.TestCase):
    def test_a_global_tells_every_value_with_the_line_that_wrote_it(self):
        recording = execorder.exec('x = 1\nx = 2\ndel x\nx = 3')
        self.assertEqual(
            triples(recording.history('x')), [(1, UNBOUND, 1), (2, 1, 2), (3, 2, UNBOUND), (4, UNBOUND, 3)])

    def test_the_end_of_a_loop_is_no_write(self):
        recording = execorder.exec(
            'def f(pairs):\n    for a, b in pairs:\n        total = a + b\n    for a in ():\n        total = a\n'
            '    return total\nfor i in range(3):\n    last = i\nf([(1, 2), (3, 4)])\nfor i in ():\n    last = i\nend = 1')
        self.assertEqual(triples(recording.history('i')), [(7, UNBOUND, 0), (7, 0, 1), (7, 1, 2)])
        at_the_end = recording.visits(6)[0]
        self.assertEqual(triples(recording.history('a', at_the_end)), [(2, UNBOUND, 1), (2, 1, 3)])
        for name, n, value in (('i', -1, 2), ('a', at_the_end, 3), ('b', at_the_end, 4)):
            newest = recording.last_write(n, name)
            self.assertEqual((newest.after, newest.seen), (value, newest.step + 1))
            self.assertNotEqual(newest.before, value)
        written = recording._reader.last_write(at_the_end, 'variable', recording._reader.step(at_the_end)[3], 'a')
        self.assertEqual(written[0], recording.last_write(at_the_end, 'a').seen)

    def test_each_change_is_what_the_states_say(self):
        recording = execorder.exec(COUNTER)
        for name in ('n', 'counter.total', 'counter.items[0]', 'counter.items[-1]'):
            for change in recording.history(name):
                self.assertIn(recording.step(change).kind, ('line', 'call'))
                self.assertLess(change.step, change.seen)
        for change in recording.history('n'):
            self.assertEqual(recording.state(change.seen)['n'], change.after)
            self.assertEqual(recording.state(change.seen - 1).get('n', UNBOUND), change.before)

    def test_a_change_is_three_things_and_more(self):
        (change,) = execorder.exec('def f():\n    global x\n    x = 1\nf()').history('x')
        step, before, after = change
        self.assertEqual((before, after), (UNBOUND, 1))
        self.assertEqual((change.function, change.line, change.target), ('f', 3, 'x'))
        self.assertIn('x at step %d, line 3: UNBOUND -> 1' % step, repr(change))

    def test_a_local_is_meant_by_a_step_of_its_frame(self):
        recording = execorder.exec('def f(a):\n    a += 1\n    return a\nf(1)\nf(10)\n')
        second = recording.visits(3)[1]
        self.assertEqual([change[1:] for change in recording.history('a', second)], [(UNBOUND, 10), (10, 11)])
        with self.assertRaisesRegex(NameError, 'there is no a in <module>'):
            recording.history('a')

    def test_a_function_means_all_its_calls(self):
        recording = execorder.exec('def f(a):\n    a += 1\n    return a\nf(1)\nf(10)\n')
        self.assertEqual([change.after for change in recording.history('a', function='f')], [1, 2, 10, 11])
        with self.assertRaisesRegex(NameError, "no function 'g'"):
            recording.history('a', function='g')
        with self.assertRaisesRegex(NameError, "f has no variable 'b'"):
            recording.history('b', function='f')
        with self.assertRaisesRegex(ValueError, 'plain name'):
            recording.history('a.b', function='f')

    def test_each_frame_of_a_recursion_has_its_own(self):
        recording = execorder.exec('def f(n):\n    m = n\n    if n:\n        f(n - 1)\n    m = -n\n    return m\nf(2)')
        inner = recording.visits(6)[0]
        self.assertEqual([change.after for change in recording.history('m', inner)], [0, 0][:1])
        outer = recording.visits(6)[-1]
        self.assertEqual([change.after for change in recording.history('m', outer)], [2, -2])

    def test_a_variable_in_a_closure_is_written_by_the_inner_function(self):
        recording = execorder.exec('''\
def outer():
    count = 0
    def inner():
        nonlocal count
        count += 1
    inner()
    inner()
    return count
outer()
''')
        changes = recording.history('count', recording.visits(8)[0])
        self.assertEqual(triples(changes), [(2, UNBOUND, 0), (5, 0, 1), (5, 1, 2)])


class HistoryOfParts(unittest.TestCase):
    def setUp(self):
        self.recording = execorder.exec(COUNTER)

    def test_an_attribute(self):
        self.assertEqual(
            triples(self.recording.history('counter.total')), [(3, UNBOUND, 0), (7, 0, 5), (7, 5, 11), (7, 11, 18)])

    def test_an_item_of_a_list_follows_what_moves_there(self):
        self.assertEqual(
            triples(self.recording.history('counter.items[1]')), [(8, UNBOUND, 6), (14, 6, 60), (15, 60, 5)])
        self.assertEqual(
            triples(self.recording.history('counter.items[-1]')), [(8, UNBOUND, 5), (8, 5, 6), (8, 6, 7)])

    def test_self_is_known_where_it_runs(self):
        n = self.recording.visits(9)[1]
        self.assertEqual(self.recording.last_write(n, 'self.items[1]')[1:], (UNBOUND, 6))
        self.assertEqual(self.recording.last_write(n, 'self.total').after, 11)

    def test_a_key_of_a_dict(self):
        recording = execorder.exec('d = {"a": 1, (1, "x"): 2}\nd["a"] += 1\nd.update({(1, "x"): 3})\nd.clear()\nd["a"] = 0')
        self.assertEqual(
            triples(recording.history("d['a']")), [(1, UNBOUND, 1), (2, 1, 2), (4, 2, UNBOUND), (5, UNBOUND, 0)])
        n = recording.visits(4)[0]
        self.assertEqual(triples(recording.history("d[(1, 'x')]", n)), [(1, UNBOUND, 2), (3, 2, 3), (4, 3, UNBOUND)])

    def test_an_attribute_whose_dict_was_handed_out(self):
        recording = execorder.exec('class C: pass\nc = C()\nc.x = 1\nnames = vars(c)\nnames["x"] = 2\nc.x = 3')
        self.assertEqual(triples(recording.history('c.x')), [(3, UNBOUND, 1), (5, 1, 2), (6, 2, 3)])
        self.assertEqual(recording.last_write(-1, 'c.x').after, 3)

    def test_an_attribute_of_the_class(self):
        recording = execorder.exec('class C:\n    n = 0\nc = C()\nC.n = 1\nC.n = 2\n')
        self.assertEqual([change.after for change in recording.history('c.n')], [0, 1, 2])

    def test_a_slot(self):
        recording = execorder.exec('class C:\n    __slots__ = "x",\nc = C()\nc.x = 1\nc.x = 2')
        self.assertEqual(triples(recording.history('c.x')), [(4, UNBOUND, 1), (5, 1, 2)])

    def test_the_last_write_is_found_in_a_long_history(self):
        recording = execorder.exec('a = [0] * 10\nfor i in range(3000):\n    a[3 if i == 7 else 5] = i\n')
        change = recording.last_write(-1, 'a[3]')
        self.assertEqual((change.before, change.after), (0, 7))
        self.assertEqual(recording.last_write(-1, 'a[5]').after, 2999)

    def test_the_history_of_an_object_that_is_gone(self):
        recording = execorder.exec('def f():\n    a = [1]\n    a[0] = 2\n    return 0\nf()\nfor i in range(20000):\n    b = [i]\n')
        n = recording.visits(4)[0]
        self.assertEqual([change.after for change in recording.history('a[0]', n)], [1, 2])

    def test_values_are_copies_of_their_moment(self):
        recording = execorder.exec('a = []\nb = [a]\na.append(1)\nb[0] = {"k": a}\na.append(2)')
        changes = recording.history('b[0]')
        self.assertEqual([change.after for change in changes], [[], {'k': [1]}])
        self.assertEqual(changes[1].before, [1])


class HistoryOfObjects(unittest.TestCase):
    def test_every_change_inside_an_object(self):
        recording = execorder.exec('d = {}\nd["a"] = 1\nd["a"] = 2\ndel d["a"]')
        changes = recording.history(recording.state(-1)['d'])
        self.assertEqual([(change.target, change.before, change.after) for change in changes], [
            ('object', UNBOUND, {}), ("['a']", UNBOUND, 1), ("['a']", 1, 2), ("del ['a']", 2, UNBOUND)])

    def test_an_instance(self):
        recording = execorder.exec('class C: pass\nc = C()\nc.x = 1\nc.x = 2')
        changes = recording.history(recording.state(-1)['c'])
        self.assertEqual([(change.target, change.after) for change in changes if change.target == '.x'],
                         [('.x', 1), ('.x', 2)])
        self.assertEqual(recording.last_write(-1, recording.state(-1)['c']).after, 2)

    def test_an_object_from_elsewhere_is_refused(self):
        recording = execorder.exec('x = [1]')
        with self.assertRaisesRegex(ValueError, 'not from one of the newest answers'):
            recording.history([1])


class BadQuestions(unittest.TestCase):
    def test_paths_are_read_not_evaluated(self):
        recording = execorder.exec('x = [1]\ny = 0')
        for text in ('x()', 'x[y]', 'x +', '', '1', 'x[print("no")]', 'x[0:1]', '"x"', 'x[[]]'):
            with self.assertRaisesRegex(ValueError, 'is no path'):
                recording.history(text)

    def test_what_is_not_there_is_said(self):
        recording = execorder.exec('x = [1]\nx.append(2)')
        with self.assertRaisesRegex(NameError, 'there is no nope in <module> at step'):
            recording.last_write(-1, 'nope')
        with self.assertRaisesRegex(AttributeError, 'x has no .nope at step'):
            recording.history('x.nope')
        with self.assertRaisesRegex(LookupError, r'x has no \[7\] at step'):
            recording.history('x[7]')
        with self.assertRaisesRegex(IndexError, 'there is no step 999'):
            recording.history('x', 999)
        with self.assertRaises(TypeError):
            recording.state('3')

    def test_without_state_the_answer_says_why(self):
        recording = execorder.exec('x = 1\nx = 2', record_state=False)
        for question in (lambda: recording.history('x'), lambda: recording.last_write(-1, 'x'),
                         lambda: recording.find('x > 1'), recording.exceptions, lambda: recording.state(0)):
            with self.assertRaisesRegex(execorder.RecordingError, 'record_state=False'):
                question()
        self.assertIn('x = 2', repr(recording.around(-1)))

    def test_a_closed_recording_says_so(self):
        recording = execorder.exec('x = 1')
        recording.close()
        for question in (lambda: recording.history('x'), lambda: recording.find('x'), recording.exceptions,
                         recording.around, lambda: recording.state(0)):
            with self.assertRaisesRegex(ValueError, 'the recording is closed'):
                question()
        self.assertIn('closed', repr(recording))
        self.assertIn('closed', recording._repr_html_())


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
