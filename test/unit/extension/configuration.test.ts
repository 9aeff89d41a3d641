import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { adapterProgram } from '../../../extension/src/adapter-program';
import {
  CURRENT_FILE,
  isEmpty,
  needsInterpreter,
  parseLink,
  recordingConfiguration,
  withFolder,
  withProgram,
} from '../../../extension/src/configuration';

const LAUNCH = { type: 'execorder', request: 'launch', name: 'a launch' };

test('F5 without a launch.json is recognised by what it leaves out', () => {
  expect(isEmpty({})).toBe(true);
  expect(isEmpty(LAUNCH)).toBe(false);
});

test('a launch that says neither what to run nor what to open runs the current file', () => {
  expect(withProgram(LAUNCH)).toEqual({ ...LAUNCH, program: '${file}' });
});

test('a launch that says what to run or to open is left as it is', () => {
  const program = { ...LAUNCH, program: 'main.py' };
  const recording = { ...LAUNCH, recording: 'old.xrec' };

  expect(withProgram(program)).toBe(program);
  expect(withProgram(recording)).toBe(recording);
});

test('a program runs in the open folder, and without one where its file is', () => {
  expect(withFolder(CURRENT_FILE, true)).toMatchObject({ cwd: '${workspaceFolder}' });
  expect(withFolder(CURRENT_FILE, false)).toMatchObject({ cwd: '${fileDirname}' });
  expect(withFolder({ ...LAUNCH, program: '/there/main.py' }, false)).not.toHaveProperty('cwd');
  expect(withFolder({ ...LAUNCH, cwd: '/here' }, true)).toMatchObject({ cwd: '/here' });
});

test('an interpreter is looked for only when a program is run without one', () => {
  expect(needsInterpreter({ ...LAUNCH, program: 'main.py' })).toBe(true);
  expect(needsInterpreter({ ...LAUNCH, program: 'main.py', python: 'python3.13' })).toBe(false);
  expect(needsInterpreter(recordingConfiguration('old.xrec', 'old'))).toBe(false);
  expect(needsInterpreter(CURRENT_FILE)).toBe(true);
});

describe('the adapter', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'execorder-extension-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  function place(file: string): string {
    const whole = path.join(folder, file);
    mkdirSync(path.dirname(whole), { recursive: true });
    writeFileSync(whole, '');
    return whole;
  }

  test('is found inside the packaged extension', () => {
    const program = place('adapter/dist/cli/main.js');

    expect(adapterProgram(folder)).toBe(program);
  });

  test('is found beside the extension in a checkout', () => {
    const program = place('adapter/dist/cli/main.js');

    expect(adapterProgram(path.join(folder, 'extension'))).toBe(program);
  });

  test('that is missing gives a sentence that says what to do', () => {
    expect(() => adapterProgram(folder)).toThrow('install the extension again');
  });
});

test('a link names a recording and perhaps a step of it', () => {
  expect(parseLink('/open', 'recording=%2Ftmp%2Fa%20b.xrec&step=7')).toEqual({
    recording: '/tmp/a b.xrec',
    step: 7,
  });
  expect(parseLink('/open', 'recording=/tmp/a.xrec')).toEqual({ recording: '/tmp/a.xrec' });
  expect(recordingConfiguration('/tmp/a.xrec', 'a', 7)).toMatchObject({ request: 'attach', step: 7 });
});

test.each([
  ['/close', 'recording=/tmp/a.xrec'],
  ['/open', 'step=7'],
  ['/open', 'recording=/tmp/a.sh'],
  ['/open', 'recording=/tmp/a.xrec&step=x'],
])('a link that makes no sense opens nothing: %s?%s', (path, query) => {
  expect(parseLink(path, query)).toBeUndefined();
});
