import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { parseConfiguration } from '../../../adapter/src/dap/configuration';
import { UserError } from '../../../adapter/src/errors';

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

test('arguments may be a list, or one text with quoted words', () => {
  const given = { code: 'pass', args: `one "two words" 'three'` };

  expect(parseConfiguration('launch', given)).toMatchObject({ args: ['one', 'two words', 'three'] });
  expect(parseConfiguration('launch', { code: 'pass', args: ['a b', 1] })).toMatchObject({
    args: ['a b', '1'],
  });
});

test('the environment comes from envFile and env; null removes a variable', () => {
  const given = { code: ['x = 1', 'y = 2'], cwd: folder, envFile: '.env', env: { B: null, C: 3 } };

  expect(parseConfiguration('launch', given)).toMatchObject({
    target: { kind: 'code', code: 'x = 1\ny = 2' },
    env: { A: '1', B: null, C: '3' },
  });
});

test('what a client turned from nothing into false is nothing', () => {
  const given = { module: 'json.tool', env: false, args: null, cwd: false, envFile: false };

  expect(parseConfiguration('launch', given)).toMatchObject({ kind: 'run', env: {}, args: [] });
});

test('a recording without a program is opened', () => {
  expect(parseConfiguration('attach', { recording: join(folder, 'old.xrec') })).toEqual({
    kind: 'open',
    recording: join(folder, 'old.xrec'),
    stopOnEntry: true,
  });
});

test.each([
  ['launch', undefined, "'program', 'module' or 'code'"],
  ['launch', { program: 'prog.py', code: 'x' }, 'Only one of'],
  ['launch', { program: '/no/such/program.py' }, 'There is no program at /no/such/program.py'],
  ['launch', { code: 'x', cwd: '/no/such/folder' }, 'There is no folder /no/such/folder'],
  ['launch', { code: 'x', envFile: '/no/such/file' }, "can't be read"],
  ['launch', { code: 'x', args: 5 }, "'args' has to be a list"],
  ['attach', {}, "'recording' is its path"],
  ['attach', { recording: '/no/such.xrec' }, 'There is no recording at /no/such.xrec'],
] as const)('%s with %j says what is wrong', (request, given, sentence) => {
  expect(() => parseConfiguration(request, given)).toThrow(UserError);
  expect(() => parseConfiguration(request, given)).toThrow(sentence);
});
