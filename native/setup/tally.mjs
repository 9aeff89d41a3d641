/**
 * Adds up the reports that `npm test` left and prints `N passed, N failed` as the last line. The exit code tells failure,
 * also when a run broke off before it could report, or when nothing ran at all.
 *
 * Usage: node native/setup/tally.mjs EXIT_CODE_OF_NPM_TEST [REPORTS_FOLDER]
 */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './run.mjs';

const [status, folder = join(root, 'build/reports')] = process.argv.slice(2);

function report(name) {
  const file = join(folder, name);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

function jest() {
  const found = report('jest.json');
  return {
    passed: found?.numPassedTests ?? 0,
    // A file that could not even be loaded has no tests to count.
    failed: (found?.numFailedTests ?? 0) + (found?.numRuntimeErrorTestSuites ?? 0),
  };
}

function checks() {
  const found = report('checks.json') ?? [];
  const passed = found.filter((check) => check.passed).length;
  return { passed, failed: found.length - passed };
}

const runners = [jest(), checks()];
const passed = runners.reduce((sum, runner) => sum + runner.passed, 0);
const reported = runners.reduce((sum, runner) => sum + runner.failed, 0);
const brokeOff = status !== '0' || passed === 0;
const failed = reported === 0 && brokeOff ? 1 : reported;
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
