"""Which files are recorded step by step: patterns of paths, of which the first that fits decides."""

import os
import subprocess
import sys
import tempfile
import unittest

import execorder

SOURCE = 'def f():\n    x = 1\n    return x\n'


class Rules(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = os.path.realpath(folder.name)
        os.makedirs(self.path('one/two'))
        for name in ('one/a.py', 'one/two/b.py'):
            with open(self.path(name), 'w') as file:
                file.write(SOURCE)
        with open(self.path('main.py'), 'w') as file:
            file.write('import sys; sys.path += ["one", "one/two"]\nimport a, b, bisect, textwrap\na.f(); b.f()\n')

    def path(self, name):
        return os.path.join(self.folder, name)

    def recorded(self, *options):
        """The names of the files that were recorded."""
        words = [sys.executable, '-m', 'execorder', '-o', 'it.xrec', *options, 'main.py']
        subprocess.run(words, cwd=self.folder, env=dict(os.environ, PYTHONPATH=os.environ['PYTHONPATH']), check=True)
        with execorder.open(self.path('it.xrec')) as recording:
            names = {os.path.basename(recording.step(n).file) for n in range(recording.steps())}
            return sorted(names - {"main.py"})

    def test_patterns(self):
        for options, files in [
            ([], ['a.py', 'b.py']),
            (['--exclude', 'one/*'], ['b.py']),
            (['--exclude', 'one/**'], []),
            (['--exclude', '**/two/**'], ['a.py']),
            (['--exclude', '**/one/**/b.py'], ['a.py']),
            (['--exclude', '**/one/**/a.py'], ['b.py']),
            (['--exclude', 'one/?.py'], ['b.py']),
            (['--exclude', 'one'], ['a.py', 'b.py']),
            (['--exclude', 'one/a.p'], ['a.py', 'b.py']),
            (['--include', '**/two/*.py', '--exclude', '**'], ['b.py']),
            (['--exclude', '**', '--include', '**/two/*.py'], []),
            (['--include', '**/textwrap.py'], ['a.py', 'b.py', 'textwrap.py']),
        ]:
            with self.subTest(options=options):
                self.assertEqual(self.recorded(*options), files)

    def test_we_ourselves_are_never_recorded(self):
        files = self.recorded('--include', '**')
        self.assertIn('a.py', files)
        self.assertFalse([name for name in files if name.startswith('_control') or name == '_run.py'])


if __name__ == '__main__':
    unittest.main()
