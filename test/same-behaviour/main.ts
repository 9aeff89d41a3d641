/**
 * `npm run test:cpython [-- --timeout SECONDS --write test_list …]`: all of CPython's own tests chosen in same.py, or just
 * these, on every interpreter; EXECORDER_TEST_VERSIONS=3.9,3.13 chooses some. The results are kept in build/ as long as the
 * recorder stays as it is, so that a run can be made in parts; `--write` puts them into docs/same-behaviour.md.
 */

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type * as Discover from '../../adapter/src/interpreter/discover';
import type { Interpreter } from '../../adapter/src/interpreter/interpreter';
import type * as PythonPath from '../../adapter/src/interpreter/python-path';
import { page, type Results } from './report';

// Compiled to test/build/same-behaviour, three folders below the root.
const ROOT = path.resolve(__dirname, '../../..');
const requireBuilt = createRequire(path.join(ROOT, 'adapter/dist/index.js'));
const { discoverInterpreters } = requireBuilt('./interpreter/discover') as typeof Discover;
const { preparePythonPath } = requireBuilt('./interpreter/python-path') as typeof PythonPath;
const KEPT = path.join(ROOT, 'build/same-behaviour');

async function main(words: readonly string[]): Promise<void> {
  const asked = process.env['EXECORDER_TEST_VERSIONS']?.split(',');
  const kept: string[] = [];
  mkdirSync(KEPT, { recursive: true });
  for (const interpreter of await discoverInterpreters()) {
    const folder = await preparePythonPath(interpreter, { onProgress: (text) => console.error(text) });
    // The folder is named after the interpreter and everything that the recorder is made of.
    const results = path.join(KEPT, `${path.basename(path.dirname(folder))}.json`);
    kept.push(results);
    if (asked === undefined || asked.includes(interpreter.version.slice(0, 2).join('.'))) {
      compare(interpreter, folder, ['--json', results, ...words.filter((word) => word !== '--write')]);
    }
  }
  if (words.includes('--write')) {
    const all = kept.filter((file) => existsSync(file));
    const results = all.map((file) => JSON.parse(readFileSync(file, 'utf8')) as Results);
    writeFileSync(path.join(ROOT, 'docs/same-behaviour.md'), page(results));
  }
}

function compare(interpreter: Interpreter, folder: string, words: readonly string[]): void {
  console.log(`Python ${interpreter.version.join('.')}`);
  const script = path.join(ROOT, 'test/same-behaviour/same.py');
  const { status } = spawnSync(interpreter.command, [script, ...words], {
    ...{ env: { ...process.env, PYTHONPATH: folder, PYTHONDONTWRITEBYTECODE: '1' }, stdio: 'inherit' },
  });
  if (status !== 0) {
    process.exitCode = 1;
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(`execorder: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
});
