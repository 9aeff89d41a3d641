"""pytest --execorder: recordings of failing tests, and how they are told of."""

import os
import re
import subprocess
import sys
import tempfile
import unittest
from urllib.parse import unquote

import execorder
from packages import packages

TESTS = '''\
import asyncio, unittest
import pytest

def helper(a):
    b = a * 2
    raise ValueError('bad %d' % b)

@pytest.fixture
def items():
    found = [1]
    yield found
    found.append('torn down')

@pytest.fixture
def broken():
    raise OSError('no')

def test_passes(items):
    assert items

def test_asserts(items):
    items.append(5)
    assert len(items) == 7

@pytest.mark.parametrize('n', [1, 'x/y'])
def test_raises(n):
    try:
        int('q')
    except ValueError:
        pass
    helper(3)

def test_setup_fails(broken):
    pass

@pytest.mark.xfail
def test_expected():
    assert 0

@pytest.mark.asyncio
async def test_async():
    x = await asyncio.sleep(0, result=4)
    raise KeyError(x)

class TestUnit(unittest.TestCase):
    def test_unit(self):
        self.assertEqual(1, 2)
'''


class Plugin(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.packages = packages('pytest', 'pytest-xdist', 'pytest-asyncio')

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        with open(os.path.join(self.folder, 'test_a.py'), 'w') as file:
            file.write(TESTS)

    def pytest(self, *words, plugin=('-p', 'execorder.pytest_plugin')):
        home = os.path.dirname(os.path.dirname(execorder.__file__))
        done = subprocess.run(
            [sys.executable, '-m', 'pytest', '-q', '--tb=no', '-p', 'no:cacheprovider', *plugin, *words],
            cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, universal_newlines=True,
            env=dict(os.environ, PYTHONPATH=os.pathsep.join([self.packages, home]), PYTHONDONTWRITEBYTECODE='1'),
        )
        return done.stdout

    def kept(self, folder='.execorder'):
        try:
            names = os.listdir(os.path.join(self.folder, folder))
        except FileNotFoundError:
            return []
        return sorted(name for name in names if name.endswith('.xrec'))

    def test_failing_tests_are_kept_and_told_with_a_command_and_a_link_to_the_raise(self):
        shown = self.pytest('--execorder', 'test_a.py')
        self.assertEqual([re.sub(r'-[0-9a-f]{8}\.xrec$', '', name) for name in self.kept()], [
            'test_a.py--TestUnit--test_unit.xrec', 'test_a.py--test_asserts.xrec', 'test_a.py--test_async.xrec',
            'test_a.py--test_raises[1].xrec', 'test_a.py--test_raises[x_y]', 'test_a.py--test_setup_fails.xrec',
        ], shown)
        self.assertEqual(shown.count('python -m execorder --open'), 6, shown)
        self.assertRegex(shown, r'8 tests recorded, [\d,]+ steps, .*6 recordings kept in \.execorder')
        self.assertRegex(shown, r'Overhead: [\d.]+ s to begin and end, about [\d.]+ s for the steps, of [\d.]+ s')
        for path, step in re.findall(r'vscode://execorder\.execorder-vscode/open\?recording=(\S+)&step=(\d+)', shown):
            with execorder.open(unquote(path)) as recording:
                self.check_raise(recording, int(step))

    def check_raise(self, recording, step):
        self.assertEqual((recording.stopped_by, recording.step(step).kind), ('exception', 'exception'))
        self.assertTrue(recording.path.endswith('.xrec'))
        if 'test_raises' in recording.path:
            self.assertEqual((recording.step(step).function, recording.state(step)['b']), ('helper', 6))
        elif 'test_asserts' in recording.path:
            self.assertEqual(recording.state(step)['items'], [1, 5])
            self.assertEqual(recording.state(-1)['found'], [1, 5, 'torn down'])

    def test_the_printed_command_shows_the_raise(self):
        shown = self.pytest('--execorder', '-k', 'test_raises and 1')
        command = re.search(r"python -m execorder --open '?(\S+?)'? --step (\d+)", shown)
        home = os.path.dirname(os.path.dirname(execorder.__file__))
        shown = subprocess.run(
            [sys.executable, '-m', 'execorder', '--open', *command.group(1, 1)[:1], '--step', command.group(2)],
            cwd=self.folder, env=dict(os.environ, PYTHONPATH=home), stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, universal_newlines=True,
        ).stdout
        self.assertRegex(shown, r"> +\d+  exception +6  raise ValueError\('bad %d' % b\)")
        self.assertRegex(shown, r'test_a\.py:6 in helper\n.*test_a\.py:31 in test_raises')

    def test_all_are_kept_when_asked_for_also_by_several_processes(self):
        shown = self.pytest('--execorder=all', '--execorder-folder=kept', '-n', '2')
        self.assertEqual(len(self.kept('kept')), 8, shown)
        self.assertEqual(shown.count('vscode://'), 6, shown)
        self.assertIn('8 tests recorded', shown)

    def test_a_test_that_passes_again_leaves_no_recording(self):
        self.pytest('--execorder', '-k', 'test_asserts')
        self.assertEqual(len(self.kept()), 1)
        with open(os.path.join(self.folder, 'test_a.py'), 'w') as file:
            file.write(TESTS.replace('== 7', '== 2'))
        shown = self.pytest('--execorder', '-k', 'test_asserts')
        self.assertEqual(self.kept(), [], shown)

    def test_without_the_option_nothing_is_recorded_or_said(self):
        shown = self.pytest('-k', 'test_asserts')
        self.assertEqual(self.kept(), [])
        self.assertNotIn('recorded', shown)

    def test_another_word_than_failed_or_all_is_refused(self):
        self.assertIn('--execorder takes failed or all', self.pytest('--execorder=some'))


class Names(unittest.TestCase):
    def test_every_test_has_another_file_and_each_is_a_plain_name(self):
        from execorder._test_names import file_name

        ids = ['t.py::a', 't.py::a[1]', 't.py::a[/]', 't.py::a[:]', 't.py::a[\u00e9]', 'x/t.py::a', 'x-t.py::a', '..::a',
               't.py::A::a', 't.py--A--a', 't.py::a[' + 'x' * 500 + ']', 't.py::a[' + 'x' * 501 + ']', 't.py::a[\n]']
        names = [file_name(one) for one in ids]
        self.assertEqual(len(set(names)), len(ids))
        for name in names:
            self.assertRegex(name, r'^[A-Za-z0-9_][A-Za-z0-9_.,=+@\[\]-]{1,180}\.xrec$')


if __name__ == '__main__':
    unittest.main()
