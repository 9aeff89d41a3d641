import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Recording } from 'execorder-native';
import type { Value } from 'execorder-native';
import { PlainReader } from './reader';

/** FORMAT.md is enough to write a reader: here is one, and it tells what the product's tells. */
const ROOT = path.resolve(__dirname, '../../recorder-c/tests');
const FILES = ['recordings/version-1.xrec', 'fuzz/seeds/model.xrec', 'fuzz/seeds/chunks.xrec'];

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

describe.each(FILES)('%s', (name) => {
  const file = path.join(ROOT, name);
  const second = new PlainReader(readFileSync(file));
  const first = Recording.open(file);
  afterAll(() => {
    first.close();
  });

  test('has the same steps, lines and stacks', () => {
    expect(second.steps).toHaveLength(first.length);
    second.steps.forEach((step, n) => {
      const { kind, thread, line } = first.step(n);
      const stack = first.stack(n).map((frame) => ({ frame: frame.frame, line: frame.line }));
      expect({ ...step, slots: [] }).toEqual({ kind, thread, line, stack, slots: [] });
    });
  });

  test('has the same variables', () => {
    second.steps.forEach(({ thread, stack, slots }, n) => {
      const { variables } = first.variables(n, thread, stack[0]!.frame);
      variables.forEach(({ value }, slot) => {
        const own = slots[slot] ?? 'unbound';
        // A cell stands for what it holds.
        expect([plain(value), own.startsWith('object') ? own : plain(value)]).toContain(own);
      });
    });
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
