"""Greenlets exchange stacks within a thread: each recording, and each stack of one recording, stays by itself."""

import sys
import textwrap
import unittest

from packages import packages

import execorder


def use(name):
    """Only a wheel will do: to compile the package takes minutes."""
    sys.path.insert(0, packages('--only-binary=:all:', name))


class Greenlets(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        use('greenlet')

    def test_greenlets_of_recorded_code_have_a_stack_each(self):
        recording = execorder.exec(textwrap.dedent('''
            import greenlet
            log = []
            def work(n):
                for i in range(3):
                    m = n * 10 + i
                    log.append(m)
                    main.switch(m)
                return n
            main = greenlet.getcurrent()
            a, b = greenlet.greenlet(work), greenlet.greenlet(work)
            a.switch(1); b.switch(2); a.switch(); b.switch()
            c = log[:]
        '''))
        self.assertIsNone(recording.error)
        at = [(recording.state(n)['n'], recording.state(n)['m'], recording.state(n)['log']) for n in recording.visits(7)]
        self.assertEqual(at, [(1, 10, []), (2, 20, [10]), (1, 11, [10, 20]), (2, 21, [10, 20, 11])])
        self.assertEqual(len({recording.step(n).thread for n in recording.visits(7)}), 2)
        self.assertEqual(recording.state(-1)['c'], [10, 20, 11, 21])

    def test_a_recording_in_each_of_several_greenlets(self):
        import greenlet

        code = compile(textwrap.dedent('''
            items = []
            for i in range(20):
                items.append(i * tag)
                shared.append((tag, i))
            total = sum(items)
        '''), '<greenlets>', 'exec')
        main, recordings, shared = greenlet.getcurrent(), {}, []

        def run(tag):
            recordings[tag] = execorder.exec(
                code, {'tag': tag, 'shared': shared}, callback=lambda r: main.switch(), callback_interval=7)

        running = [greenlet.greenlet(run) for _ in range(3)]
        for tag, each in enumerate(running, 1):
            each.switch(tag)
        while any(not each.dead for each in running):
            for each in running:
                each.switch()
        self.assertEqual(sorted(recordings), [1, 2, 3])
        for tag, recording in recordings.items():
            self.assertIsNone(recording.error)
            self.assertEqual(len(recording.visits(4)), 20)
            self.assertEqual(recording.state(-1)['total'], 190 * tag)
            for i, n in enumerate(recording.visits(5)):
                state = recording.state(n)
                self.assertEqual(state['items'], [k * tag for k in range(i + 1)])
                self.assertEqual(state['shared'], shared[:len(state['shared'])])
                self.assertEqual(sum(owner == tag for owner, _ in state['shared']), i)
        self.assertNotEqual([tag for tag, _ in shared], sorted(tag for tag, _ in shared))

    def test_a_callback_that_sleeps_in_gevent(self):
        use('gevent')
        import gevent

        recordings = {}

        def run(tag):
            recordings[tag] = execorder.exec(
                'total = 0\nfor i in range(50):\n    total += i * tag\n', {'tag': tag},
                callback=lambda r: gevent.sleep(0), callback_interval=10)

        gevent.joinall([gevent.spawn(run, tag) for tag in range(1, 5)])
        for tag in range(1, 5):
            self.assertIsNone(recordings[tag].error)
            self.assertEqual(recordings[tag].state(-1)['total'], 1225 * tag)
            self.assertEqual(len(recordings[tag].visits(3)), 50)


class Asyncio(unittest.TestCase):
    def test_a_callback_that_runs_an_event_loop(self):
        import asyncio

        async def pause():
            await asyncio.sleep(0)
            return execorder.exec('a = 1\na += 1').state(-1)['a']

        answers = []
        loop = asyncio.new_event_loop()
        recording = execorder.exec(
            'for i in range(30):\n    x = i\n', callback=lambda r: answers.append(loop.run_until_complete(pause())),
            callback_interval=10)
        loop.close()
        self.assertIsNone(recording.error)
        self.assertEqual(set(answers), {2})
        self.assertEqual(len(recording.visits(2)), 30)

    def test_tasks_that_record_in_turn(self):
        import asyncio

        async def task(tag):
            recordings = []
            for i in range(4):
                recordings.append(execorder.exec('r = [tag, i]\nr.append(0)', {'tag': tag, 'i': i}))
                await asyncio.sleep(0)
            return recordings

        async def main():
            return await asyncio.gather(*[task(tag) for tag in range(3)])

        loop = asyncio.new_event_loop()
        for tag, recordings in enumerate(loop.run_until_complete(main())):
            self.assertEqual([r.state(-1)['r'] for r in recordings], [[tag, i, 0] for i in range(4)])
        loop.close()

    def test_coroutines_and_async_generators_of_recorded_code(self):
        recording = execorder.exec(textwrap.dedent('''
            import asyncio
            async def numbers(n):
                for i in range(n):
                    yield i
                    await asyncio.sleep(0)
            async def add(n):
                total = 0
                async for i in numbers(n):
                    total += i
                return total
            async def main():
                return await asyncio.gather(add(3), add(4))
            loop = asyncio.new_event_loop()
            result = loop.run_until_complete(main())
            loop.close()
        '''))
        self.assertIsNone(recording.error)
        self.assertEqual(recording.state(-1)['result'], [3, 6])
        self.assertGreaterEqual(len(recording.visits(10)), 7)  # 3.9 comes to this line once more as each loop ends


if __name__ == '__main__':
    unittest.main()
