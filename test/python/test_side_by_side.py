"""Other tools that look at the same program work as without the recorder, and the recording loses nothing."""

import dis
import os
import subprocess
import sys
import tempfile
import unittest

import execorder
from packages import packages

WORK = '''
def work(n):
    total = []
    for i in range(n):
        total.append(i * i)
    return sum(total)
'''

PROFILE = '''
import sys
events = []
def profiler(frame, event, argument):
    if frame.f_code.co_name == 'work':
        events.append(event)
sys.setprofile(profiler)
work(3)
sys.setprofile(None)
work(2)
print(events)
'''

CPROFILE = '''
import cProfile, pstats
profile = cProfile.Profile()
profile.enable()
work(4)
profile.disable()
rows = {key[2]: value[0] for key, value in pstats.Stats(profile).stats.items()}
print(rows['work'], rows["<method 'append' of 'list' objects>"])
work(1)
'''

MONITORING = '''
import sys
monitoring = sys.monitoring
seen = []
monitoring.use_tool_id(monitoring.COVERAGE_ID, 'mine')
def line(code, number):
    if code.co_name == 'work':
        seen.append(number)
def started(code, offset):
    seen.append(code.co_name)
monitoring.register_callback(monitoring.COVERAGE_ID, monitoring.events.LINE, line)
monitoring.register_callback(monitoring.COVERAGE_ID, monitoring.events.PY_START, started)
monitoring.set_events(monitoring.COVERAGE_ID, monitoring.events.LINE | monitoring.events.PY_START)
work(2)
monitoring.restart_events()
work(1)
monitoring.set_events(monitoring.COVERAGE_ID, 0)
monitoring.free_tool_id(monitoring.COVERAGE_ID)
work(1)
print(seen, [monitoring.get_tool(n) for n in (0, 1, 2, 5)])
'''

BDB = '''
import bdb
class Watcher(bdb.Bdb):
    lines = []
    def user_line(self, frame):
        if frame.f_code.co_name == 'work':
            self.lines.append((frame.f_lineno, sorted(frame.f_locals)))
        self.set_step()
watcher = Watcher()
watcher.runcall(work, 2)
work(1)
print(watcher.lines)
'''

PDB = '''
import pdb
debugger = pdb.Pdb(nosigint=True, readrc=False)
debugger.use_rawinput = False
value = debugger.runcall(work, 2)
print('value', value)
'''

COVERAGE = '''
import coverage, sys, threading
measured = coverage.Coverage(data_file=None, include=[__file__])
measured.start()
one = 1
two = 2
work(2)
thread = threading.Thread(target=work, args=(3,))
thread.start()
thread.join()
measured.stop()
four = 4
print(sorted(measured.get_data().lines(measured.get_data().measured_files().pop())))
work(1)
'''

#: How coverage measures: from 3.12 on also by sys.monitoring; before, its older releases know only what is the default.
CORES = ['ctrace', 'pytrace'] + (['sysmon'] if sys.version_info >= (3, 12) else [])


class SideBySide(unittest.TestCase):
    def test_a_profile_function_of_the_programs(self):
        self.same(PROFILE, calls=2)

    def test_cprofile(self):
        self.same(CPROFILE, calls=2)

    @unittest.skipIf(sys.version_info < (3, 12), 'sys.monitoring is younger')
    def test_another_tool_of_sys_monitoring(self):
        self.same(MONITORING, calls=3)

    def test_a_debugger_made_with_bdb(self):
        self.same(BDB, calls=2)

    def test_pdb(self):
        self.same(PDB, calls=1, typed='n\nn\np i, total\nu\nd\nc\n')

    def test_coverage(self):
        for core in CORES:
            with self.subTest(core=core):
                self.same(COVERAGE, calls=3, folder=packages('coverage'), COVERAGE_CORE=core)

    def test_coverage_around_the_program(self):
        """Coverage runs the program, and we run coverage."""
        for core in CORES:
            with self.subTest(core=core):
                command = ['-m', 'coverage', 'run', '--data-file=', '--include=prog.py']
                self.same('print(work(2))', 1, folder=packages('coverage'), before=command, COVERAGE_CORE=core)

    def same(self, program, calls, typed='', folder=None, before=(), **variables):
        with tempfile.TemporaryDirectory() as place:
            script, recording = os.path.join(place, 'prog.py'), os.path.join(place, 'a.xrec')
            with open(script, 'w') as file:
                file.write(WORK + program)
            paths = [os.path.dirname(os.path.dirname(execorder.__file__))] + ([folder] if folder else [])
            environment = dict(os.environ, PYTHONPATH=os.pathsep.join(paths), **variables)

            def run(*words):
                return subprocess.run(
                    [sys.executable, *words], cwd=place, env=environment, input=typed, stdout=subprocess.PIPE,
                    stderr=subprocess.PIPE, universal_newlines=True)

            plain = run(*before, script)
            recorded = run('-m', 'execorder', '-o', recording, *before, script)
            self.assertEqual((plain.returncode, plain.stderr), (0, ''))
            self.assertEqual((recorded.returncode, recorded.stdout, recorded.stderr), (0, plain.stdout, ''))
            with execorder.open(recording) as opened:
                steps = list(opened)
                work = [step for step in steps if step.function == 'work']
                self.assertEqual([step.kind for step in work].count('call'), calls)
                self.assertGreater([step.kind for step in work].count('line'), calls * 4)
                if not before:
                    self.assertEqual(lines_that_ran(steps, script), lines_of(script))
                self.assertIsNone(opened._reader.note('not_traced'))


def lines_that_ran(steps, script):
    return {step.line for step in steps if (step.kind, step.function, step.file) == ('line', '<module>', script)}


def lines_of(script):
    """The lines of the module itself, which all run."""
    with open(script) as file:
        code = compile(file.read(), script, 'exec')
    return {line for _, line in dis.findlinestarts(code) if line}


if __name__ == '__main__':
    unittest.main()
