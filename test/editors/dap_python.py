"""Debugs a program with dap-python, a client for editors written in Python, and prints where it stands and what it sees.

Usage: python dap_python.py PROGRAM ADAPTER…: it stops at the mark `#@ here`, steps, goes back and looks at variables.
The client numbers its requests from 0, and sends nothing before `initialize` is answered.
"""

import subprocess
import sys

from dap import DAPClient


class Editor:
    def __init__(self, adapter):
        self.adapter = subprocess.Popen(adapter, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.client = DAPClient(adapterID='execorder', supportsVariableType=True)
        self.messages = self.received()
        self.event('initialized')  # so the client calls the answer to `initialize`

    def received(self):
        while True:
            self.adapter.stdin.write(self.client.send())
            self.adapter.stdin.flush()
            data = self.adapter.stdout.read1()
            if not data:
                return
            yield from self.client.recv(data)

    def event(self, name):
        return next(message for message in self.messages if message.event == name)

    def answer(self, request):
        """The body of the response to a request."""
        while True:
            body = self.event('response').body
            if body['request_seq'] == request:
                return body['body']

    def where(self):
        self.event('stopped')
        thread = self.answer(self.client.threads())['threads'][0]['id']
        frame = self.answer(self.client.stack_trace(thread))['stackFrames'][0]
        print('%s:%d' % (frame['name'], frame['line']))
        return frame['id']

    def variable(self, frame, name):
        scope = self.answer(self.client.scopes(frame))['scopes'][0]
        variables = self.answer(self.client.variables(scope['variablesReference']))['variables']
        print('%s = %s' % (name, next(one['value'] for one in variables if one['name'] == name)))


def main(program, *adapter):
    with open(program) as file:
        here = next(number for number, line in enumerate(file, 1) if line.rstrip().endswith('#@ here'))
    editor = Editor(adapter)
    client = editor.client
    client.launch(program)
    editor.event('initialized')
    editor.answer(client.set_breakpoints({'path': program}, [{'line': here}]))
    client.configuration_done()
    editor.where()
    client.next(1)
    editor.where()
    client.continue_execution(1)
    editor.variable(editor.where(), 'total')
    for words in '.back', '.rc':  # it has no requests for going back
        client.evaluate(words, context='repl')
        frame = editor.where()
    editor.variable(frame, 'total')
    client.disconnect()
    for _ in editor.messages:
        pass
    if editor.adapter.wait() == 0:
        print('the adapter has ended')


main(*sys.argv[1:])
