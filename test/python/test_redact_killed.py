"""What is redacted is never written: a program that is killed leaves nothing of it in its file."""

import os
import signal
import subprocess
import sys
import tempfile
import textwrap
import unittest

import execorder

PROGRAM = textwrap.dedent('''
    import os, signal, sys, types
    from collections import OrderedDict, deque


    password = 'hunter2-' + 'secret'
    alias = password
    config = {'user': 'bob', 'db_password': 'pg-' + 'secret-99', 'port': 5432}

    class Text(str):
        pass

    class Client:
        __slots__ = ('user', 'slot_token', '__dict__')

        def __init__(self, api_token):
            self.api_token = api_token
            self.slot_token = api_token + '-slot'
            self.header = 'Bearer ' + api_token

        def login(self, user, *, password='default-' + 'secret', **rest):
            return f'{user}:{password}'

    def closure(key):
        inner_token = 'cell-' + key
        def get():
            return inner_token
        return get

    def generator(token):
        yield token
        yield token.upper()

    client = Client('tok-' + '1234567890')
    line = client.login('bob', password='kwarg-' + 'zzzz', extra_token='rest-' + 'yyyy')
    plain_line = client.login('ann')
    got = closure('x' * 7)()
    listed = list(generator('GEN-' + 'ERATED'))
    print('logging in with', line, client.header)
    tokens = ['team-' + 'aaaa', {'nested': ('deep-' + 'bbbb',)}]; first = tokens[0]
    tokens.append('appended-' + 'cccc')
    last = tokens[-1]
    deep = tokens[1]['nested'][0]
    token_bytes = b'raw-' + b'dddd'
    plain = token_bytes.decode()
    my_tokens = {'set-' + 'one1', 'set-' + 'two2'}
    my_tokens.add('set-' + 'three3')
    my_tokens.discard('set-' + 'one1')
    popped = sorted(my_tokens)
    ordered = OrderedDict(token='ordered-' + 'eeee')
    ordered['password'] = 'ordered2-' + 'ffff'
    space = types.SimpleNamespace(password='space-' + 'gggg')
    sub_token = Text('sub-' + 'hhhh')
    token_queue = deque(['queue-' + 'iiii'])
    token_queue.append('queue2-' + 'pppp')
    token_buffer = bytearray(b'buffer-' + b'jjjj')
    token_buffer += b'-more'
    d = {}
    d['password'] = 'item-' + 'kkkk'
    d[password] = 1
    d[password] += 1
    del d[password]
    d.update(token='update-' + 'llll')
    setattr(client, 'password2', 'setattr-' + 'mmmm')
    grown = 'A' * 600
    for i in range(40):
        grown += password + '\\n'
    token_map = {'user-key-12': 1, 12: 'map-' + 'nnnn', 'a': 2}
    token_map['b'] = 'map2-' + 'oooo'
    token_map['user-key-13'] = 3
    del token_map['user-key-12']
    from_map = token_map['b']
    try:
        raise ValueError('bad ' + password)
    except ValueError as e:
        error = e
    umlaut_token = 'umläut-' + '\\u1234\\u5678'
    shown_umlaut = '<' + umlaut_token + '>'
    # the password is comment-qqqq
    literal_password = 'literal-rrrr'
    options = {'token': 'literal-ssss', 'kept_key': 'kept-value'}
    pin_token = 47114711
    assert password == 'hunter2-' + 'secret' and tokens[2] == 'appended-' + 'cccc' and pin_token == 47114711
    assert token_map == {12: 'map-' + 'nnnn', 'a': 2, 'b': 'map2-' + 'oooo', 'user-key-13': 3}
    n = 0
    for i in range(4000):
        n += i
    print('done', n)
    sys.stdout.flush()
    if '--die' in sys.argv:
        os.kill(os.getpid(), signal.SIGKILL)
''')
SECRETS = (
    'hunter2-secret', 'pg-secret-99', 'tok-1234567890', 'default-secret', 'kwarg-zzzz', 'rest-yyyy', 'cell-xxxxxxx',
    'GEN-ERATED', 'team-aaaa', 'deep-bbbb', 'appended-cccc', 'raw-dddd', 'set-one1', 'set-two2', 'set-three3',
    'ordered-eeee', 'ordered2-ffff', 'space-gggg', 'sub-hhhh', 'queue-iiii', 'queue2-pppp', 'buffer-jjjj', 'item-kkkk',
    'update-llll', 'setattr-mmmm', 'map-nnnn', 'map2-oooo', 'user-key-12', 'uml\xe4ut-\u1234\u5678', 'comment-qqqq',
    'literal-rrrr', 'literal-ssss', '47114711',
)


class KilledTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.program = os.path.join(folder.name, 'program.py')
        self.path = os.path.join(folder.name, 'killed.xrec')
        with open(self.program, 'w', encoding='utf-8') as file:
            file.write(PROGRAM)

    def run_program(self, *words, chunk_bytes='0'):
        command = [sys.executable, '-m', 'execorder', '--redact', 'password|token', '-o', self.path, self.program, *words]
        environment = dict(os.environ, EXECORDER_CHUNK_BYTES=chunk_bytes, PYTHONIOENCODING='utf-8')
        return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment)

    def check_file(self, recording):
        with open(self.path, 'rb') as file:
            written = file.read()
        self.assertEqual([secret for secret in SECRETS if secret.encode() in written], [])
        told = [recording.output(), recording.source() or '']
        told += [repr(recording.state(n)) for n in range(0, recording.steps() - 1, 97)]
        told.append(repr(recording.state(-1)))
        self.assertEqual([secret for secret in SECRETS if any(secret in text for text in told)], [])

    def check_state(self, state):
        self.assertEqual(state['password'], '<redacted>')
        self.assertEqual(state['config'], {'user': 'bob', 'db_password': '<redacted>', 'port': 5432})
        self.assertEqual(state['line'], 'bob:<redacted>')
        self.assertEqual(state['options'], {'token': '<redacted>', 'kept_key': 'kept-value'})
        self.assertEqual(state['shown_umlaut'], '<<redacted>>')
        self.assertEqual(state['n'], sum(range(4000)))

    def test_killed_in_the_middle(self):
        for chunk_bytes in ('0', '300'):
            with self.subTest(chunk_bytes=chunk_bytes):
                ended = self.run_program('--die', chunk_bytes=chunk_bytes)
                self.assertEqual(ended.returncode, -signal.SIGKILL, ended.stderr)
                self.assertIn(b'logging in with bob:kwarg-zzzz Bearer tok-1234567890', ended.stdout)
                with execorder.open(self.path) as recording:
                    self.check_file(recording)
                    self.check_state(recording.state(-1))

    def test_a_program_that_ends(self):
        ended = self.run_program()
        plain = subprocess.run(
            [sys.executable, self.program], stdout=subprocess.PIPE, env=dict(os.environ, PYTHONIOENCODING='utf-8'),
        )
        self.assertEqual((ended.returncode, ended.stdout, ended.stderr), (0, plain.stdout, b''))
        with execorder.open(self.path) as recording:
            self.check_file(recording)
            self.check_state(recording.state(-1))

    def test_what_was_written_under_another_name_before_goes_at_the_end(self):
        with open(self.program, 'w') as file:
            file.write("early = 'first-' + 'elsewhere'\npassword = early\nlater = early\n")
        self.assertEqual(self.run_program().returncode, 0)
        with execorder.open(self.path) as recording:
            self.assertEqual([recording.state(-1)[name] for name in ('early', 'password')], ['<redacted>'] * 2)
        with open(self.path, 'rb') as file:
            self.assertNotIn(b'first-elsewhere', file.read())

    def test_names_that_make_no_sense_are_refused(self):
        command = [sys.executable, '-m', 'execorder', '--redact', '(', '-o', self.path, self.program]
        ended = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.assertEqual((ended.returncode, ended.stdout), (2, b''))
        self.assertIn(b'--redact: redact is an expression', ended.stderr)


if __name__ == '__main__':
    unittest.main()
