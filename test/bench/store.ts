/**
 * `npm run bench:store [-- --steps N --synthetic N --write]`: recordings of 10⁵ and of N steps (10⁷) of a real program are
 * made and asked what people ask; `--write` puts the table into docs/benchmarks-store.md. `--synthetic N` has the C
 * writer make a recording of N steps, too, and asks it in C.
 */

import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type * as Discover from '../../adapter/src/interpreter/discover';
import type * as PythonPath from '../../adapter/src/interpreter/python-path';
import type * as RecordingTrace from '../../adapter/src/trace/recording-trace';
import { ask, type Answers } from './store-questions';
import { page, type StoreReport } from './store-report';

// Compiled to test/build/bench, three folders below the root.
const ROOT = path.resolve(__dirname, '../../..');
const requireBuilt = createRequire(path.join(ROOT, 'adapter/dist/index.js'));
const { discoverInterpreters } = requireBuilt('./interpreter/discover') as typeof Discover;
const { preparePythonPath } = requireBuilt('./interpreter/python-path') as typeof PythonPath;
const { openRecording } = requireBuilt('./trace/recording-trace') as typeof RecordingTrace;

async function main(words: readonly string[]): Promise<void> {
  const option = (name: string): number => Number(words[words.indexOf(name) + 1]);
  const steps = words.includes('--steps') ? option('--steps') : 1e7;
  const folder = mkdtempSync(path.join(tmpdir(), 'execorder-bench-'));
  try {
    const [short, long] = await recordBoth(folder, steps);
    const synthetic = words.includes('--synthetic') ? synthesize(folder, option('--synthetic')) : undefined;
    const text = page({ short, long, recovery: recover(folder), synthetic });
    console.log(text);
    if (words.includes('--write')) {
      writeFileSync(path.join(ROOT, 'docs/benchmarks-store.md'), text);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function recordBoth(folder: string, steps: number): Promise<[Answers, Answers]> {
  const [interpreter] = [...(await discoverInterpreters())].reverse();
  if (interpreter === undefined) {
    throw new Error('there is no supported Python on this machine: name one with EXECORDER_PYTHON');
  }
  const package_ = await preparePythonPath(interpreter, { onProgress: (text) => console.error(text) });
  const record = (count: number, name: string): Answers => {
    const file = path.join(folder, name);
    console.error(`recording ${count.toExponential()} steps`);
    const script = path.join(ROOT, 'test/bench/long.py');
    execFileSync(interpreter.command, ['-m', 'execorder', '-o', file, script, String(count)], {
      env: { ...process.env, PYTHONPATH: package_ },
      stdio: 'inherit',
    });
    return ask(() => openRecording(file), statSync(file).size);
  };
  return [record(1e5, 'short.xrec'), record(steps, 'long.xrec')];
}

/** Opening without the mark of completeness: every chunk is looked at. */
function recover(folder: string): StoreReport['recovery'] {
  const file = path.join(folder, 'cut.xrec');
  copyFileSync(path.join(folder, 'long.xrec'), file);
  truncateSync(file, statSync(file).size - 64);
  const start = performance.now();
  const recording = openRecording(file);
  const milliseconds = performance.now() - start;
  const { logBytes } = recording.info();
  recording.close();
  return { milliseconds, storedBytes: statSync(file).size, logBytes };
}

/** What the C writer and reader say of so many steps that no program made. */
function synthesize(folder: string, steps: number): string {
  const build = path.join(ROOT, 'build/recorder-c/plain');
  const options = { stdio: ['ignore', 'ignore', 'inherit'] as const };
  const configure = ['-S', path.join(ROOT, 'recorder-c'), '-B', build, '-DXO_BUILD_TESTS=ON'];
  execFileSync('cmake', [...configure, '-DCMAKE_BUILD_TYPE=RelWithDebInfo'], {
    ...options,
    stdio: [...options.stdio],
  });
  execFileSync('cmake', ['--build', build, '--target', 'store_bench'], { stdio: [...options.stdio] });
  console.error(`writing ${steps.toExponential()} steps`);
  const file = path.join(folder, 'synthetic.xrec');
  return execFileSync(path.join(build, 'tests/store_bench'), [String(steps), file], { encoding: 'utf8' });
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(`execorder: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
});
