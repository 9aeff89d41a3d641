"""The program's side of docs/CONTROL.md, driven as an adapter would."""

import os
import subprocess
import sys
import time
import unittest

import execorder
from debugger import Debugger

LOOP = '''
    def double(n):
        result = n * 2      #@ inside
        return result

    total = 0               #@ first
    for i in range(5):
        total += double(i)  #@ loop
    print(total)            #@ last
'''


class Channel(unittest.TestCase):
    def test_the_program_says_hello_and_waits(self):
        debugger = Debugger(self, LOOP)
        hello = debugger.hello
        self.assertEqual(hello['token'], 'secret')
        self.assertEqual(hello['pid'], debugger.process.pid)
        self.assertEqual(hello['recording'], debugger.recording)
        self.assertEqual(hello['program'], debugger.program)
        self.assertEqual(hello['python'], '%d.%d.%d' % sys.version_info[:3])
        debugger.start()
        self.assertEqual(debugger.event('exited')['code'], 0)
        self.assertEqual(debugger.end(), (0, '20\n', ''))

    def test_the_token_is_not_in_the_environment_of_the_program(self):
        debugger = Debugger(self, 'import os; print("EXECORDER_TOKEN" in os.environ)')
        debugger.start()
        self.assertEqual(debugger.end()[1], 'False\n')

    def test_an_unknown_command_gets_an_error(self):
        debugger = Debugger(self, LOOP)
        with self.assertRaisesRegex(RuntimeError, "there is no command 'dance'"):
            debugger.request('dance')

    def test_a_program_whose_debugger_is_gone_runs_on(self):
        debugger = Debugger(self, LOOP)
        debugger.start('inside')
        debugger.stopped()
        debugger.request('detach')
        debugger.lines.close()
        debugger.connection.close()
        self.assertEqual(debugger.end(), (0, '20\n', ''))

    def test_a_program_whose_debugger_dies_ends(self):
        for breakpoints in (['inside'], []):
            debugger = Debugger(self, 'import time\nwhile True:\n    time.sleep(0.001)  #@ inside\n')
            debugger.start(*breakpoints)
            if breakpoints:
                debugger.stopped()
            debugger.lines.close()
            debugger.connection.close()
            self.assertEqual(debugger.process.wait(20), 143)

    def test_without_a_debugger_there_is_one_sentence(self):
        result = subprocess.run(
            [sys.executable, '-m', 'execorder', '--control', '1', '-c', 'pass'], stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, universal_newlines=True,
        )
        self.assertEqual(result.returncode, 2)
        self.assertRegex(result.stderr, '^execorder: no debugger listens on port 1: .*\n$')


