/**
 * `npm run bench:store [-- --steps N --synthetic N --write]`: recordings of 10⁵ and of N steps (10⁷) of a real program are
 * made and asked what people ask; `--write` puts the table into docs/benchmarks-store.md. `--synthetic N` has the C
 * writer make a recording of N steps, too, and asks it in C.
 */

import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
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
  const record = async (count: number, name: string): Promise<Answers> => {
    const file = path.join(folder, name);
    console.error(`recording ${count.toExponential()} steps`);
    const script = path.join(ROOT, 'test/bench/long.py');
    const words = ['-m', 'execorder', '-o', file, script, String(count)];
    const growingBytes = await run(interpreter.command, words, package_, file);
    return ask(() => openRecording(file), { fileBytes: statSync(file).size, growingBytes });
  };
  return [await record(1e5, 'short.xrec'), await record(steps, 'long.xrec')];
}

/** Answers how much room the recording took on the disk at most. */
async function run(
  command: string,
  words: readonly string[],
  package_: string,
  file: string,
): Promise<number> {
  const program = spawn(command, words, { env: { ...process.env, PYTHONPATH: package_ }, stdio: 'inherit' });
  let most = 0;
  const timer = setInterval(() => {
    most = Math.max(most, (statSync(file, { throwIfNoEntry: false })?.blocks ?? 0) * 512);
  }, 20);
  const [status] = (await once(program, 'exit')) as [number | null];
  clearInterval(timer);
  if (status !== 0) {
    throw new Error(`${command} ended with exit code ${status}`);
  }
  return most;
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
