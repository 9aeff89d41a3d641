"""A module, a class body or exec'ed code with many names: one that comes or goes is recorded by itself."""

import os
import tempfile
import unittest

import execorder

NAMES, ROUNDS = 20000, 2000
BYTES_EACH = 200  # of a name: its making, and an image of all names now and then
CHANGES = {
    'del': 'x = i\n    del x',
    'del at once': 'x = i; del x',
    'except': 'try:\n        names[0]\n    except KeyError as error:\n        x = i',
    'a key that is no name': 'names[i] = i\n    del names[i]',
    'update': 'names.update(x=i)\n    names.pop("x")',
}
SOURCE = 'names = globals()\nfor i in range(%d): names["name_%%d" %% i] = i\nother = {}\nfor i in range(%d):\n    other[i] = i\n    %s\n'


class ManyNames(unittest.TestCase):
    def bytes_of(self, change, names):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, 'run.xrec')
            with execorder.exec(SOURCE % (names, ROUNDS, change), path=path) as recording:
                self.assertIsNone(recording.error)
                self.assertIsNone(recording._note('seen_late'))
                self.assertEqual(recording.state(-1)['i'], ROUNDS - 1)
            return os.path.getsize(path)

    def test_changes_take_no_more_room_where_there_are_many(self):
        for kind, change in CHANGES.items():
            with self.subTest(kind):
                few, many = [self.bytes_of(change, names) for names in (20, NAMES)]
                self.assertLess(many, few + NAMES * BYTES_EACH)


if __name__ == '__main__':
    unittest.main()
