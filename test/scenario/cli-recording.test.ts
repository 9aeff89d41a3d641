import { readFileSync } from 'node:fs';
import { execorder, Folder, type Ended } from '../support/execorder';
import { withNewerFormat } from '../support/newer-format';

const folder = new Folder();
const program = folder.write(
  'shop.py',
  `
    class Basket:
        def __init__(self):
            self.items = []
            self.total = 0.0

        def add(self, name, price):
            self.items.append((name, price))
            self.total += price
            return self.total

    basket = Basket()
    same = basket.items
    basket.add('apple', 1.5)
    same.append(same)
    big = 2 ** 100
    many = list(range(1000))
  `,
);
const recording = folder.file('shop.xrec');

interface Exact {
  readonly line: number;
  readonly function: string;
  readonly stack: readonly { readonly function: string; readonly line: number }[];
  readonly globals: Readonly<Record<string, unknown>>;
  readonly locals: Readonly<Record<string, unknown>>;
  readonly objects: Readonly<Record<string, { readonly items?: unknown[]; readonly attributes?: unknown[] }>>;
}

beforeAll(() => {
  expect(execorder(['record', '-o', recording, program])).toEqual({ status: 0, stdout: '', stderr: '' });
});

function exact(step: number): Exact {
  return JSON.parse(execorder(['state', recording, String(step), '--json']).stdout) as Exact;
}

function steps(): number {
  return (JSON.parse(execorder(['info', recording, '--json']).stdout) as { steps: number }).steps;
}

/** The first step at which the program was in this function at this line. */
function stepAt(name: string, line: number): number {
  const found = Array.from({ length: steps() }, (_, n) => n).find((n) => {
    const state = exact(n);
    return state.function.endsWith(name) && state.line === line;
  });
  return found ?? -1;
}

test('info tells what was run, how it ended and how long it is', () => {
  const { status, stdout } = execorder(['info', recording]);
  expect(status).toBe(0);
  expect(stdout).toContain(program);
  expect(stdout).toMatch(/^complete +yes$/m);
  expect(stdout).toMatch(/^stopped by +end$/m);
  expect(stdout).toMatch(/^steps +\d+$/m);
  expect(stdout).toMatch(/^size +[\d,]+ bytes, [\d.]+ a step$/m);
});

test('state shows the running function, its callers and all variables', () => {
  const { status, stdout } = execorder(['state', recording, String(stepAt('add', 8))]);
  expect(status).toBe(0);
  expect(stdout).toMatch(/: line in (Basket\.)?add, .*shop\.py:8\n {2}called from <module>, .*shop\.py:13\n/);
  expect(stdout).toMatch(/^locals\n {2}self = #\d+=<Basket items=#\d+=\[\('apple', 1\.5\)\], total=0\.0>$/m);
  expect(stdout).toMatch(/^ {2}name = 'apple'$/m);
  expect(stdout).toMatch(/^globals\n {2}Basket = <class Basket>$/m);
  expect(stdout).toMatch(/^ {2}basket = #\d+$/m);
});

test('at the end, aliases and cycles are shown, and what is cut is counted', () => {
  const { stdout } = execorder(['state', recording, String(steps() - 1)]);
  const number = /^ {2}basket = <Basket items=#(\d+)=\[/m.exec(stdout)?.[1];
  expect(stdout).toContain(`basket = <Basket items=#${number}=[('apple', 1.5), #${number}], total=1.5>`);
  expect(stdout).toContain(`same = #${number}\n`);
  expect(stdout).toContain('big = 1267650600228229401496703205376\n');
  expect(stdout).toContain('many = [0, 1, 2,');
  expect(stdout).toContain(', 19, … 980 more]\n');
});

test('state --json is exact', () => {
  const { globals, objects } = exact(steps() - 1);
  expect(globals['big']).toEqual({ int: '1267650600228229401496703205376' });
  const same = globals['same'] as { object: number };
  expect(objects[same.object]?.items).toContainEqual(same);
  const basket = globals['basket'] as { object: number };
  expect(objects[basket.object]?.attributes).toEqual([
    ['items', same],
    ['total', { float: '1.5' }],
  ]);
  const many = globals['many'] as { object: number };
  expect(objects[many.object]?.items).toEqual(Array.from({ length: 1000 }, (_, n) => n));
});

test('a step outside of the recording is answered with those there are', () => {
  expect(execorder(['state', recording, '1000000'])).toEqual({
    status: 1,
    stdout: '',
    stderr: `execorder: There is no step 1000000 in ${recording}: choose one from 0 to ${steps() - 1}.\n`,
  });
});

describe('a file that can’t be read as a recording', () => {
  const all = (file: string): Ended[] => [execorder(['info', file]), execorder(['state', file, '0'])];

  test.each([
    ['an empty file', ''],
    ['a text', 'Dear diary, today I debugged.\n'.repeat(500)],
  ])('%s is told so', (_what, content) => {
    const file = folder.write('other.xrec', content);
    for (const ended of all(file)) {
      expect(ended).toEqual({
        status: 1,
        stdout: '',
        stderr: `execorder: ${file} is not a recording: make one with 'execorder record'.\n`,
      });
    }
  });

  test('a missing file is named with the reason', () => {
    const file = folder.file('missing.xrec');
    for (const { status, stderr } of all(file)) {
      expect(status).toBe(1);
      expect(stderr).toMatch(/^execorder: .*missing\.xrec can't be opened: .*\n$/);
    }
  });

  test('a folder is no recording', () => {
    for (const { status, stderr } of all(folder.path)) {
      expect(status).toBe(1);
      expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    }
  });

  test('a newer format asks for an update', () => {
    const content = readFileSync(recording);
    const file = folder.write('newer.xrec', withNewerFormat(content));
    for (const ended of all(file)) {
      expect(ended).toEqual({
        status: 1,
        stdout: '',
        stderr: `execorder: ${file} was made by a newer Execorder: update Execorder to read it.\n`,
      });
    }
  });

  test('a cut-off recording opens with what is whole, and says so', () => {
    const content = readFileSync(recording);
    const file = folder.write('cut.xrec', content.subarray(0, Math.floor(content.length * 0.9)));
    const { status, stdout, stderr } = execorder(['info', file]);
    expect(stdout + stderr).toMatch(/^complete +no|is damaged|is not a recording/m);
    expect(status === 0 || stderr.trimEnd().split('\n').length === 1).toBe(true);
  });
});
