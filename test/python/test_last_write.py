"""Reader.last_write: which step wrote a variable, an item or an attribute last."""

import unittest

import execorder

CODE = '''\
def f(n):
    total = 0
    for i in range(n):
        total += i
    last = total
    return last
class A:
    pass
a = A()
a.x = 1
numbers = [1, 2, 3]
table = {'k': 1, 2 ** 70: 5, (1, 2): 4}
numbers.append(4)
numbers[1] = 9
f(4)
table[(1, 2)] = 8
numbers.pop(0)
vars(a)['y'] = 6
a.x = 5
def outer():
    cell = 1
    def inner():
        nonlocal cell
        cell = 2
    inner()
    return cell
outer()
z = 1
'''


class LastWrite(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.recording = execorder.exec(CODE)
        cls.reader = cls.recording._reader
        cls.end = cls.recording.steps() - 1
        cls.globals = cls.reader.stack(cls.end, 1)[0][4]

    def line_of(self, write):
        return self.recording.line(write[1])

    def object_of(self, name):
        return self.reader.last_write(self.end, 'item', self.globals, name)[4].number

    def visit(self, line):
        return self.recording.visits(line)[0]

    def test_globals(self):
        self.assertEqual(self.line_of(self.reader.last_write(self.end, 'item', self.globals, 'table')), 12)
        self.assertIsNone(self.reader.last_write(self.visit(12), 'item', self.globals, 'table'))

    def test_indexes(self):
        numbers = self.object_of('numbers')
        before_pop = self.visit(17)
        written = [self.line_of(self.reader.last_write(before_pop, 'item', numbers, i)) for i in range(4)]
        self.assertEqual(written, [11, 14, 11, 13])
        self.assertEqual(self.line_of(self.reader.last_write(self.end, 'item', numbers, 0)), 17)

    def test_keys(self):
        table = self.object_of('table')
        self.assertEqual(self.line_of(self.reader.last_write(self.end, 'item', table, 2 ** 70)), 12)
        pair = next(key for key, value in self.reader.contents(self.end, table)[3] if value == 8)
        self.assertEqual(self.line_of(self.reader.last_write(self.end, 'item', table, pair)), 16)
        self.assertEqual(self.line_of(self.reader.last_write(self.visit(16), 'item', table, pair)), 12)

    def test_attributes(self):
        a = self.object_of('a')
        self.assertEqual(self.line_of(self.reader.last_write(self.end, 'attribute', a, 'x')), 19)
        self.assertEqual(self.line_of(self.reader.last_write(self.visit(19), 'attribute', a, 'x')), 10)
        self.assertEqual(self.line_of(self.reader.last_write(self.end, 'attribute', a, 'y')), 18)

    def test_variables(self):
        n = self.recording.visits(6)[0]
        frame = self.reader.step(n)[3]
        wrote = {name: self.line_of(self.reader.last_write(n, 'variable', frame, name))
                 for name in ('n', 'total', 'i', 'last')}
        self.assertEqual(wrote, {'n': 15, 'total': 4, 'i': 3, 'last': 5})

    def test_a_variable_in_a_cell_is_written_where_the_cell_is(self):
        n = self.recording.visits(26)[0]
        write = self.reader.last_write(n, 'variable', self.reader.step(n)[3], 'cell')
        self.assertEqual((self.line_of(write), write[4]), (24, 2))

    def test_what_was_never_written_is_none(self):
        self.assertIsNone(self.reader.last_write(self.end, 'item', self.globals, 'nothing'))
        self.assertIsNone(self.reader.last_write(self.end, 'attribute', 10 ** 6, 'nothing'))

    def test_wrong_arguments_are_told(self):
        with self.assertRaisesRegex(ValueError, 'variable'):
            self.reader.last_write(self.end, 'local', 1, 'n')
        with self.assertRaisesRegex(TypeError, 'list'):
            self.reader.last_write(self.end, 'item', 1, [])


if __name__ == '__main__':
    unittest.main()
