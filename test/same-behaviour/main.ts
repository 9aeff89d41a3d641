/** `npm run test:cpython [-- test_list …]`: all of CPython's own tests chosen in same.py, on every interpreter. */

import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import type * as Discover from '../../adapter/src/interpreter/discover';
import type * as PythonPath from '../../adapter/src/interpreter/python-path';

// Compiled to test/build/same-behaviour, three folders below the root.
const ROOT = path.resolve(__dirname, '../../..');
const requireBuilt = createRequire(path.join(ROOT, 'adapter/dist/index.js'));
const { discoverInterpreters } = requireBuilt('./interpreter/discover') as typeof Discover;
const { preparePythonPath } = requireBuilt('./interpreter/python-path') as typeof PythonPath;

async function main(words: readonly string[]): Promise<void> {
  for (const interpreter of await discoverInterpreters()) {
    const folder = await preparePythonPath(interpreter, { onProgress: (text) => console.error(text) });
    console.log(`Python ${interpreter.version.join('.')}`);
    const script = path.join(ROOT, 'test/same-behaviour/same.py');
    const { status } = spawnSync(interpreter.command, [script, ...words], {
      ...{ env: { ...process.env, PYTHONPATH: folder, PYTHONDONTWRITEBYTECODE: '1' }, stdio: 'inherit' },
    });
    if (status !== 0) {
      process.exitCode = 1;
    }
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(`execorder: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
});
