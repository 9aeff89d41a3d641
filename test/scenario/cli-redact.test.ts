import { readdirSync, readFileSync } from 'node:fs';
import { execorder, Folder } from '../support/execorder';

const folder = new Folder();
/** No text of these may be left anywhere. */
const SECRETS = [
  'hunter2-secret',
  'pg-secret-99',
  'tok-1234567890',
  'team-aaaa',
  'deep-bbbb',
  'raw-cccc',
  'later-dddd',
];
const UNUSED = ['never-run-secret', 'default-secret', 'split-eeee'];

const program = folder.write(
  'service.py',
  `
    import sys
    password = 'hunter2-secret'
    alias = password
    config = {'user': 'bob', 'db_password': 'pg-secret-99', 'port': 5432}

    class Client:
        def __init__(self, api_token):
            self.api_token = api_token
            self.header = 'Bearer ' + api_token

        def login(self, user, password='default-secret'):
            return f'{user}:{password}'

    client = Client('tok-1234567890')
    line = client.login('bob', password)
    print('logging in with', line, client.header)
    tokens = ['team-aaaa', {'nested': ('deep-bbbb',)}]
    first = tokens[0]
    token_bytes = b'raw-cccc'
    plain = token_bytes.decode()
    def never():
        connect(user='bob', password='never-run-secret')
    assembled = 'later-'
    assembled += 'dddd'
    my_token = assembled
    grown = 'A' * 40
    for _ in range(5):
        grown += 'hunter2'
        grown += '-secret'
    unused = {'password': 'split-'
              'eeee', 'kept': 'kept-text'}
    pin_token = 4711
    none_token = None
    kept = 'kept-value'
  `,
);
const original = folder.file('service.xrec');
const redacted = folder.file('redacted.xrec');

beforeAll(() => {
  expect(execorder(['record', '-o', original, program, 'hunter2-secret']).status).toBe(0);
  const { status, stdout } = execorder(['redact', original, '--names', 'password|token', '-o', redacted]);
  expect(stdout).toMatch(/^redacted \d+ values, \d+ texts and \d+ objects\n$/);
  expect(status).toBe(0);
});

test('the secrets are in the recording, and nowhere in the redacted copy', () => {
  const [before, after] = [readFileSync(original), readFileSync(redacted)];
  const reader = execorder(['info', redacted, '--json']).stdout;
  for (const secret of SECRETS) {
    expect({ secret, after: after.includes(secret), told: reader.includes(secret) }).toEqual({
      ...{ secret, after: false, told: false },
    });
  }
  expect(before.includes('hunter2-secret')).toBe(true);
  UNUSED.forEach((secret) => expect(after.includes(secret)).toBe(false));
});

test('the copy is sound, has all steps, and shows the rest', () => {
  expect(execorder(['check', redacted]).stdout).toContain('no problems');
  const { steps } = JSON.parse(execorder(['info', redacted, '--json']).stdout) as { steps: number };
  expect(JSON.parse(execorder(['info', original, '--json']).stdout)).toMatchObject({ steps });
  const { stdout } = execorder(['state', redacted, String(steps - 1)]);
  const shown = [
    "password = '<redacted>'",
    "alias = '<redacted>'",
    "config = {'user': 'bob', 'db_password': '<redacted>', 'port': 5432}",
    "client = <Client api_token='<redacted>', header='Bearer <redacted>'>",
    "line = 'bob:<redacted>'",
    "tokens = '<redacted>'",
    "first = '<redacted>'",
    "pin_token = '<redacted>'",
    "plain = '<redacted>'",
    "kept = 'kept-value'",
  ];
  shown.forEach((row) => expect(stdout).toContain(`  ${row}\n`));
});

test('names that make no sense are explained', () => {
  const out = folder.file('never.xrec');
  const { status, stderr } = execorder(['redact', original, '--names', '(token', '-o', out]);
  expect(status).toBe(2);
  expect(stderr).toMatch(/With --names, the names are no regular expression: .+\./);
  expect(execorder(['redact', original, '-o', out]).stderr).toContain('Say what to redact');
});

test('record --redact refuses such names before the program runs', () => {
  const { status, stdout, stderr } = execorder([
    ...['record', '--redact', '(token', '-o', folder.file('refused.xrec'), '-c', 'print("ran")'],
  ]);
  expect(status).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toContain('--redact: redact is an expression such as');
  expect(readdirSync(folder.path).filter((name) => name.includes('refused'))).toEqual([]);
});

test('record --redact leaves them out of the recording at once, also of those of children', () => {
  const family = folder.write(
    'family.py',
    `
      import os
      token = 'inherited-secret'
      if os.fork() == 0:
          copy = token
          os._exit(0)
      os.wait()
    `,
  );
  const safe = folder.file('safe.xrec');
  expect(execorder(['record', '--redact', 'token', '-o', safe, family]).status).toBe(0);
  const files = readdirSync(folder.path).filter((name) => /^safe\..*xrec$/.test(name));
  expect(files).toHaveLength(2);
  for (const file of files) {
    expect(readFileSync(folder.file(file)).includes('inherited-secret')).toBe(false);
  }
});

test('what a killed program has recorded is redacted as well, and until then the named file is not there', () => {
  const killed = folder.write(
    'killed.py',
    `
      import os, sys
      token = 'killed-with-me'
      folder = os.path.dirname(os.path.abspath(__file__))
      for name in sorted(os.listdir(folder)):
          if name.startswith(('dead.', '.dead.')):
              print(name, oct(os.stat(os.path.join(folder, name)).st_mode & 0o777))
      sys.stdout.flush()
      os.kill(os.getpid(), 9)
    `,
  );
  const dead = folder.file('dead.xrec');
  const { status, stdout } = execorder(['record', '--redact', 'token', '-o', dead, killed]);
  expect(status).toBe(128 + 9);
  expect(stdout).toMatch(/^\.dead\.xrec\.unredacted-\w+ 0o700\n$/);
  expect(readdirSync(folder.path).filter((name) => name.includes('dead'))).toEqual(['dead.xrec']);
  expect(readFileSync(dead).includes('killed-with-me')).toBe(false);
  expect(execorder(['info', dead]).stdout).not.toContain('stopped by');
  expect(execorder(['state', dead, '5']).stdout).toContain("token = '<redacted>'");
});

test('a recording that can not be redacted stays where only its user can read it, and that is said', () => {
  const taken = folder.file('taken.xrec');
  const { status, stderr } = execorder([
    ...[
      'record',
      '--redact',
      'token',
      '-o',
      taken,
      '-c',
      `import os; os.makedirs(${JSON.stringify(`${taken}/in-the-way`)})`,
    ],
  ]);
  expect(status).not.toBe(0);
  const [, place] = /It is at (\S+taken\.xrec) and may hold what was to be left out\./.exec(stderr) ?? [];
  expect(execorder(['info', place ?? 'no place']).stdout).toContain('complete    yes');
});
