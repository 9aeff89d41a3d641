"""Eight busy threads: no step is lost, and the state at each step is right for all of them."""

import collections
import sys
import threading
import unittest

import execorder

THREADS, ROUNDS = 8, 120
SOURCE = '''
import threading

def work(name):
    own = []
    for i in range(%d):
        own.append(i)
        box[name] = own[-1]
        shared.append((name, i))
    return own

shared = []
box = {}
threads = [threading.Thread(target=work, args=(n,)) for n in range(%d)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
done = True
''' % (ROUNDS, THREADS)
APPEND, SHARE = 7, 9


class BusyThreads(unittest.TestCase):
    def setUp(self):
        self.addCleanup(sys.setswitchinterval, sys.getswitchinterval())
        sys.setswitchinterval(1e-5)

    def record(self):
        recording = execorder.exec(compile(SOURCE, 'busy.py', 'exec'))
        self.assertEqual((recording.stopped_by, recording.error), ('end', None))
        self.addCleanup(recording.close)
        return recording

    def test_no_step_is_lost(self):
        recording = self.record()
        for line in (APPEND, SHARE):
            each = collections.Counter(step.thread for step in recording if step.kind == 'line' and step.line == line)
            self.assertEqual(sorted(each.values()), [ROUNDS] * THREADS)
        final = recording.state(recording.steps() - 1)
        self.assertEqual(len(final['shared']), THREADS * ROUNDS)
        self.assertEqual(final['box'], {n: ROUNDS - 1 for n in range(THREADS)})

    def test_at_any_step_each_thread_has_done_what_its_steps_say(self):
        recording = self.record()
        steps = list(recording)
        begun, ended, at_it = 0, 0, set()
        for step in steps:
            if step.thread in at_it and step.kind in ('line', 'return'):
                at_it.remove(step.thread)
                ended += 1
            if step.step % 97 == 0:
                shared = recording.state(step.step).get('shared', [])
                self.assertTrue(ended <= len(shared) <= begun, (step, ended, len(shared), begun))
                for name in range(THREADS):
                    mine = [i for other, i in shared if other == name]
                    self.assertEqual(mine, list(range(len(mine))), step)
            if step.kind == 'line' and step.line == SHARE:
                begun += 1
                at_it.add(step.thread)

    @unittest.skipIf(sys.version_info < (3, 12), 'sys.monitoring is younger')
    def test_another_listener_in_the_same_run_saw_the_same(self):
        monitoring, tool, truth = sys.monitoring, sys.monitoring.PROFILER_ID, collections.defaultdict(list)

        def line(code, number):
            if code.co_name == 'work':
                local = sys._getframe(1).f_locals
                truth[local['name']].append((number, list(local.get('own', ())), local.get('i')))

        monitoring.use_tool_id(tool, 'truth')
        monitoring.register_callback(tool, monitoring.events.LINE, line)
        monitoring.set_events(tool, monitoring.events.LINE)
        try:
            recording = self.record()
        finally:
            monitoring.set_events(tool, 0)
            monitoring.free_tool_id(tool)
        seen = collections.defaultdict(list)
        for step in recording:
            if step.kind == 'line' and step.function == 'work':
                seen[step.thread].append(step)
        compared = 0
        for steps in seen.values():
            expected = truth[recording.state(steps[0].step)['name']]
            self.assertEqual([step.line for step in steps], [number for number, _, _ in expected])
            for step, (_, own, i) in list(zip(steps, expected))[::23]:
                state = recording.state(step.step)
                self.assertEqual((state.get('own', []), state.get('i')), (own, i), step)
                compared += 1
        self.assertGreater(compared, THREADS * ROUNDS // 10)


if __name__ == '__main__':
    unittest.main()
