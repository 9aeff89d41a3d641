import { existsSync } from 'node:fs';
import { record, Recording, UserError, type RecordOptions } from 'execorder';
import { Folder } from '../support/execorder';
import { newestPython } from '../support/pythons';

const folder = new Folder();
const python = newestPython().command;

test('code is recorded, and every step of it can be looked into', async () => {
  const recording = await record({
    python,
    code: 'xs = []\nfor n in range(3):\n    xs.append(n)\nprint(xs)\n',
  });
  const visits = recording.visits('<string>', 3);
  expect(visits).toHaveLength(3);
  const seen = visits.map((step) => {
    const { globals } = recording.state(step);
    const xs = globals.find(({ name }) => name === 'xs')?.value;
    if (xs?.kind !== 'object') {
      throw new Error('xs is a list');
    }
    return recording.children(step, xs.object).items.map(({ value }) => value);
  });
  const int = (value: number): object => ({ kind: 'int', value: BigInt(value) });
  expect(seen).toEqual([[], [int(0)], [int(0), int(1)]]);
  expect(recording.step(visits[1]!)).toMatchObject({ kind: 'line', line: 3, function: '<module>' });
  expect(recording.stack(visits[1]!).map(({ line }) => line)).toEqual([3]);
  expect(
    recording
      .output()
      .map(({ text }) => text)
      .join(''),
  ).toBe('[0, 1, 2]\n');
  recording.close();
});

test('the changes of an object are told, newest first', async () => {
  const recording = await record({ python, code: 'd = {}\nd["a"] = 1\nd["b"] = 2\nd["a"] = 3\n' });
  const last = recording.steps - 1;
  const d = recording.state(last).globals.find(({ name }) => name === 'd')?.value;
  expect(d?.kind).toBe('object');
  const changes = recording.history(last, d?.kind === 'object' ? d.object : 0);
  expect(changes.slice(0, 3).map(({ key, value }) => [key, value])).toEqual([
    [
      { kind: 'str', value: 'a' },
      { kind: 'int', value: 3n },
    ],
    [
      { kind: 'str', value: 'b' },
      { kind: 'int', value: 2n },
    ],
    [
      { kind: 'str', value: 'a' },
      { kind: 'int', value: 1n },
    ],
  ]);
  recording.close();
});

test('a program gets its arguments and its folder, and is recorded where the caller wants', async () => {
  folder.write('where.py', 'import os, sys\nfound = [os.getcwd(), sys.argv]\n');
  const path = folder.file('where.xrec');
  const recording = await record({ python, program: 'where.py', args: ['-x', 'y'], cwd: folder.path, path });
  expect(recording.note('stopped_by')).toBe('end');
  expect(recording.info()).toMatchObject({ complete: true, steps: recording.steps });
  recording.close();
  const again = Recording.open(path);
  expect(again.files()).toEqual([folder.file('where.py')]);
  expect(again.source(folder.file('where.py'))).toContain('os.getcwd()');
  again.close();
});

test('a temporary recording is gone once it is closed, also when it is closed twice', async () => {
  const recording = await record({ python, code: 'x = 1' });
  expect(existsSync(recording.path)).toBe(true);
  recording.close();
  recording.close();
  expect(existsSync(recording.path)).toBe(false);
  expect(() => recording.steps).toThrow(/closed/);
});

test('a program that fails still yields its recording', async () => {
  const recording = await record({ python, code: 'x = 1\n1 / 0\n' });
  expect(recording.note('stopped_by')).toBe('exception');
  expect(recording.note('error')).toContain('ZeroDivisionError');
  recording.close();
});

test('progress is told while the program runs', async () => {
  const told: number[] = [];
  const code = 'import time\nfor n in range(30):\n    time.sleep(0.05)\n';
  const recording = await record({ python, code, onProgress: (steps) => told.push(steps) });
  expect(told.length).toBeGreaterThan(1);
  expect(told).toEqual([...told].sort((a, b) => a - b));
  recording.close();
});

test('limits end the recording', async () => {
  const recording = await record({ python, code: 'n = 0\nwhile True:\n    n += 1\n', maxSteps: 500 });
  expect(recording.note('stopped_by')).toBe('max_steps');
  recording.close();
});

test.each<[string, RecordOptions]>([
  ['Say what to record: either program (a path) or code (Python source).', {}],
  ['Say what to record: either program (a path) or code (Python source).', { code: '', program: 'x.py' }],
  ['There is no program at missing.py: check the path.', { program: 'missing.py' }],
  ['The largest number of steps must be a whole number above 0.', { code: '', maxSteps: 0 }],
  ['The time limit must be a number of seconds above 0.', { code: '', timeLimit: NaN }],
])('"%s" is said to options that make no sense', async (sentence, options) => {
  const failure = record({ python, ...options });
  await expect(failure).rejects.toThrow(sentence);
  await expect(failure).rejects.toBeInstanceOf(UserError);
});
