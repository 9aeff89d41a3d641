/** `npm run bench [-- --repeats N --only NAME --write]`: what recording costs, on every interpreter of this machine. */

import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type * as Discover from '../../adapter/src/interpreter/discover';
import type { Interpreter } from '../../adapter/src/interpreter/interpreter';
import type * as PythonPath from '../../adapter/src/interpreter/python-path';
import { page, report, type Measured } from './report';

// Compiled to test/build/bench, three folders below the root.
const ROOT = path.resolve(__dirname, '../../..');
const requireBuilt = createRequire(path.join(ROOT, 'adapter/dist/index.js'));
const { discoverInterpreters } = requireBuilt('./interpreter/discover') as typeof Discover;
const { preparePythonPath } = requireBuilt('./interpreter/python-path') as typeof PythonPath;

async function main(words: readonly string[]): Promise<void> {
  const write = words.includes('--write');
  const passedOn = words.filter((word) => word !== '--write');
  const measured: Measured[] = [];
  for (const interpreter of await discoverInterpreters()) {
    measured.push(await measure(interpreter, passedOn));
  }
  if (measured.length === 0) {
    throw new Error('there is no supported Python on this machine: name one with EXECORDER_PYTHON');
  }
  console.log(measured.map(report).join('\n'));
  if (write) {
    writeFileSync(path.join(ROOT, 'docs/benchmarks.md'), page(measured));
    console.log('written to docs/benchmarks.md');
  }
}

async function measure(interpreter: Interpreter, words: readonly string[]): Promise<Measured> {
  const folder = await preparePythonPath(interpreter, { onProgress: (text) => console.error(text) });
  const script = path.join(ROOT, 'test/bench/bench.py');
  const { stdout, status } = spawnSync(interpreter.command, [script, ...words], {
    ...{
      env: { ...process.env, PYTHONPATH: folder },
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  });
  if (status !== 0) {
    throw new Error(`the measurement on ${interpreter.command} failed`);
  }
  return JSON.parse(stdout) as Measured;
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(`execorder: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
});