class Stopping(unittest.TestCase):
    def test_it_stops_at_its_first_line(self):
        debugger = Debugger(self, LOOP)
        debugger.start(stop_on_entry=True)
        self.assertEqual(debugger.stopped(), ('entry', 1))

    def test_it_stops_at_breakpoints_and_tells_which(self):
        debugger = Debugger(self, LOOP)
        debugger.start('inside', 'last')
        for _ in range(5):
            self.assertEqual(debugger.stopped(), ('breakpoint', debugger.line('inside')))
            self.assertEqual(debugger.stop['breakpoints'], [1])
            debugger.request('continue')
        self.assertEqual(debugger.stopped(), ('breakpoint', debugger.line('last')))
        self.assertEqual(debugger.stop['breakpoints'], [2])

    def test_breakpoints_can_change_while_it_is_stopped(self):
        debugger = Debugger(self, LOOP)
        debugger.start('inside')
        debugger.stopped()
        debugger.set_breakpoints({'line': debugger.line('last')})
        self.assertEqual(debugger.go(), ('breakpoint', debugger.line('last')))

    def test_a_breakpoint_is_found_through_another_spelling_of_the_path(self):
        debugger = Debugger(self, LOOP)
        folder = os.path.dirname(debugger.program)
        other = os.path.join(folder, '..', os.path.basename(folder), 'prog.py')
        debugger.set_breakpoints({'line': debugger.line('last')}, file=other)
        debugger.request('start', stopOnEntry=False, stopAtEnd=False, breakpoints=[])
        self.assertEqual(debugger.stopped(), ('breakpoint', debugger.line('last')))

    def test_conditions_and_hit_counts_decide(self):
        debugger = Debugger(self, LOOP)
        line = debugger.line('loop')
        for condition, expected in (
            ({'condition': 'i == 3'}, ['3']), ({'hitCondition': '2'}, ['1']), ({'hitCondition': '>= 4'}, ['3', '4']),
            ({'hitCondition': '%2'}, ['1', '3']), ({'condition': 'missing'}, []),
            ({'condition': 'i > 1', 'hitCondition': '==2'}, ['3']),
        ):
            with self.subTest(condition):
                debugger = Debugger(self, LOOP)
                debugger.set_breakpoints(dict(condition, line=line), {'line': debugger.line('last')})
                debugger.request('start', stopOnEntry=False, stopAtEnd=False, breakpoints=[])
                seen = []
                while debugger.stopped()[1] == line:
                    seen.append(debugger.evaluate('i'))
                    debugger.request('continue')
                self.assertEqual(seen, expected)

    def test_a_condition_that_fails_is_told(self):
        debugger = Debugger(self, LOOP)
        debugger.set_breakpoints({'line': debugger.line('loop'), 'condition': '1 / 0'})
        debugger.request('start', stopOnEntry=False, stopAtEnd=False, breakpoints=[])
        self.assertIn('ZeroDivisionError', debugger.event('warning')['text'])

    def test_log_messages_are_filled_in_and_do_not_stop(self):
        debugger = Debugger(self, LOOP)
        debugger.set_breakpoints({'line': debugger.line('loop'), 'logMessage': 'i is {i}, {[n for n in range(i)]}'})
        debugger.request('start', stopOnEntry=False, stopAtEnd=False, breakpoints=[])
        self.assertEqual([debugger.event('warning')['text'] for _ in range(3)],
                         ['i is 0, []', 'i is 1, [0]', 'i is 2, [0, 1]'])

    def test_stepping_goes_over_into_and_out_of_calls(self):
        debugger = Debugger(self, LOOP)
        debugger.start('loop')
        thread = debugger.event('stopped')['thread']
        debugger.set_breakpoints()
        lines = [debugger.go(command, thread=thread) for command in ('next', 'next', 'stepIn', 'next', 'stepOut')]
        loop = debugger.line('loop')
        inside = debugger.line('inside')
        self.assertEqual(lines, [('step', line) for line in (loop - 1, loop, inside, inside + 1, loop - 1)])

    def test_a_step_in_may_be_to_certain_frames_only(self):
        debugger = Debugger(self, '''
            def work(n):
                if n:
                    work(n - 1)   #@ inside
                n += 1            #@ after

            work(2)
            over = True           #@ over
        ''')
        debugger.start('inside')
        debugger.stopped()
        outer = debugger.frame()
        debugger.set_breakpoints()
        goes = [debugger.go('stepIn', frames=frames) for frames in ([outer], [outer + 1000])]
        self.assertEqual(goes, [('step', debugger.line(mark)) for mark in ('after', 'over')])

    def test_it_can_be_paused(self):
        debugger = Debugger(self, 'n = 0\nwhile True:\n    n += 1\n')
        debugger.start()
        time.sleep(0.2)
        debugger.request('pause')
        self.assertEqual(debugger.stopped()[0], 'pause')
        self.assertGreater(int(debugger.evaluate('n')), 0)
        debugger.request('continue')
        debugger.request('pause')
        self.assertEqual(debugger.stopped()[0], 'pause')

    def test_all_threads_stand_still_while_it_is_stopped(self):
        debugger = Debugger(self, '''
            import threading, time
            count = 0
            def work():
                global count
                while True:
                    count += 1
            threading.Thread(target=work, daemon=True).start()
            time.sleep(0.2)
            done = 1  #@ here
        ''')
        debugger.start('here')
        debugger.stopped()
        time.sleep(0.2)
        before = debugger.evaluate('count')
        time.sleep(0.3)
        self.assertEqual(debugger.evaluate('count'), before)
        debugger.request('continue')
        self.assertEqual(debugger.end()[0], 0)

    def test_it_stops_where_an_exception_is_raised(self):
        debugger = Debugger(self, '''
            def f():
                raise KeyError("k")  #@ raise
            try:
                f()
            except KeyError:
                pass
            done = 1  #@ done
        ''')
        debugger.request('setExceptionBreakpoints', filters=['raised'])
        debugger.start('done')
        self.assertEqual(debugger.stopped(), ('exception', debugger.line('raise')))
        self.assertEqual((debugger.stop['text'], debugger.stop['description']), ('KeyError', "'k'"))
        self.assertEqual(debugger.go(), ('breakpoint', debugger.line('done')))

    def test_it_stops_once_an_exception_has_reached_the_top(self):
        debugger = Debugger(self, 'def f():\n    x = [1]\n    raise ValueError("no")  #@ raise\nf()\n')
        debugger.request('setExceptionBreakpoints', filters=['uncaught'])
        debugger.start(stop_at_end=True)
        self.assertEqual(debugger.stopped()[0], 'exception')
        self.assertEqual((debugger.stop['text'], debugger.stop['description']), ('ValueError', 'no'))
        debugger.request('continue')
        code, _, errors = debugger.end()
        self.assertEqual(code, 1)
        self.assertTrue(errors.endswith('ValueError: no\n'))

    def test_it_stops_at_its_end(self):
        debugger = Debugger(self, 'import sys, atexit\natexit.register(print, "bye")\nsys.exit(3)\n')
        debugger.start(stop_at_end=True)
        debugger.stopped()
        self.assertEqual((debugger.stop['reason'], debugger.stop['text']), ('end', '3'))
        debugger.request('continue')
        self.assertEqual(debugger.event('exited')['code'], 3)
        self.assertEqual(debugger.end(), (3, 'bye\n', ''))

    def test_it_can_be_terminated(self):
        debugger = Debugger(self, '''
            try:
                while True:
                    pass
            finally:
                print("cleaned up")
        ''')
        debugger.start()
        time.sleep(0.3)
        debugger.request('terminate')
        code, output, errors = debugger.end()
        self.assertEqual((code, output, errors), (143, 'cleaned up\n', ''))
        with execorder.open(debugger.recording) as recording:
            self.assertIsNotNone(recording.stopped_by)

    def test_a_second_termination_ends_it_at_once(self):
        debugger = Debugger(self, '''
            while True:
                try:
                    while True:
                        pass
                except BaseException:
                    pass
        ''')
        debugger.start()
        time.sleep(0.3)
        debugger.request('terminate')
        try:
            debugger.request('terminate')
        except (EOFError, OSError):
            pass
        self.assertEqual(debugger.end()[0], 143)


