import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { compact, Recording } from 'execorder-native';
import type { Value } from 'execorder-native';
import { execorder, Folder } from '../support/execorder';
import { codecsOf } from './chunks';
import { PlainReader, type PlainStep } from './reader';

/** FORMAT.md is enough to write a reader: here is one, and it tells what the product's tells. */
const ROOT = path.resolve(__dirname, '../../recorder-c/tests');
const folder = new Folder();

/** Of a longer recording, so many steps are compared. */
const MOST_STEPS = 4000;

const PROGRAM = `
class Account:
    def __init__(self):
        self.balance = 0

    def add(self, amount):
        self.balance += amount
        return self.balance


def main():
    accounts = [Account() for _ in range(10)]
    newest = []
    for turn in range(30000):
        newest.append(accounts[turn % 10].add(turn))
        if len(newest) > 50:
            del newest[:25]


main()
`;

/** Chunks compressed in columns, with filters. */
function packed(): string {
  const file = folder.file('packed.xrec');
  compact(path.join(ROOT, 'fuzz/seeds/filters.xrec'), file);
  expect(codecsOf(readFileSync(file))).toContain(2);
  return file;
}

/** Its first steps are gone. */
function bounded(): string {
  const file = folder.file('bounded.xrec');
  const script = folder.file('program.py');
  writeFileSync(script, PROGRAM);
  expect(execorder(['record', '--max-size', '1MiB', '-o', file, script])).toMatchObject({ status: 0 });
  return file;
}

/** Killed while what it had recorded was compressed: some chunks are, the others stand behind the gap. */
function killed(): string {
  const file = folder.file('killed.xrec');
  const script = folder.file('mortal.py');
  writeFileSync(script, `${PROGRAM}\nimport os, time\ntime.sleep(0.2)\nos.kill(os.getpid(), 9)\n`);
  const options = { env: { EXECORDER_CHUNK_BYTES: '4000' } };
  expect(execorder(['record', '-o', file, script], options)).not.toMatchObject({ status: 0 });
  expect(new Set(codecsOf(readFileSync(file)))).toEqual(new Set([0, 2]));
  return file;
}

const FILES: Readonly<Record<string, () => string>> = {
  'version 1': () => path.join(ROOT, 'recordings/version-1.xrec'),
  'version 2': () => path.join(ROOT, 'recordings/version-2.xrec'),
  'version 3, with filters': () => path.join(ROOT, 'recordings/version-3.xrec'),
  'version 4, with filters': () => path.join(ROOT, 'recordings/version-4.xrec'),
  'version 5, with filters': () => path.join(ROOT, 'recordings/version-5.xrec'),
  'a random program': () => path.join(ROOT, 'fuzz/seeds/model.xrec'),
  'small chunks': () => path.join(ROOT, 'fuzz/seeds/chunks.xrec'),
  'with filters': () => path.join(ROOT, 'fuzz/seeds/filters.xrec'),
  'packed, with filters': packed,
  'bounded, with filters': bounded,
  'killed while it was compressed, with filters': killed,
};

function plain(value: Value): string {
  switch (value.kind) {
    case 'complex':
      return `complex ${value.real} ${value.imaginary}`;
    case 'bytes':
      return `bytes ${Buffer.from(value.value).toString('hex')}`;
    case 'object':
      return `object ${value.object}`;
    case 'bool':
    case 'int':
    case 'float':
    case 'str':
      return `${value.kind} ${value.value}`;
    default:
      return value.kind;
  }
}

describe.each(Object.keys(FILES))('%s', (name) => {
  let first!: Recording;
  let second!: PlainReader;

  beforeAll(() => {
    const file = FILES[name]!();
    second = new PlainReader(readFileSync(file));
    first = Recording.open(file);
  });

  afterAll(() => {
    first.close();
  });

  function eachStep(look: (step: PlainStep, n: number) => void): void {
    const stride = Math.ceil(second.steps.length / MOST_STEPS);
    for (let index = 0; index < second.steps.length; index += stride) {
      look(second.steps[index]!, second.firstStep + index);
    }
  }

  test('has the same steps, lines and stacks', () => {
    expect(second.firstStep + second.steps.length).toBe(first.length);
    expect(second.firstStep > 0).toBe(name.includes('bounded'));
    eachStep((step, n) => {
      const { kind, thread, line } = first.step(n);
      const stack = first.stack(n).map((frame) => ({ frame: frame.frame, line: frame.line }));
      expect({ ...step, slots: [] }).toEqual({ kind, thread, line, stack, slots: [] });
    });
  });

  test('has the same variables', () => {
    eachStep(({ thread, stack, slots }, n) => {
      const { variables } = first.variables(n, thread, stack[0]!.frame);
      variables.forEach(({ value }, slot) => {
        const own = slots[slot] ?? 'unbound';
        // A cell stands for what it holds.
        expect([plain(value), own.startsWith('object') ? own : plain(value)]).toContain(own);
      });
    });
  });

  test('no filter denies a slot that is written', () => {
    expect(second.slots.denied).toEqual([]);
    expect(second.slots.asked > 1000).toBe(name.includes('filters'));
  });

  test('has the same lists and tuples at the end', () => {
    let compared = 0;
    for (const [number, items] of second.sequences) {
      try {
        const contents = first.contents(first.length - 1, number);
        if (!contents.unknown) {
          expect(items).toEqual(contents.items.map(({ value }) => plain(value)));
          compared++;
        }
      } catch (error) {
        expect(error).toMatchObject({ code: 'EXECORDER_NOT_FOUND' }); // it is gone
      }
    }
    expect(compared).toBeGreaterThan(0);
  });
});
