/** What `npm start`, `npm test` and `npm run bench` run once everything is set up. */

import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { failuresIn } from './failures.mjs';
import { fuzz } from './fuzz.mjs';
import { root, run, runTool, say } from './run.mjs';

/** Each takes the words after the command and returns an exit code. */
export const targets = {
  setup: () => 0,
  start: (words) => run(process.execPath, [join(root, 'examples/dist/tour.js'), ...words]),
  'bench-bounds': (words) => run(process.execPath, [join(root, 'test/build/bench/bounds.js'), ...words]),
  'bench-dap': (words) => run(process.execPath, [join(root, 'test/build/bench/dap.js'), ...words]),
  bench: (words) => run(process.execPath, [join(root, 'test/build/bench/main.js'), ...words]),
  editors: () => run(process.execPath, [join(root, 'test/build/editors/editors.js')]),
  'bench-store': (words) => run(process.execPath, [join(root, 'test/build/bench/store.js'), ...words]),
  cpython: (words) => run(process.execPath, [join(root, 'test/build/same-behaviour/main.js'), ...words]),
  fuzz,
  memory: (words) => run(process.execPath, [join(root, 'test/build/memory/main.js'), ...words]),
  test: (words) => (words.length > 0 ? runTool('jest/bin/jest.js', words) : testEverything()),
};

/** Where every runner leaves its report; .ci/run adds them up. */
const REPORTS = 'build/reports';

function testEverything() {
  const reports = join(root, REPORTS);
  rmSync(reports, { recursive: true, force: true });
  mkdirSync(reports, { recursive: true });
  const checks = [
    check('lint', 'eslint/bin/eslint.js', ['.']),
    check('format', 'prettier/bin/prettier.cjs', ['--check', '--log-level', 'warn', '.']),
  ];
  writeFileSync(join(reports, 'checks.json'), JSON.stringify(checks, undefined, 2));
  say('testing');
  const report = join(reports, 'jest.json');
  const jest = runTool('jest/bin/jest.js', ['--ci', '--json', '--outputFile', report]);
  failuresIn(report).forEach((failure) => {
    say(`failed: ${failure}`);
  });
  const failed = checks.filter(({ passed }) => !passed).map(({ name }) => name);
  if (failed.length > 0) {
    say(`failed besides the tests: ${failed.join(', ')}`);
  }
  return failed.length > 0 || jest !== 0 ? 1 : 0;
}

function check(name, script, args) {
  say(`checking ${name}`);
  return { name, passed: runTool(script, args) === 0 };
}
