/** `npm run bench:dap [-- --steps N --write]`: how long an editor waits for the adapter, over stdio, on a long recording. */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type * as EditorModule from '../../examples/editor';
import type { Body, Editor as EditorType } from '../../examples/editor';

// Compiled to test/build/bench, three folders below the root.
const ROOT = path.resolve(__dirname, '../../..');
const requireBuilt = createRequire(path.join(ROOT, 'examples/dist/editor.js'));
const { Editor } = requireBuilt('./editor.js') as typeof EditorModule;
const COMMAND = path.join(ROOT, 'adapter/dist/cli/main.js');

const DEFAULT_STEPS = 10_000_000;
const ROUNDS = 50;
/** About so many steps does one round of the loop below make. */
const STEPS_A_ROUND = 7;
const LAUNCHES = 9;
const CONDITIONAL_VISITS = 100_000;

function program(rounds: number): string {
  return [
    'def work(n):',
    '    total = n + 1',
    '    return total',
    'items = list(range(1000))',
    `for i in range(${rounds}):`,
    '    x = work(i)',
    '    y = x + 1',
    'print(x)',
    '',
  ].join('\n');
}

interface Row {
  readonly what: string;
  readonly goalMs: number;
  readonly milliseconds: readonly number[];
}

class Bench {
  private readonly rows: Row[] = [];

  constructor(
    private readonly editor: EditorType,
    private readonly file: string,
  ) {}

  async measure(what: string, goalMs: number, times: number, act: () => Promise<unknown>): Promise<void> {
    const milliseconds: number[] = [];
    for (let count = 0; count < times; count++) {
      const start = performance.now();
      await act();
      milliseconds.push(performance.now() - start);
    }
    this.add({ what, goalMs, milliseconds });
  }

  add(row: Row): void {
    this.rows.push(row);
  }

  async move(request: string): Promise<Body> {
    await this.editor.request(request, { threadId: 1 });
    return this.editor.event('stopped');
  }

  async breakpoint(line: number | undefined, condition?: string): Promise<void> {
    const breakpoints =
      line === undefined ? [] : [{ line, ...(condition === undefined ? {} : { condition }) }];
    await this.editor.request('setBreakpoints', { source: { path: this.file }, breakpoints });
  }

  async goto(step: number): Promise<void> {
    await this.editor.request('execorder/goto', { step });
    await this.editor.event('stopped');
  }

  /** A page of the list, as an editor opens it. */
  async listPage(): Promise<() => Promise<Body>> {
    const { stackFrames } = await this.editor.request('stackTrace', { threadId: 1 });
    const frameId = (stackFrames as Body[]).at(-1)?.['id'];
    const { variablesReference } = await this.editor.request('evaluate', { expression: 'items', frameId });
    return () =>
      this.editor.request('variables', { variablesReference, filter: 'indexed', start: 500, count: 100 });
  }

  table(): string {
    const lines = this.rows.map(({ what, goalMs, milliseconds }) => {
      const sorted = [...milliseconds].sort((a, b) => a - b);
      const median = sorted[Math.floor(sorted.length / 2)] ?? NaN;
      return `| ${what} | ${median.toFixed(1)} | ${(sorted.at(-1) ?? NaN).toFixed(1)} | ${goalMs} |`;
    });
    return ['| what | median, ms | slowest, ms | goal, ms |', '| --- | --- | --- | --- |', ...lines].join(
      '\n',
    );
  }
}

async function main(words: readonly string[]): Promise<void> {
  const at = words.indexOf('--steps');
  const steps = at === -1 ? DEFAULT_STEPS : Number(words[at + 1]);
  const folder = mkdtempSync(path.join(tmpdir(), 'execorder-bench-'));
  try {
    const file = path.join(folder, 'loop.py');
    const recording = path.join(folder, 'loop.xrec');
    writeFileSync(file, program(Math.ceil(steps / STEPS_A_ROUND)));
    const recorded = spawnSync(process.execPath, [COMMAND, 'record', '-o', recording, file], {
      stdio: 'inherit',
    });
    if (recorded.status !== 0) {
      throw new Error('the program could not be recorded');
    }
    await measureAll(file, recording, words.includes('--write'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measureAll(file: string, recording: string, write: boolean): Promise<void> {
  const editor = new Editor([process.execPath, COMMAND, 'dap']);
  await editor.request('initialize', { adapterID: 'execorder', supportsVariablePaging: true });
  await editor.request('attach', { recording });
  await editor.event('initialized');
  await editor.request('configurationDone');
  await editor.event('stopped');
  const { length } = await editor.request('execorder/position');
  const steps = Number(length);
  const bench = new Bench(editor, file);
  const middle = Math.floor(steps / 2);
  await bench.goto(middle);
  await bench.measure('`stepBack` to `stopped`', 5, ROUNDS, () => bench.move('stepBack'));
  await bench.measure('`next` to `stopped`', 5, ROUNDS, () => bench.move('next'));
  const openPage = await bench.listPage();
  await bench.measure('a page of 100 `variables`', 5, ROUNDS, openPage);
  await bench.breakpoint(2);
  await bench.measure('`reverseContinue` to the previous hit', 20, ROUNDS, () =>
    bench.move('reverseContinue'),
  );
  const visits = Math.min(CONDITIONAL_VISITS, Math.floor(middle / STEPS_A_ROUND));
  await bench.goto(Math.min(STEPS_A_ROUND * visits, steps - 1));
  await bench.breakpoint(2, 'n == -1');
  await bench.measure(`a condition over ${visits} visits`, 2000, 1, () => bench.move('reverseContinue'));
  await bench.breakpoint(undefined);
  await bench.goto(middle);
  await bench.measure('`.who i`', 20, ROUNDS, () =>
    editor.request('execorder/lastWrite', { expression: 'i' }),
  );
  await measureLaunch(bench, file);
  const text = `Over stdio, on a recording of ${steps} steps.\n\n${bench.table()}\n`;
  console.log(text);
  if (write) {
    const head = '# How long an editor waits\n\nMeasured by `npm run bench:dap -- --write`, end to end. ';
    writeFileSync(path.join(ROOT, 'docs/benchmarks-dap.md'), head + text);
  }
  editor.hangUp();
  await editor.exited;
}

/** What the first stop takes longer than a whole run of a program that does nothing, without the recorder. */
async function measureLaunch(bench: Bench, beside: string): Promise<void> {
  const file = path.join(path.dirname(beside), 'nothing.py');
  writeFileSync(file, 'pass\n');
  const python = process.env['EXECORDER_PYTHON'] ?? 'python3';
  const milliseconds: number[] = [];
  for (let round = 0; round < LAUNCHES; round++) {
    const editor = new Editor([process.execPath, COMMAND, 'dap']);
    await editor.request('initialize', { adapterID: 'execorder' });
    const alone = performance.now();
    spawnSync(python, [file]);
    const start = performance.now();
    await editor.request('launch', { program: file, stopOnEntry: true, python });
    await editor.event('initialized');
    await editor.request('configurationDone');
    await editor.event('stopped');
    milliseconds.push(performance.now() - start - (start - alone));
    editor.hangUp();
    await editor.exited;
  }
  bench.add({ what: '`launch` to the first stop, beyond `python` alone', goalMs: 300, milliseconds });
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
