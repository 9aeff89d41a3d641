/** Runs a measurement on every interpreter of this machine. */

import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import type * as Discover from '../../adapter/src/interpreter/discover';
import type { Interpreter } from '../../adapter/src/interpreter/interpreter';
import type * as PythonPath from '../../adapter/src/interpreter/python-path';

// Compiled to test/build/bench, three folders below the root.
export const ROOT = path.resolve(__dirname, '../../..');
const requireBuilt = createRequire(path.join(ROOT, 'adapter/dist/index.js'));
const { discoverInterpreters } = requireBuilt('./interpreter/discover') as typeof Discover;
const { preparePythonPath } = requireBuilt('./interpreter/python-path') as typeof PythonPath;

/** What the script of this folder prints as JSON, interpreter by interpreter; `more`: words for one of these. */
export async function measureEverywhere<T>(
  script: string,
  words: readonly string[],
  more: (interpreter: Interpreter) => readonly string[] = () => [],
): Promise<T[]> {
  const measured: T[] = [];
  for (const interpreter of await discoverInterpreters()) {
    measured.push(await measure<T>(interpreter, script, [...words, ...more(interpreter)]));
  }
  if (measured.length === 0) {
    throw new Error('there is no supported Python on this machine: name one with EXECORDER_PYTHON');
  }
  return measured;
}

async function measure<T>(interpreter: Interpreter, script: string, words: readonly string[]): Promise<T> {
  const folder = await preparePythonPath(interpreter, { onProgress: (text) => console.error(text) });
  const { stdout, status } = spawnSync(
    interpreter.command,
    [path.join(ROOT, 'test/bench', script), ...words],
    {
      ...{
        env: { ...process.env, PYTHONPATH: folder },
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    },
  );
  if (status !== 0) {
    throw new Error(`the measurement on ${interpreter.command} failed`);
  }
  return JSON.parse(stdout) as T;
}