class Evaluating(unittest.TestCase):
    def stopped_inside(self):
        debugger = Debugger(self, LOOP)
        debugger.start('inside')
        debugger.stopped()
        return debugger

    def test_expressions_see_the_names_of_the_frame(self):
        debugger = self.stopped_inside()
        self.assertEqual(debugger.evaluate('n + 1'), '1')
        self.assertEqual(debugger.evaluate('total', depth=1), '0')
        self.assertEqual(debugger.evaluate('[n for _ in range(2)]'), '[0, 0]')
        result = debugger.request('evaluate', expression='double', frame=0, context='hover')
        self.assertEqual(result['type'], 'function')

    def test_errors_are_the_last_line_of_the_traceback(self):
        debugger = self.stopped_inside()
        with self.assertRaisesRegex(RuntimeError, "^NameError: name 'nope' is not defined$"):
            debugger.evaluate('nope')
        with self.assertRaisesRegex(RuntimeError, '^SyntaxError'):
            debugger.evaluate('1 +')

    def test_statements_run_in_the_repl(self):
        debugger = self.stopped_inside()
        debugger.evaluate('n = 50', context='repl')
        self.assertEqual(debugger.evaluate('n'), '50')
        debugger.set_breakpoints()
        debugger.request('continue')
        self.assertEqual(debugger.end()[1], '120\n')

    def test_variables_are_set_where_they_live(self):
        debugger = self.stopped_inside()
        result = debugger.request('setVariable', frame=debugger.frame(), name='n', expression='10 * 5')
        self.assertEqual(result, {'value': '50', 'type': 'int'})
        debugger.set_breakpoints({'line': debugger.line('loop')})
        debugger.go()
        debugger.request('setVariable', frame=debugger.frame(), name='total', expression='1000')
        debugger.set_breakpoints({'line': debugger.line('last')})
        debugger.go()
        self.assertEqual(debugger.evaluate('total'), '1020')
        with execorder.open(debugger.recording) as recording:
            self.assertEqual(recording.state(debugger.stop['step'])['total'], 1020)
            after = recording.visits(debugger.line('inside') + 1)[0]
            self.assertEqual(recording.dicts(after)[1], {'n': 50, 'result': 100})

    def test_frames_that_have_ended_can_not_be_asked(self):
        debugger = self.stopped_inside()
        with self.assertRaisesRegex(RuntimeError, 'this frame has ended'):
            debugger.request('evaluate', expression='1', frame=10 ** 6, context='watch')

    def test_long_values_are_cut_unless_they_are_copied(self):
        debugger = self.stopped_inside()
        self.assertLess(len(debugger.evaluate('"x" * 1000000')), 200_000)
        self.assertEqual(len(debugger.evaluate('"x" * 1000000', context='clipboard')), 1_000_002)


if __name__ == '__main__':
    unittest.main()
