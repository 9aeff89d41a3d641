"""Bytearrays, arrays, memoryviews, numpy's arrays without numpy, and C types that were registered."""

import array
import os
import subprocess
import sys
import tempfile
import unittest

import execorder


def last_state(code):
    return execorder.exec(code + '\nend = 0').state(-1)


class Rebuilt(unittest.TestCase):
    def test_a_bytearray_comes_back_at_every_step(self):
        recording = execorder.exec('b = bytearray(b"ab")\nb.append(99)\nb[0:1] = b"XY"\nend = 0')
        seen = [recording.state(n).get('b') for n in range(len(recording))]
        self.assertEqual([value for value in seen if value is not None],
                         [bytearray(b'ab'), bytearray(b'abc'), bytearray(b'XYbc'), bytearray(b'XYbc')])
        self.assertIs(type(seen[-1]), bytearray)

    def test_a_memoryview_shares_the_bytearray(self):
        state = last_state('b = bytearray(b"abcdef")\nv = memoryview(b)[1:5:2]\nv[1] = 33')
        self.assertIs(state['v'].obj, state['b'])
        state['v'][0] = 0
        self.assertEqual(state['b'], bytearray(b'a\0c!ef'))

    def test_an_array_keeps_its_type_and_code(self):
        state = last_state('import array\na = array.array("d", [1.5])\na.append(-0.0)\nalias = a')
        self.assertEqual(state['a'], array.array('d', [1.5, -0.0]))
        self.assertEqual(state['a'].typecode, 'd')
        self.assertIs(state['a'], state['alias'])

    def test_what_readinto_wrote_is_seen(self):
        state = last_state('import io\nb = bytearray(3)\nio.BytesIO(b"xyz").readinto(b)')
        self.assertEqual(state['b'], bytearray(b'xyz'))

    def test_slices_and_ranges_come_back(self):
        state = last_state('s = slice(1, None, 2)\nr = range(3, 9, 3)')
        self.assertEqual(state['s'], slice(1, None, 2))
        self.assertEqual(state['r'], range(3, 9, 3))

    def test_the_types_are_as_before_afterwards(self):
        before = dict(vars(bytearray)), bytearray.append, memoryview.release
        execorder.exec('b = bytearray(b"a")\nb.append(1)\nmemoryview(b).release()')
        self.assertEqual((dict(vars(bytearray)), bytearray.append, memoryview.release), before)


class Large(unittest.TestCase):
    def test_a_change_of_a_large_bytearray_is_small_in_the_file(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, 'a.xrec')
            execorder.exec('''
b = bytearray(4 << 20)
view = memoryview(b)
for i in range(200):
    b[i * 1000] = i
    view[i * 1000 + 1] = i
''', path=path).close()
            self.assertLess(os.path.getsize(path), (4 << 20) + 300_000)


class WithoutNumpy(unittest.TestCase):
    def test_an_array_without_numpy_tells_its_dtype_shape_and_values(self):
        from execorder._buffers import Memory, _without_numpy

        memory = Memory('<i4', 4, (2, 2), (8, 4), 0, b'\1\0\0\0\2\0\0\0\3\0\0\0\xff\xff\xff\xff', False, False)
        opaque = _without_numpy(type('ndarray', (), {}), memory, None)
        self.assertEqual((opaque.dtype, opaque.shape, opaque.values), ('<i4', (2, 2), [[1, 2], [3, -1]]))
        view = _without_numpy(type('ndarray', (), {}), memory._replace(shape=(2,), strides=(-4,), offset=12), opaque)
        self.assertEqual(view.values, [-1, 3])


class Registered(unittest.TestCase):
    def run_alone(self, code):
        """In a process of its own: what is registered stays."""
        done = subprocess.run([sys.executable, '-c', code], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              universal_newlines=True)
        self.assertEqual(done.returncode, 0, done.stdout)
        return done.stdout

    def test_fields_of_a_c_type_are_recorded_as_attributes(self):
        printed = self.run_alone('''
import execorder, functools, types
execorder.register(types.MethodType, ['__func__', '__self__'])
recording = execorder.exec("""
class A:
    def f(self): pass
a = A()
m = a.f
end = 0
""")
state = recording.state(-1)
print(vars(state['m'])['__self__'] is state['a'], type(state['m']).__name__)
''')
        self.assertEqual(printed, 'True method\n')

    def test_changes_of_the_fields_are_seen(self):
        printed = self.run_alone('''
import execorder
execorder.register(staticmethod, ['__func__'])
recording = execorder.exec("""
s = staticmethod(len)
s.__init__(max)
end = 0
""")
names = [vars(recording.state(n)['s'])['__func__'].__name__ for n in range(len(recording)) if 's' in recording.state(n)]
print(names)
''')
        self.assertIn("['len', 'max'", printed)

    def test_wrong_descriptions_are_refused_with_a_reason(self):
        cases = [
            ((3, ['a']), TypeError, 'takes a type'),
            ((slice, 'start'), TypeError, 'not a single text'),
            ((slice, ['nothing']), ValueError, "no member descriptor 'nothing'"),
            ((slice, {'x': (4, 'object')}), ValueError, 'not inside'),
            ((slice, {'x': (900, 'int')}), ValueError, 'not inside'),
            ((slice, {'x': (16, 'thing')}), ValueError, "no kind 'thing'"),
            ((slice, {'x': 5}), TypeError, '(offset, kind)'),
            ((slice, {}), ValueError, 'name at least one'),
            ((type(self), ['x']), (TypeError, ValueError), ''),
        ]
        for arguments, error, words in cases:
            with self.assertRaises(error) as caught:
                execorder.register(*arguments)
            self.assertIn(words, str(caught.exception))


if __name__ == '__main__':
    unittest.main()
