"""`python -m execorder` behaves like `python`."""

import os
import re
import signal
import subprocess
import sys
import tempfile
import textwrap
import time
import unittest

import execorder

PROGRAMS = {
    'what the main module holds': '''
        import sys
        print(list(globals()), sys.argv, sys.path[:1], __spec__, __loader__, __builtins__, __doc__)
        print(globals().get('__file__'), sys.modules['__main__'].__dict__ is globals())
    ''',
    'the frames below the program': '''
        import inspect, sys, traceback
        def f():
            traceback.print_stack()
            print(len(inspect.stack()))
        f()
    ''',
    'how deep it may recurse': '''
        def f(n):
            global depth
            depth = n
            f(n + 1)
        try:
            f(1)
        except RecursionError:
            print(depth)
    ''',
    'an uncaught exception with a cause': '''
        def f():
            try:
                1 / 0
            except ZeroDivisionError as error:
                raise ValueError("x") from error
        f()
    ''',
    'an exit with a number': 'import sys; sys.exit(3)',
    'an exit with a text': 'import sys; sys.exit("bye")',
    'an exit with a large number': 'import sys; sys.exit(2 ** 40 + 5)',
    'a keyboard interrupt': 'raise KeyboardInterrupt',
    'a syntax error': 'x = 1\nif x\n    pass',
    'threads and exit handlers': '''
        import atexit, threading, time
        atexit.register(print, "bye")
        def work():
            time.sleep(0.1)
            print("thread")
        threading.Thread(target=work).start()
        print("main is over")
    ''',
    'a finalizer in a cycle that lives to the end': '''
        class Last:
            def __del__(self):
                print("gone")
        cycle = [Last()]
        cycle.append(cycle)
    ''',
    'objects that are nested deeply and end': '''
        import collections, sys
        def nest(wrap, times):
            o = object()
            for _ in range(times): o = wrap(o)
        for wrap in (lambda o: [o]), (lambda o: (o,)), (lambda o: {1: o}), (lambda o: collections.OrderedDict(a=o)):
            nest(wrap, 70_000)
        if sys.version_info >= (3, 8):
            nest(lambda o: o.__dir__, 700_000)
        print("done")
    ''',
    'an exception hook of its own': '''
        import sys
        def hook(kind, error, traceback):
            print("hook", kind.__name__, error, traceback.tb_lineno)
        sys.excepthook = hook
        1 / 0
    ''',
    'input, output and a sudden end': '''
        import os
        print(input("? "), flush=True)
        os.write(2, b"problem")
        os._exit(4)
    ''',
    'classes that are pickled': '''
        import pickle
        class C: pass
        print(type(pickle.loads(pickle.dumps(C()))) is C)
    ''',
    'warnings': '''
        import warnings
        def f():
            warnings.warn("deep", stacklevel=5)
        f()
    ''',
    'objects that are left at the end': '''
        class C:
            def __del__(self):
                print("deleted")
        c = C()
    ''',
}


