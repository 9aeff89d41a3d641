"""A recording names the packages whose compiled code may change lists and dicts past their methods."""

import importlib.util
import os
import shutil
import sys
import tempfile
import unittest

import execorder


class CompiledModules(unittest.TestCase):
    def setUp(self):
        origin = importlib.util.find_spec('_csv').origin
        if origin is None or not os.path.exists(origin):
            self.skipTest('_csv is not in a library of its own')
        self.folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.folder)
        package = os.path.join(self.folder, 'foreign_package')
        os.mkdir(package)
        open(os.path.join(package, '__init__.py'), 'w').close()
        shutil.copy(origin, package)
        sys.path.insert(0, self.folder)
        self.addCleanup(sys.path.remove, self.folder)
        self.addCleanup(lambda: [sys.modules.pop(name) for name in list(sys.modules) if 'foreign_package' in name])

    def test_one_that_is_loaded_meanwhile_is_named(self):
        recording = execorder.exec('import json\nimport foreign_package._csv\nx = 1')
        self.assertIsNone(recording.error)
        self.assertRegex(recording._note('compiled_code'), r'^of .*\bforeign_package\b.* is not found$')

    def test_one_that_is_there_already_is_named(self):
        execorder.exec('import foreign_package._csv')
        self.assertIn('foreign_package', execorder.exec('x = 1')._note('compiled_code'))

    def test_what_comes_with_python_is_not(self):
        note = execorder.exec('import _csv, json, decimal, sqlite3')._note('compiled_code') or ''
        self.assertNotRegex(note, r'_csv|json|decimal|execorder|sqlite3')


if __name__ == '__main__':
    unittest.main()
