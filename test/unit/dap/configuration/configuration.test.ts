import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { parseConfiguration } from '../../../../adapter/src/dap/configuration/configuration';
import { UserError } from '../../../../adapter/src/errors';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'execorder-test-'));
  writeFileSync(join(folder, 'prog.py'), 'x = 1\n');
  writeFileSync(join(folder, 'old.xrec'), '');
  writeFileSync(join(folder, '.env'), '# comment\nA=1\nexport B="two words"\n');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a program is looked for from cwd, and stops at its end unless told otherwise', () => {
  expect(parseConfiguration('launch', { program: 'prog.py', cwd: folder })).toMatchObject({
    kind: 'run',
    target: { kind: 'program', path: join(folder, 'prog.py') },
    cwd: folder,
    stopOnEntry: false,
    stopAtEnd: true,
    justMyCode: true,
    recording: undefined,
  });
});

test('arguments may be a list, or one text for the shell', () => {
  const given = { code: 'pass', args: `one "two words" $HOME`, pythonArgs: `-X dev '-W' "error"` };

  expect(parseConfiguration('launch', given)).toMatchObject({
    args: { kind: 'shell', text: `one "two words" $HOME` },
    pythonArgs: ['-X', 'dev', '-W', 'error'],
  });
  expect(parseConfiguration('launch', { code: 'pass', args: ['a b', 1] })).toMatchObject({
    args: { kind: 'words', words: ['a b', '1'] },
  });
});

test('the interpreter may be a path, or a list whose rest are arguments of its own', () => {
  const given = { code: 'pass', python: ['python3', '-X', 'dev'], pythonArgs: ['-b'] };

  expect(parseConfiguration('launch', given)).toMatchObject({
    python: 'python3',
    pythonArgs: ['-X', 'dev', '-b'],
  });
  expect(parseConfiguration('launch', { code: 'pass', pythonPath: '/bin/py' })).toMatchObject({
    python: '/bin/py',
  });
});

test('output is redirected from the debug console only, unless told otherwise', () => {
  const parse = (given: object): unknown => parseConfiguration('launch', { code: 'pass', ...given });

  expect(parse({})).toMatchObject({ console: 'internalConsole', redirectOutput: true });
  expect(parse({ console: 'integratedTerminal' })).toMatchObject({ redirectOutput: false });
  expect(parse({ console: 'externalTerminal', redirectOutput: true })).toMatchObject({
    redirectOutput: true,
  });
});

test('a recording stays where it has a name, unless told otherwise', () => {
  const parse = (given: object): unknown => parseConfiguration('launch', { code: 'pass', ...given });

  expect(parse({})).toMatchObject({ preserveRecording: false });
  expect(parse({ recording: 'a.xrec' })).toMatchObject({ preserveRecording: true });
  expect(parse({ recording: 'a.xrec', preserveRecording: false })).toMatchObject({
    preserveRecording: false,
  });
  expect(parse({ preserveRecording: true })).toMatchObject({ recording: undefined, preserveRecording: true });
});

test.each([
  [2_000_000, 2_000_000],
  ['2000 KB', 2_000_000],
  ['1.5GiB', 1.5 * 2 ** 30],
  ['500 m', 500_000_000],
  ['3000000 b', 3_000_000],
])('%j is a size', (maxRecordingSize, bytes) => {
  expect(parseConfiguration('launch', { code: 'x', maxRecordingSize })).toMatchObject({
    maxRecordingSize: bytes,
  });
});

test('what is to be left out comes before what is to be recorded, and rules come last', () => {
  const given = {
    code: 'x',
    cwd: folder,
    include: ['lib/**/*.py', '/opt/tool'],
    exclude: '**/generated/**',
    rules: [
      { module: 'a.b', include: true },
      { path: '**', include: false },
    ],
  };

  expect(parseConfiguration('launch', given)).toMatchObject({
    rules: [
      { pattern: '**/generated/**', include: false },
      { pattern: join(folder, 'lib/**/*.py'), include: true },
      { pattern: '/opt/tool/**', include: true },
      { pattern: '**/a/b.py', include: true },
      { pattern: '**/a/b/**', include: true },
      { pattern: '**', include: false },
    ],
  });
});

