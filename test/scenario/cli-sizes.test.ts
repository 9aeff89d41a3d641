import { execorder, Folder } from '../support/execorder';

/** `execorder info --sizes`: what a recording's bytes are spent on. */
const folder = new Folder();

interface Report {
  readonly steps: number;
  readonly logBytes: number;
  readonly sizes: Readonly<Record<string, { readonly records: number; readonly bytes: number }>>;
}

function reportOf(name: string, source: string): Report {
  const file = folder.file(`${name}.xrec`);
  expect(execorder(['record', '-o', file, folder.write(`${name}.py`, source)])).toMatchObject({ status: 0 });
  return JSON.parse(execorder(['info', file, '--sizes', '--json']).stdout) as Report;
}

test('every byte of the records is of some kind, and so is every record', () => {
  const { steps, logBytes, sizes } = reportOf('kinds', "print('hello')\nnames = ['a']\nnames.append('b')\n");
  expect(Object.keys(sizes)).toEqual([
    'steps',
    'frames',
    'variables',
    'images',
    'changes',
    'definitions',
    'output',
  ]);
  expect(sizes['steps']!.records).toBe(steps);
  expect(sizes['output']!.records).toBeGreaterThan(0);
  expect(Object.values(sizes).reduce((sum, { bytes }) => sum + bytes, 0)).toBe(logBytes);
});

test('an object that changes all the time is written whole again and again, in proportion to its changes', () => {
  const { sizes } = reportOf(
    'changing',
    `
    numbers = list(range(1000))
    for turn in range(50000):
        numbers[turn % 1000] = turn
    `,
  );
  const [images, changes] = [sizes['images']!, sizes['changes']!];
  expect(changes.records).toBeGreaterThanOrEqual(100000); // of the list and of the globals
  expect(images.records).toBeGreaterThan(100);
  expect(images.bytes).toBeLessThan(changes.bytes);
});
