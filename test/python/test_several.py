"""Several recordings at the same time: each has its own steps, and each is exact."""

import gc
import sys
import threading
import time
import unittest

import execorder


def lines(recording):
    """The lines of the line steps of the recorded code's own file."""
    return [step.line for step in recording if step.kind == 'line']


def at(recording, line, visit=0):
    """The state at a visit of a line."""
    return recording.state(recording.visits(line)[visit])


def in_threads(*functions):
    """Runs the functions at once, each in a thread of its own; answers what they return."""
    results = [None] * len(functions)

    def run(number, function):
        results[number] = function()

    threads = [threading.Thread(target=run, args=item) for item in enumerate(functions)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


class Nested(unittest.TestCase):
    def test_each_sees_its_own_steps(self):
        outer = execorder.exec('a = 1\ninner = execorder.exec("b = 2\\nb += 1\\nb *= 2")\nc = inner.state(-1)["b"]\n',
                               {'execorder': execorder})
        self.assertIsNone(outer.error)
        self.assertEqual(lines(outer), [1, 2, 3])
        inner = outer._states  # the outer one keeps the inner as an opaque object
        self.assertIsNotNone(inner)
        self.assertEqual(outer.state(-1)['c'], 6)

    def test_the_outer_one_sees_what_the_inner_code_changes(self):
        shared = {'list': [1], 'dict': {}, 'set': set()}
        inner_code = (
            'shared["list"].append(2)\n'
            'shared["dict"]["k"] = [3]\n'
            'shared["set"].add(4)\n'
            'shared["list"][0] = shared["dict"]\n'
            'del shared["list"][1]\n'
        )
        kept = []
        outer = execorder.exec(
            'before = 1\nkept.append(execorder.exec(inner_code, {"shared": shared}))\nafter = 2\n',
            {'execorder': execorder, 'kept': kept, 'shared': shared, 'inner_code': inner_code},
        )
        self.assertIsNone(outer.error)
        self.assertEqual(at(outer, 1)['shared'], {'list': [1], 'dict': {}, 'set': set()})
        wanted = {'list': [{'k': [3]}], 'dict': {'k': [3]}, 'set': {4}}
        self.assertEqual(at(outer, 3)['shared'], wanted)
        self.assertEqual(outer.state(-1)['shared'], wanted)
        self.assertEqual(at(kept[0], 3)['shared'], {'list': [1, 2], 'dict': {'k': [3]}, 'set': set()})
        self.assertEqual(kept[0].state(-1)['shared'], wanted)

    def test_globals_that_are_shared_are_seen_by_both(self):
        names = {'execorder': execorder, 'x': 1}
        names['names'] = names
        outer = execorder.exec('y = 2\ninner = execorder.exec("x = 10\\ny = 20\\nz = 30", names)\ny += 1\n', names)
        self.assertIsNone(outer.error)
        self.assertEqual([at(outer, 3)[name] for name in 'xyz'], [10, 20, 30])
        self.assertEqual(outer.state(-1)['y'], 21)
        inner = names['inner']
        self.assertEqual([at(inner, 3)[name] for name in 'xy'], [10, 20])

    def test_a_function_of_the_outer_code_is_the_outer_ones_wherever_it_is_called(self):
        kept = []
        outer = execorder.exec(
            'def f(n):\n    m = n + 1\n    return m\nkept.append(execorder.exec("r = f(1)\\nr = f(r)", {"f": f}))\nx = 1\n',
            {'execorder': execorder, 'kept': kept},
        )
        self.assertEqual(lines(outer), [1, 4, 2, 3, 2, 3, 5])
        self.assertEqual(outer.state(outer.visits(3)[1])['m'], 3)
        self.assertEqual(lines(kept[0]), [1, 2])
        self.assertEqual(kept[0].state(-1)['r'], 3)

    def test_recursion_with_the_same_code(self):
        code = compile('x = depth\nif depth < 3:\n    run(depth + 1)\ny = [x]\n', '<recursion>', 'exec')
        recordings = {}

        def run(depth):
            recordings[depth] = execorder.exec(code, {'depth': depth, 'run': run})

        run(0)
        self.assertEqual(sorted(recordings), [0, 1, 2, 3])
        for depth, recording in recordings.items():
            self.assertIsNone(recording.error)
            self.assertEqual(lines(recording), [1, 2, 3, 4] if depth < 3 else [1, 2, 4])
            self.assertEqual(recording.state(-1)['y'], [depth])

    def test_the_bounds_of_the_inner_one_do_not_stop_the_outer_one(self):
        kept = []
        outer = execorder.exec(
            'kept.append(execorder.exec("while True:\\n    pass", max_steps=50))\nx = 1\n',
            {'execorder': execorder, 'kept': kept},
        )
        self.assertIsNone(outer.error)
        self.assertEqual((kept[0].stopped_by, kept[0].steps()), ('max_steps', 50))
        self.assertEqual(outer.state(-1)['x'], 1)

    def test_the_bounds_of_the_outer_one_stop_the_inner_one(self):
        kept = []
        outer = execorder.exec(
            'kept.append(execorder.exec("while True:\\n    f()", {"f": f}))\nx = 1\n'.replace('f()', 'f()'),
            {'execorder': execorder, 'kept': kept, 'f': None},
        )
        self.assertIsInstance(kept[0].error, TypeError)
        outer = execorder.exec(
            'def f():\n    pass\nkept.append(execorder.exec("while True:\\n    f()", {"f": f}))\nx = 1\n',
            {'execorder': execorder, 'kept': kept}, max_steps=100,
        )
        self.assertEqual((outer.stopped_by, outer.steps()), ('max_steps', 100))


class Callbacks(unittest.TestCase):
    def test_a_callback_can_record(self):
        inner = []

        def callback(recording):
            inner.append(execorder.exec('t = 1\nt += n', {'n': recording.steps()}))

        outer = execorder.exec('s = 0\nfor i in range(20):\n    s += i\n', callback=callback, callback_interval=10)
        self.assertIsNone(outer.error)
        self.assertEqual(outer.state(-1)['s'], 190)
        self.assertEqual(lines(outer).count(3), 20)
        self.assertGreater(len(inner), 3)
        for recording in inner:
            self.assertEqual(lines(recording), [1, 2])
            self.assertEqual(recording.state(-1)['t'], 1 + recording.state(-1)['n'])

    def test_recursion_through_a_callback(self):
        depths = []

        def callback(recording):
            if len(depths) < 5:
                depths.append(len(depths))
                execorder.exec('a = 1\nb = 2\n', callback=callback, callback_interval=1)

        outer = execorder.exec('a = 1\nb = 2\n', callback=callback, callback_interval=1)
        self.assertIsNone(outer.error)
        self.assertEqual(depths, [0, 1, 2, 3, 4])
        self.assertEqual(lines(outer), [1, 2])

    def test_what_a_callback_changes_is_seen_though_its_steps_are_not(self):
        names = {'items': [], 'table': {}}

        def callback(recording):
            names['items'].append(recording.steps())
            names['table'][len(names['items'])] = 1

        recording = execorder.exec('for i in range(6):\n    x = i\n', names, callback=callback, callback_interval=3)
        self.assertGreater(len(names['items']), 5)
        for n in range(recording.steps()):
            called = [steps for steps in names['items'] if steps <= n]
            self.assertEqual(recording.state(n)['items'], called, n)
            self.assertEqual(len(recording.state(n)['table']), len(called))

    def test_recorded_functions_that_a_callback_calls_make_no_steps_but_their_changes_are_seen(self):
        names = {}

        def callback(recording):
            if 'count' in names:
                names['count']()

        recording = execorder.exec(
            'def make():\n    n = 0\n    def count():\n        nonlocal n\n        global total\n        n += 1\n'
            '        total = n\n    def get():\n        return n\n    return count, get\n'
            'count, get = make()\nfor i in range(5):\n    seen = get()\n',
            names, callback=callback, callback_interval=4,
        )
        self.assertIsNone(recording.error)
        self.assertEqual(recording.visits(6), [])
        self.assertGreater(names['total'], 2)
        self.assertEqual(recording.state(-1)['total'], names['seen'] if recording.visits(13)[-1] > 0 else 0)
        for n in recording.visits(9):
            seen_next = [v for v in recording.visits(12) if v > n]
            if seen_next:  # a callback at step n comes before the line runs
                self.assertEqual(recording.state(n + 1)['n'], recording.state(seen_next[0])['seen'])

    def test_a_generator_that_a_callback_has_moved_on(self):
        names = {}

        def callback(recording):
            try:
                next(names['g'], None)
            except (KeyError, ValueError):  # not made yet; running
                pass

        recording = execorder.exec(
            'def numbers():\n    for n in range(100):\n        yield n\ng = numbers()\nfor i in range(8):\n'
            '    x = next(g)\n    y = x\n',
            names, callback=callback, callback_interval=9,
        )
        self.assertIsNone(recording.error)
        for n in recording.visits(3):
            frame_n = recording.state(n)['n']
            later = [v for v in recording.visits(7) if v > n]
            if later:
                self.assertEqual(recording.state(later[0])['x'], frame_n)


class Threads(unittest.TestCase):
    def test_recordings_that_begin_and_end_at_the_same_time(self):
        code = 't = 0\nkept = []\nfor i in range(1, 41):\n    t += i\n    kept.append(t)'
        for _ in range(10):
            runs = in_threads(*[lambda seed=seed: execorder.exec(code, {'seed': seed}) for seed in range(8)])
            for seed, run in enumerate(runs):
                self.assertEqual(run.error, None)
                state = run.state(-1)
                self.assertEqual((state['seed'], state.get('t'), len(state.get('kept', ()))), (seed, 820, 40))
                self.assertEqual(len(run.history('t')), 41)

    def test_eight_recordings_of_one_code_object(self):
        code = compile(
            'import random\nrandom.seed(seed)\nnumbers = list(range(60))\nr = random.Random(seed)\n'
            'r.shuffle(numbers)\nfor i in range(len(numbers)):\n    for j in range(len(numbers) - 1 - i):\n'
            '        if numbers[j] > numbers[j + 1]:\n'
            '            numbers[j], numbers[j + 1] = numbers[j + 1], numbers[j]\n',
            '<sort>', 'exec',
        )
        runs = in_threads(*[lambda seed=seed: execorder.exec(code, {'seed': seed}) for seed in range(8)])
        import random

        for seed, recording in enumerate(runs):
            self.assertIsNone(recording.error)
            shuffled = list(range(60))
            random.Random(seed).shuffle(shuffled)
            self.assertEqual(recording.state(recording.visits(6)[0])['numbers'], shuffled)
            self.assertEqual(recording.state(-1)['numbers'], sorted(shuffled))
            swaps = recording.visits(9)
            wanted = list(shuffled)
            for n in swaps:
                state = recording.state(n) if n % 97 == 0 else None
                if state is not None:
                    self.assertEqual(state['numbers'], wanted)
                line_state = recording.step(n)
                self.assertEqual(line_state.line, 9)
                j = recording.state(n)['j'] if n % 97 == 0 else None
                if j is None:
                    break
            self.assertEqual(len(swaps), inversions(shuffled))
            self.assertEqual({step.thread for step in recording[0:50]}, {recording.step(0).thread})

    def test_what_another_recording_changes_is_seen_by_both(self):
        shared = {'list': [], 'done': False}
        turn_a, turn_b = threading.Event(), threading.Event()
        a_code = (
            'seen = []\n'
            'for i in range(5):\n'
            '    turn_b.set(); turn_a.wait(); turn_a.clear()\n'
            '    seen.append(len(shared["list"]))\n'
            '    shared["list"].append(("a", i))\n'
        )
        b_code = (
            'for i in range(5):\n'
            '    turn_b.wait(); turn_b.clear()\n'
            '    shared["list"].insert(0, ["b", i])\n'
            '    turn_a.set()\n'
        )
        names = {'shared': shared, 'turn_a': turn_a, 'turn_b': turn_b}
        a, b = in_threads(lambda: execorder.exec(a_code, dict(names)), lambda: execorder.exec(b_code, dict(names)))
        self.assertIsNone(a.error)
        self.assertIsNone(b.error)
        self.assertEqual({step.line for step in b if step.kind == 'line'}, {1, 2, 3, 4})
        wanted = []
        for i in range(5):
            n = b.visits(3)[i]
            self.assertEqual(b.state(n)['shared']['list'], wanted)
            wanted.insert(0, ['b', i])
            n = a.visits(4)[i]
            self.assertEqual(a.state(n)['shared']['list'], wanted)
            wanted.append(('a', i))
        self.assertEqual(a.state(-1)['shared'], {'list': wanted, 'done': False})
        self.assertEqual(a.state(-1)['seen'], [1, 3, 5, 7, 9])

    def test_a_thread_that_is_not_recorded_changes_what_is(self):
        shared, go, done = [0], threading.Event(), threading.Event()

        def host():
            for i in range(1000):
                shared[0] = i
            go.wait()
            for i in range(5):
                shared[0] = i
            shared.append('host')
            done.set()

        thread = threading.Thread(target=host)
        thread.start()
        recording = execorder.exec('x = 1\ngo.set(); done.wait()\ny = 2\n', {'shared': shared, 'go': go, 'done': done})
        thread.join()
        self.assertEqual(at(recording, 3)['shared'], [4, 'host'])

    def test_threads_of_the_code_belong_to_its_recording(self):
        code = compile(
            'import threading\nfound = []\ndef work(n):\n    m = n * tag\n    found.append(m)\n'
            'threads = [threading.Thread(target=work, args=(n,)) for n in range(3)]\n'
            'for t in threads: t.start()\nfor t in threads: t.join()\nend = sorted(found)\n',
            '<threads>', 'exec',
        )
        runs = in_threads(*[lambda tag=tag: execorder.exec(code, {'tag': tag}) for tag in (10, 100, 1000)])
        for tag, recording in zip((10, 100, 1000), runs):
            self.assertIsNone(recording.error)
            self.assertEqual(len(recording.visits(5)), 3)
            self.assertEqual(sorted(recording.state(n)['m'] for n in recording.visits(5)), [0, tag, 2 * tag])
            self.assertEqual(recording.state(-1)['end'], [0, tag, 2 * tag])

    def test_recordings_that_begin_and_end_while_another_runs(self):
        stop, started = threading.Event(), threading.Event()
        code = (
            'n = 0\nitems = []\nwhile not stop.is_set():\n    n += 1\n    items.append(n)\n    del items[:-9]\n'
            '    if n == 50: started.set()\n'
        )
        long = []
        thread = threading.Thread(
            target=lambda: long.append(execorder.exec(code, {'stop': stop, 'started': started})))
        thread.start()
        started.wait(30)
        short = [execorder.exec('x = [i]\nx.append(i)\nx[0] = x', {'i': i}) for i in range(30)]
        stop.set()
        thread.join()
        for i, recording in enumerate(short):
            self.assertEqual(at(recording, 3)['x'], [i, i])
        recording = long[0]
        self.assertIsNone(recording.error)
        visits = recording.visits(7)
        self.assertGreater(len(visits), 50)
        for visit in visits[::len(visits) // 30 + 1]:
            state = recording.state(visit)
            self.assertEqual(state['items'], list(range(max(1, state['n'] - 8), state['n'] + 1)))


class Collector(unittest.TestCase):
    def setUp(self):
        self.addCleanup(gc.set_threshold, *gc.get_threshold())

    def test_finalizers_let_other_threads_begin_and_end_recordings(self):
        class Cycle:
            def __init__(self):
                self.me = self

            def __del__(self):
                time.sleep(0.0005)

        def record_some():
            for allocations in range(1, 40):
                gc.set_threshold(allocations)  # so that the collector runs here or there
                Cycle()
                recording = execorder.exec('a = [1]\na.append(2)\n')
                self.assertEqual(recording.state(-1)['a'], [1, 2])
            return True

        self.assertEqual(in_threads(*[record_some] * 8), [True] * 8)

    def test_it_is_as_the_program_left_it(self):
        self.addCleanup(gc.enable)
        for change in (gc.disable, gc.enable):
            change()
            wanted = gc.isenabled()
            recording = execorder.exec('import gc\nseen = gc.isenabled()\n')
            self.assertEqual((recording.state(-1)['seen'], gc.isenabled()), (wanted, wanted))


class AfterAll(unittest.TestCase):
    @unittest.skipUnless(sys.version_info >= (3, 12), 'sys.monitoring is younger')
    def test_nothing_is_left_in_the_interpreter(self):
        self.assertEqual([sys.monitoring.get_tool(n) for n in range(6)], [None] * 6)

    def test_slots_are_as_before(self):
        before = (list.append, dict.update, object.__setattr__, list.__setitem__)
        in_threads(*[lambda: execorder.exec('x = [1]; x.append(2)')] * 3)
        self.assertEqual(before, (list.append, dict.update, object.__setattr__, list.__setitem__))
        self.assertIs(before[0], list.append)


def inversions(numbers):
    return sum(a > b for i, a in enumerate(numbers) for b in numbers[i + 1:])


if __name__ == '__main__':
    unittest.main()
