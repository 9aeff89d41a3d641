"""Importing execorder, and what its documentation promises."""

import doctest
import importlib
import os
import pkgutil
import subprocess
import sys
import unittest
from unittest import mock

import execorder
from execorder import _interpreter


def load_tests(loader, tests, pattern):
    for module in pkgutil.iter_modules(execorder.__path__, 'execorder.'):
        if not module.name.endswith(('_native', '_pytest')):  # the latter needs pytest
            tests.addTests(doctest.DocTestSuite(importlib.import_module(module.name)))
    tests.addTests(doctest.DocTestSuite(execorder))
    manual = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', 'docs', 'PYTHON.md')
    tests.addTest(doctest.DocFileSuite(manual, module_relative=False))
    return tests


def run(code):
    return subprocess.run(
        [sys.executable, '-c', code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, universal_newlines=True,
    ).stdout


class Importing(unittest.TestCase):
    def test_it_changes_nothing_in_the_interpreter(self):
        shown = run('''
import builtins, sys, threading, atexit, gc
def state():
    return (sys.gettrace(), sys.getprofile(), sys.excepthook, sys.displayhook, list(sys.meta_path), threading.active_count(),
            list.append, dict.__setitem__, object.__setattr__, builtins.exec, sys.stdout, atexit._ncallbacks(),
            sys.monitoring.get_tool(4) if hasattr(sys, "monitoring") else None)
before = state()
import execorder
print(before == state())
''')
        self.assertEqual(shown, 'True\n')

    def test_it_loads_next_to_nothing(self):
        loaded = run('import sys; before = set(sys.modules); import execorder; print(sorted(set(sys.modules) - before))')
        self.assertLessEqual(set(eval(loaded)), {'__future__', 'execorder', 'execorder._interpreter'})

    def test_all_names_are_there(self):
        for name in execorder.__all__:
            self.assertIn(name, dir(execorder))
            self.assertIsNotNone(getattr(execorder, name))
        with self.assertRaisesRegex(AttributeError, "no attribute 'nope'"):
            execorder.nope

    def test_after_a_recording_the_interpreter_is_as_before(self):
        shown = run('''
import sys, execorder
def state():
    return (sys.gettrace(), sys.getprofile(), list.append, list.__dict__["append"], dict.__dict__["update"],
            object.__setattr__, sys.monitoring.get_tool(4) if hasattr(sys, "monitoring") else None)
before = state()
execorder.exec("x = [1]; x.append(2)", time_limit=60).close()
print(before == state())
''')
        self.assertEqual(shown, 'True\n')


class Refusals(unittest.TestCase):
    def test_this_interpreter_is_accepted(self):
        self.assertIsNone(_interpreter.refusal())

    def test_other_interpreters_get_one_sentence(self):
        for changes, sentence in (
            ({'version_info': (3, 6, 15)}, 'Python 3.*this is 3.6.15'),
            ({'version_info': (4, 0, 0)}, 'Python 3.*this is 4.0.0'),
            ({'implementation': mock.Mock(**{'name': 'pypy'})}, 'CPython only.*'),
            ({'abiflags': 't'}, 'free-threaded'),
        ):
            fake = mock.Mock(wraps=sys, version_info=sys.version_info, implementation=sys.implementation, abiflags='')
            del fake.gettotalrefcount
            for name, value in changes.items():
                setattr(fake, name, value)
            if 'implementation' in changes:
                fake.implementation.name = 'pypy'
            with mock.patch.object(_interpreter, 'sys', fake):
                self.assertRegex(_interpreter.refusal(), '^Execorder .*%s.*; .*\\.$' % sentence)


if __name__ == '__main__':
    unittest.main()
