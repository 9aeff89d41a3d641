import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const TALLY = path.resolve(__dirname, '../../../native/setup/tally.mjs');

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'execorder-test-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

function tally(exitCode: number): { line: string; status: number | null } {
  const { stdout, status } = spawnSync(process.execPath, [TALLY, String(exitCode), folder], {
    encoding: 'utf8',
  });
  return { line: stdout.trimEnd().split('\n').at(-1) ?? '', status };
}

function report(passed: number, failed: number, broken = 0): void {
  const jest = { numPassedTests: passed, numFailedTests: failed, numRuntimeErrorTestSuites: broken };
  writeFileSync(path.join(folder, 'jest.json'), JSON.stringify(jest));
}

function checks(...passed: boolean[]): void {
  writeFileSync(path.join(folder, 'checks.json'), JSON.stringify(passed.map((each) => ({ passed: each }))));
}

test('all runners are added up', () => {
  report(10, 0);
  checks(true, true);
  expect(tally(0)).toEqual({ line: '12 passed, 0 failed', status: 0 });
});

test('a failure anywhere fails the whole', () => {
  report(10, 2, 1);
  checks(true, false);
  expect(tally(1)).toEqual({ line: '11 passed, 4 failed', status: 1 });
});

test('a run that broke off counts as a failure', () => {
  report(10, 0);
  expect(tally(137)).toEqual({ line: '10 passed, 1 failed', status: 1 });
});

test('a run without any report is a failure', () => {
  expect(tally(0)).toEqual({ line: '0 passed, 1 failed', status: 1 });
});
