"""The debugger's side of docs/CONTROL.md, as tests play it."""

import json
import os
import socket
import subprocess
import sys
import tempfile
import textwrap

import execorder


class Debugger:
    """The adapter's end of the channel."""

    def __init__(self, test, source, *options, env=None, arguments=()):
        folder = tempfile.TemporaryDirectory()
        test.addCleanup(folder.cleanup)
        self.program = os.path.join(folder.name, 'prog.py')
        self.recording = os.path.join(folder.name, 'prog.xrec')
        with open(self.program, 'w') as file:
            file.write(textwrap.dedent(source).lstrip('\n'))
        listener = socket.socket()
        listener.bind(('127.0.0.1', 0))
        listener.listen(1)
        listener.settimeout(30)
        self.process = subprocess.Popen(
            [sys.executable, '-m', 'execorder', '--control', str(listener.getsockname()[1]), '-o', self.recording,
             *options, self.program, *arguments],
            env=dict(os.environ, EXECORDER_TOKEN='secret', **(env or {})), stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, universal_newlines=True,
        )
        test.addCleanup(self.process.communicate)
        test.addCleanup(self.process.kill)
        self.connection, _ = listener.accept()
        listener.close()
        self.connection.settimeout(30)
        test.addCleanup(self.connection.close)
        self.lines = self.connection.makefile('r', encoding='utf-8')
        test.addCleanup(self.lines.close)
        self.events = []
        self.last_id = 0
        self.hello = self.event('hello')

    def line(self, mark):
        """The number of the line that ends with this mark."""
        with open(self.program) as file:
            return next(number for number, line in enumerate(file, 1) if line.rstrip().endswith('#@ ' + mark))

    def receive(self):
        text = self.lines.readline()
        if not text:
            raise EOFError('the program hung up')
        return json.loads(text)

    def request(self, command, **fields):
        """Sends a request; answers its result, or raises RuntimeError with its error."""
        self.last_id += 1
        self.connection.sendall(json.dumps(dict(fields, id=self.last_id, command=command)).encode() + b'\n')
        while True:
            message = self.receive()
            if message.get('id') == self.last_id:
                if not message['ok']:
                    raise RuntimeError(message['error'])
                return message['result']
            self.events.append(message)

    def event(self, name):
        """The next event of this name; others are passed over."""
        while True:
            message = self.events.pop(0) if self.events else self.receive()
            if message.get('event') == name:
                return message

    def start(self, *marks, stop_on_entry=False, stop_at_end=False):
        self.set_breakpoints(*[{'line': self.line(mark)} for mark in marks])
        self.request('start', stopOnEntry=stop_on_entry, stopAtEnd=stop_at_end, breakpoints=[])

    def set_breakpoints(self, *points, file=None):
        points = [dict(point, id=number) for number, point in enumerate(points, 1)]
        self.request('setBreakpoints', file=file or self.program, breakpoints=points)

    def stopped(self):
        """Waits for the next stop: (reason, line, locals of the running frame)."""
        self.stop = self.event('stopped')
        with execorder.open(self.recording) as recording:
            step = recording.step(self.stop['step'])
            return self.stop['reason'], step.line

    def go(self, command='continue', **fields):
        self.request(command, **fields)
        return self.stopped()

    def frame(self, depth=0):
        reader = execorder._recording.Reader(self.recording)
        return reader.stack(self.stop['step'], self.stop['thread'])[depth][0]

    def evaluate(self, expression, depth=0, context='watch'):
        result = self.request('evaluate', expression=expression, frame=self.frame(depth), context=context)
        return result['value']

    def end(self):
        """Lets it run to its end; answers (exit code, standard output, standard error)."""
        output, errors = self.process.communicate(timeout=30)
        return self.process.returncode, output, errors
