"""Keys that answer __eq__ themselves: a dict is not written whole for each of them."""

import os
import tempfile
import unittest

import execorder

SOURCE = '''
import weakref

class Key:
    def __init__(self, number):
        self.number = number
    def __hash__(self):
        return hash(self.number)
    def __eq__(self, other):
        return self.number == other.number

def fill(count):
    d, keys = {}, []
    for number in range(count):
        key = Key(number)
        keys.append(key)
        d[%s] = number
    return d, keys

kept = fill(%d)
'''
FEW, MANY = 500, 2000


class OddKeys(unittest.TestCase):
    def size_of(self, key, count):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, 'run.xrec')
            with execorder.exec(SOURCE % (key, count), path=path) as recording:
                self.assertIsNone(recording.error)
                self.assertEqual(len(recording.state(-1)['kept'][0]), count)
            return os.path.getsize(path)

    def test_a_recording_grows_with_the_number_of_keys_and_not_with_its_square(self):
        for key in ('key', 'weakref.ref(key)'):
            with self.subTest(key):
                self.assertLess(self.size_of(key, MANY), 2 * MANY // FEW * self.size_of(key, FEW))


if __name__ == '__main__':
    unittest.main()