class Program(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.recording = os.path.join(self.folder, 'run.xrec')

    def write(self, source, name='prog.py'):
        path = os.path.join(self.folder, name)
        with open(path, 'w') as file:
            file.write(textwrap.dedent(source).lstrip('\n'))
        return path

    def run_python(self, *arguments, text='typed\n'):
        return subprocess.run(
            [sys.executable, *arguments], cwd=self.folder, input=text, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            universal_newlines=True, timeout=60,
        )

    def record(self, *arguments, text='typed\n'):
        return self.run_python('-m', 'execorder', '-o', self.recording, *arguments, text=text)


class SameAsPython(Program):
    def assert_same(self, *arguments):
        plain, recorded = self.run_python(*arguments), self.record(*arguments)
        for what in ('returncode', 'stdout', 'stderr'):
            before, after = getattr(plain, what), getattr(recorded, what)
            if isinstance(before, str):
                before, after = (re.sub('0x[0-9a-f]+', '0x', output) for output in (before, after))
            self.assertEqual(after, before, '%s of %s' % (what, arguments))

    def test_a_script_a_module_and_a_command_behave_as_without_the_recorder(self):
        for name, source in PROGRAMS.items():
            with self.subTest(name):
                path = self.write(source)
                with open(path) as file:
                    text = file.read()
                self.assert_same('prog.py', 'one', '-two')
                self.assert_same('-m', 'prog', 'one', '-two')
                self.assert_same('-c', text, 'one')

    def test_the_collector_finds_nothing_of_the_recorder(self):
        self.write('import gc; print(gc.collect(), gc.collect())')
        self.assert_same('prog.py')
        self.assert_same('-c', 'import gc; print(gc.collect(), gc.collect())')

    def test_folders_and_archives_with_a_main_are_run(self):
        import zipfile

        os.mkdir(os.path.join(self.folder, 'app'))
        self.write('import sys; print(sys.argv, sys.path[0], __name__, __file__)', 'app/__main__.py')
        with zipfile.ZipFile(os.path.join(self.folder, 'app.zip'), 'w') as archive:
            archive.writestr('__main__.py', 'import sys; print(sys.argv, sys.path[0], __name__)')
        self.assert_same('app', 'x')
        self.assert_same('app.zip', 'x')

    def test_scripts_elsewhere_find_their_neighbours(self):
        os.mkdir(os.path.join(self.folder, 'src'))
        self.write('word = "hello"', 'src/neighbour.py')
        self.write('import neighbour, sys; print(neighbour.word, __file__, sys.path[0])', 'src/main.py')
        self.assert_same('src/main.py')
        self.assert_same('./src/../src/main.py')


class Recorded(Program):
    def test_the_recording_holds_the_run(self):
        path = self.write('total = 0\nfor i in range(3):\n    total += i\nprint(total)\n')
        self.record('prog.py')
        with execorder.open(self.recording) as recording:
            self.assertEqual(recording.step(0).file, path)
            self.assertEqual([recording.state(n)['total'] for n in recording.visits(3)], [0, 0, 1])
            self.assertEqual(recording.output(), '3\n')
            self.assertEqual((recording.stopped_by, recording.error), ('end', None))

    def test_its_name_is_the_name_of_the_program(self):
        self.write('pass')
        self.run_python('-m', 'execorder', 'prog.py')
        self.run_python('-m', 'execorder', '-m', 'prog', 'arg')
        self.run_python('-m', 'execorder', '-c', 'pass')
        found = sorted(name for name in os.listdir(self.folder) if name.endswith('.xrec'))
        self.assertEqual(found, ['code.xrec', 'prog.xrec'])

    def test_modules_of_the_user_are_recorded_and_libraries_are_not(self):
        self.write('import textwrap\ndef shout(text):\n    return textwrap.dedent(text).upper()\n', 'mine.py')
        self.write('import mine\nprint(mine.shout("hello"))\n')
        self.record('prog.py')
        with execorder.open(self.recording) as recording:
            files = {os.path.basename(step.file) for step in recording}
        self.assertEqual(files, {'prog.py', 'mine.py'})

    def test_with_all_code_the_libraries_are_recorded_too(self):
        self.write('import textwrap\nprint(textwrap.dedent("  hello"))\n')
        self.record('--all-code', 'prog.py')
        with execorder.open(self.recording) as recording:
            self.assertIn('textwrap.py', {os.path.basename(step.file) for step in recording})

    def test_threads_and_exit_handlers_are_recorded(self):
        self.write(PROGRAMS['threads and exit handlers'].replace('print, "bye"', 'lambda: leave()') + '''
        def leave():
            done = 1
        ''')
        self.record('prog.py')
        with execorder.open(self.recording) as recording:
            self.assertLessEqual({'work', 'leave'}, {step.function for step in recording})

    def test_an_exception_is_noted(self):
        self.write('raise LookupError("nothing")')
        self.record('prog.py')
        with execorder.open(self.recording) as recording:
            self.assertEqual(recording.stopped_by, 'exception')
            self.assertEqual(str(recording.error), 'LookupError: nothing')

    def test_a_killed_program_leaves_a_recording_that_opens(self):
        self.write('import time\nn = 0\nwhile True:\n    n += 1\n    if n == 1000:\n        print("go", flush=True)\n')
        program = subprocess.Popen(
            [sys.executable, '-m', 'execorder', '-o', self.recording, 'prog.py'], cwd=self.folder,
            stdout=subprocess.PIPE,
        )
        with program.stdout:
            program.stdout.readline()
        program.send_signal(signal.SIGKILL)
        program.wait()
        with execorder.open(self.recording) as recording:
            self.assertGreater(recording.steps(), 2000)
            self.assertIsNone(recording.stopped_by)
            self.assertIn('incomplete', repr(recording))
            self.assertGreaterEqual(recording.state(-1)['n'], 999)

    def test_a_recording_can_be_read_while_it_is_made(self):
        self.write('n = 0\nwhile n < 500:\n    n += 1\nprint("go", flush=True)\ninput()\nn = -1\n')
        program = subprocess.Popen(
            [sys.executable, '-m', 'execorder', '-o', self.recording, 'prog.py'], cwd=self.folder,
            stdout=subprocess.PIPE, stdin=subprocess.PIPE,
        )
        with program.stdout, program.stdin:
            program.stdout.readline()
            with execorder.open(self.recording) as recording:
                self.assertEqual(recording.state(-1)['n'], 500)
                program.stdin.write(b'\n')
                program.stdin.flush()
                program.wait(30)
                self.assertEqual(recording.state(-1)['n'], -1)
                self.assertEqual(recording.stopped_by, 'end')

    def test_the_child_of_a_fork_leaves_the_recording_alone(self):
        self.write('''
            import os, sys
            pid = os.fork()
            if pid == 0:
                child = 1
                sys.exit(0)
            os.waitpid(pid, 0)
            parent = 1
            print("done")
        ''')
        self.assertEqual(self.record('prog.py').stdout, 'done\n')
        with execorder.open(self.recording) as recording:
            self.assertEqual(recording.stopped_by, 'end')
            state = recording.state(-1)
            self.assertIn('parent', state)
            self.assertNotIn('child', state)


class Unittest(Program):
    def test_a_run_of_unittest_is_recorded(self):
        with open(os.path.join(self.folder, 'test_sum.py'), 'w') as file:
            file.write('import unittest\n\nclass Sums(unittest.TestCase):\n'
                       '    def test_sum(self):\n        total = 1 + 1\n        self.assertEqual(total, 3)\n')
        result = self.run_python('-m', 'execorder', '-o', self.recording, '-m', 'unittest', 'test_sum')
        self.assertEqual(result.returncode, 1)
        self.assertIn('AssertionError: 2 != 3', result.stderr)
        with execorder.open(self.recording) as recording:
            self.assertEqual(recording.state(recording.find('total == 2'))['total'], 2)
            self.assertIsInstance(recording.exceptions()[0].error, AssertionError)


class Limits(Program):
    def test_max_steps_ends_the_program(self):
        self.write('while True:\n    pass\n')
        result = self.record('--max-steps', '500', 'prog.py')
        self.assertEqual((result.returncode, result.stderr), (124, 'execorder: stopped by --max-steps\n'))
        with execorder.open(self.recording) as recording:
            self.assertEqual((recording.steps(), recording.stopped_by), (500, 'max_steps'))

    def test_the_time_limit_ends_the_program_in_a_blocking_call_too(self):
        self.write('import time\ntime.sleep(60)\n')
        began = time.monotonic()
        result = self.record('--time-limit=0.5', 'prog.py')
        self.assertLess(time.monotonic() - began, 20)
        self.assertEqual((result.returncode, result.stderr), (124, 'execorder: stopped by --time-limit\n'))
        with execorder.open(self.recording) as recording:
            self.assertEqual(recording.stopped_by, 'time_limit')


class Misuse(Program):
    def assert_refused(self, sentence, *arguments):
        result = self.run_python('-m', 'execorder', *arguments)
        self.assertEqual((result.returncode, result.stdout), (2, ''))
        self.assertRegex(result.stderr, '^execorder: %s.*\n$' % sentence)

    def test_wrong_command_lines_get_one_sentence(self):
        self.assert_refused('say what to run')
        self.assert_refused('there is no option --wat', '--wat', 'x.py')
        self.assert_refused('--max-steps needs a whole number above 0', '--max-steps', '0', 'x.py')
        self.assert_refused('--time-limit needs a number', '--time-limit', 'soon', 'x.py')
        self.assert_refused('-m needs a value', '-m')

    def test_a_program_that_is_not_there_makes_no_recording(self):
        self.assert_refused("can't open file '.*nope.py': .*No such file", 'nope.py')
        self.assertEqual(os.listdir(self.folder), [])

    def test_a_recording_that_cannot_be_written_is_said_before_the_program_runs(self):
        self.write('print("ran")')
        self.assert_refused('.*No such file or directory', '-o', '/no/such/folder/x.xrec', 'prog.py')

    def test_help_and_version_are_printed(self):
        self.assertIn('usage:', self.run_python('-m', 'execorder', '--help').stdout)
        self.assertIn(execorder.__version__, self.run_python('-m', 'execorder', '--version').stdout)


if __name__ == '__main__':
    unittest.main()