test('a program that waits is reached by its port, which may be a text', () => {
  expect(parseConfiguration('attach', { connect: { port: '5678' } })).toMatchObject({
    kind: 'connect',
    host: '127.0.0.1',
    port: 5678,
    stopAtEnd: true,
  });
});

test('without debugging, a program only runs', () => {
  const given = { code: 'x', noDebug: true, stopOnEntry: true, stopAtEnd: true };

  expect(parseConfiguration('launch', given)).toMatchObject({ stopOnEntry: false, stopAtEnd: false });
});

test('the environment comes from envFile and env; null removes a variable', () => {
  const given = { code: ['x = 1', 'y = 2'], cwd: folder, envFile: '.env', env: { B: null, C: 3, D: false } };

  expect(parseConfiguration('launch', given)).toMatchObject({
    target: { kind: 'code', code: 'x = 1\ny = 2' },
    env: { A: '1', B: null, C: '3', D: null },
  });
});

test('what a client turned from nothing into false is nothing', () => {
  const given = { module: 'json.tool', env: false, args: null, cwd: false, envFile: false };

  expect(parseConfiguration('launch', given)).toMatchObject({
    kind: 'run',
    env: {},
    args: { kind: 'words', words: [] },
  });
});

test('a recording without a program is opened', () => {
  expect(parseConfiguration('attach', { recording: join(folder, 'old.xrec') })).toEqual({
    kind: 'open',
    recording: join(folder, 'old.xrec'),
    stopOnEntry: true,
    subProcess: false,
    step: undefined,
  });
  expect(parseConfiguration('attach', { recording: join(folder, 'old.xrec'), step: 7 })).toMatchObject({
    step: 7,
  });
});

test.each([
  ['launch', undefined, "'program', 'module' or 'code'"],
  ['launch', { program: 'prog.py', code: 'x' }, 'Only one of'],
  ['launch', { program: '/no/such/program.py' }, 'There is no program at /no/such/program.py'],
  ['launch', { code: 'x', cwd: '/no/such/folder' }, 'There is no folder /no/such/folder'],
  ['attach', { recording: __filename, step: -1 }, "'step' has to be the number"],
  ['launch', { code: 'x', envFile: '/no/such/file' }, "can't be read"],
  ['launch', { code: 'x', args: 5 }, "'args' has to be a list of texts, or a text, not 5"],
  ['launch', { code: 'x', stopOnEntry: 'yes' }, `'stopOnEntry' has to be true or false, not "yes"`],
  ['launch', { code: 'x', env: ['A=1'] }, "'env' has to be an object"],
  ['launch', { code: 'x', console: 'window' }, "'console' has to be one of internalConsole"],
  ['launch', { code: 'x', maxRecordingSize: 'much' }, "'maxRecordingSize' has to be a number of bytes"],
  ['launch', { code: 'x', maxRecordingSize: '600 KB' }, 'of at least 1 MiB, not "600 KB"'],
  ['launch', { code: 'x', rules: [{ include: true }] }, "Each of the 'rules' needs"],
  ['launch', { code: 'x', breakOnSystemExit: ['one'] }, "'breakOnSystemExit' has to hold exit codes"],
  ['attach', {}, "'recording' is the path"],
  ['attach', { connect: { port: 70000 } }, "'connect' needs a 'port'"],
  ['attach', { recording: '/no/such.xrec' }, 'There is no recording at /no/such.xrec'],
] as const)('%s with %j says what is wrong', (request, given, sentence) => {
  expect(() => parseConfiguration(request, given)).toThrow(UserError);
  expect(() => parseConfiguration(request, given)).toThrow(sentence);
});
