"""What the module is for, as its users would write it: shuffling, sorting with a callback, many at once."""

import random
import threading
import unittest

import execorder

SORT = '''
def bubble_sort(numbers):
    for end in range(len(numbers) - 1, 0, -1):
        swapped = False
        for i in range(end):
            if numbers[i] > numbers[i + 1]:
                numbers[i], numbers[i + 1] = numbers[i + 1], numbers[i]
                swapped = True
        if not swapped:
            break
bubble_sort(numbers)
'''
SWAP = 7

SHUFFLE = '''
import random
generator = random.Random(seed)
cards = list(range(52))
generator.shuffle(cards)
top = cards[-1]
'''


class Shuffle(unittest.TestCase):
    def test_every_swap_that_the_library_makes_is_in_the_state(self):
        recording = execorder.exec(SHUFFLE, {'seed': 7})
        self.assertIsNone(recording.error)
        wanted = list(range(52))
        self.assertEqual(recording.state(recording.visits(5)[0])['cards'], wanted)
        random.Random(7).shuffle(wanted)
        self.assertEqual(recording.state(-1)['cards'], wanted)
        self.assertEqual(recording.state(-1)['top'], wanted[-1])


class BubbleSort(unittest.TestCase):
    def test_2500_numbers_with_a_callback(self):
        numbers = list(range(2500))
        generator = random.Random(1)
        for _ in range(400):  # nearly sorted, so that the test is over soon
            i = generator.randrange(2499)
            numbers[i], numbers[i + 1] = numbers[i + 1], numbers[i]
        before, looks = list(numbers), []

        def look(recording):
            if recording.steps() > 1000:
                state = recording.state(-1)
                looks.append((recording.steps(), sorted(state['numbers']) == list(range(2500))))

        recording = execorder.exec(SORT, {'numbers': numbers}, callback=look, callback_interval=20_000)
        self.assertIsNone(recording.error)
        self.assertEqual(numbers, sorted(before))
        self.assertGreater(len(looks), 1)
        swaps = recording.visits(SWAP)
        for at in (0, len(swaps) // 2, len(swaps) - 1):
            state = recording.state(swaps[at])
            replayed = list(before)
            for n in swaps[:at]:
                i = recording.state(n)['i'] if at < 3 else None
                if i is None:
                    break
                replayed[i], replayed[i + 1] = replayed[i + 1], replayed[i]
            if at < 3:
                self.assertEqual(state['numbers'], replayed)
            self.assertGreater(state['numbers'][state['i']], state['numbers'][state['i'] + 1])
        self.assertEqual(recording.state(-1)['numbers'], sorted(before))


class ManyAtOnce(unittest.TestCase):
    def test_eight_sorts_in_eight_threads(self):
        recordings = {}

        def work(seed):
            numbers = random.Random(seed).sample(range(1000), 40)
            counts = []
            recordings[seed] = (list(numbers), counts, execorder.exec(
                SORT, {'numbers': numbers}, callback=lambda r: counts.append(r.steps()), callback_interval=500))

        threads = [threading.Thread(target=work, args=(seed,)) for seed in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        for before, counts, recording in recordings.values():
            self.assertIsNone(recording.error)
            self.assertEqual(recording.state(-1)['numbers'], sorted(before))
            self.assertEqual(counts[0], 0)
            self.assertEqual(counts[-1], recording.steps())
            replayed = list(before)
            for n in recording.visits(SWAP):
                state = recording.state(n)
                self.assertEqual(state['numbers'], replayed)
                i = state['i']
                replayed[i], replayed[i + 1] = replayed[i + 1], replayed[i]


if __name__ == '__main__':
    unittest.main()
