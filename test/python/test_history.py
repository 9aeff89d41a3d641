"""Recording: who wrote it, and all values that a name, a part of an object or an object had."""

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

    def test_a_key_that_is_a_tuple(self):
        recording = execorder.exec('d = {(1, "a"): 5, (1, "b"): 0}\nd[1, "a"] = 6\nd[1, "b"] = 7\nend = 0')
        for path, before, after in (("d[1, 'a']", 5, 6), ("d[(1, 'b')]", 0, 7)):
            self.assertEqual(recording.last_write(-1, path)[1:], (before, after))
            self.assertEqual([change.after for change in recording.history(path)], [before, after])

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


if __name__ == '__main__':
    unittest.main()
