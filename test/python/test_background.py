"""Recordings are compressed by a thread while the program runs, which the program doesn't notice."""

import os
import sys
import tempfile
import threading
import unittest
import warnings

import execorder


def busy(rounds):
    total = 0
    for i in range(rounds):
        total += i % 7
    return total


def threads_of_the_process():
    with open('/proc/self/stat') as file:
        return int(file.read().rsplit(')', 1)[1].split()[17])


@unittest.skipUnless(sys.platform == 'linux', 'threads are counted as Linux tells them')
class BackgroundTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = os.path.join(folder.name, 'long.xrec')

    def test_a_recording_takes_little_room_while_it_grows(self):
        with execorder.recording(self.path):
            busy(3000000)
            on_disk = 512 * os.stat(self.path).st_blocks
        self.assertGreater(execorder.open(self.path).steps(), 6000000)
        self.assertLess(on_disk, 30000000)  # 8 MiB of it are room for what comes next

    def test_a_fork_finds_one_thread_and_warns_of_none(self):
        seen, alone = [], threads_of_the_process()
        with warnings.catch_warnings():
            warnings.simplefilter('error')
            with execorder.recording(self.path):
                for _ in range(4):
                    busy(300000)
                    during = threads_of_the_process()
                    child = os.fork()
                    seen.append((during, threads_of_the_process()))
                    if child == 0:
                        busy(100)
                        os._exit(0 if threads_of_the_process() == 1 else 1)
                    self.assertEqual(os.waitpid(child, 0)[1], 0)
                    self.assertEqual(threading.active_count(), alone)
        self.assertIn(alone + 1, [during for during, _ in seen])
        self.assertEqual({after for _, after in seen}, {alone})
        self.assertEqual(threads_of_the_process(), alone)
        self.assertGreater(execorder.open(self.path).steps(), 4 * 600000)

    def test_who_reads_it_meanwhile_keeps_what_he_reads(self):
        with execorder.recording(self.path):
            kept = execorder.open(self.path)
            for _ in range(5):
                busy(200000)
                other = execorder.open(self.path)
                step = other.steps() - 1000
                self.assertEqual(other.state(step)['rounds'], 200000)
                other.close()
            self.assertEqual(kept.state(step)['rounds'], 200000)
        self.assertEqual(execorder.open(self.path).state(700000)['rounds'], 200000)


if __name__ == '__main__':
    unittest.main()
