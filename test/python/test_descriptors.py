"""A program that closes all descriptors, as daemons do, closes the recorder's, too: nothing of its own comes to harm, and the
recording goes on."""

import os
import socket
import subprocess
import sys
import tempfile
import unittest

import execorder
from execorder._channel import Channel

PROGRAM = """
import os, sys
os.closerange(3, 200)
files = [open('victim%d' % i, 'w+') for i in range(8)]
for file in files:
    file.write('x' * 3000)
    file.flush()
total = 0
for i in range(300000):
    total += i
for file in files:
    file.seek(0)
    assert file.read() == 'x' * 3000
    file.close()
print(total)
"""


def connected():
    """Both ends of a connection."""
    with socket.socket() as listener:
        listener.bind(('127.0.0.1', 0))
        listener.listen(1)
        near = socket.create_connection(listener.getsockname())
        return near, listener.accept()[0]


class DescriptorsTest(unittest.TestCase):
    def run_program(self, *words):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        path, program = os.path.join(folder.name, 'a.xrec'), os.path.join(folder.name, 'program.py')
        with open(program, 'w') as file:
            file.write(PROGRAM)
        ended = subprocess.run(
            [sys.executable, '-m', 'execorder', *words, '-o', path, program], cwd=folder.name,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, universal_newlines=True,
        )
        self.assertEqual((ended.returncode, ended.stdout, ended.stderr), (0, '%d\n' % sum(range(300000)), ''))
        return execorder.open(path)

    def test_its_files_and_the_recording_are_whole(self):
        for words in ((), ('--redact', 'password'), ('--max-size', '2MB')):
            with self.subTest(words=words):
                recording = self.run_program(*words)
                self.assertEqual(recording.stopped_by, 'end')
                self.assertEqual(recording.state(-1)['total'], sum(range(300000)))

    def test_nothing_is_sent_to_a_socket_that_took_the_place_of_ours(self):
        ours, debugger = connected()
        channel = Channel(ours)
        os.close(ours.fileno())
        taken, other_end = socket.socketpair()
        self.assertIn(channel.fileno(), (taken.fileno(), other_end.fileno()))
        channel.send({'event': 'stopped'})
        self.assertEqual(channel.receive(wait=False), [])
        self.assertFalse(channel.open)
        channel.close()
        for end in (taken, other_end):
            os.fstat(end.fileno())
            end.settimeout(0)
            self.assertRaises(BlockingIOError, end.recv, 10)
        for end in (taken, other_end, debugger):
            end.close()


if __name__ == '__main__':
    unittest.main()
