/** Runs compare.py and answers what it found, program by program. */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { messageOf } from '../../adapter/src/errors';
import { pythonPathOf, type TestPython } from '../support/pythons';

const PATIENCE_MS = 900_000;

export interface Result {
  readonly program: string;
  readonly status: 'same' | 'different' | 'failed' | 'broken' | 'skipped';
  readonly reason?: string;
  readonly lines?: number;
  readonly compared?: number;
  readonly findings?: readonly unknown[];
}

/** One test per program; each says what differs. */
export function testResults(results: readonly Result[]): void {
  for (const result of results) {
    (result.status === 'skipped' ? test.skip : test)(result.program, () => {
      expect(result.status === 'same' ? 'same' : JSON.stringify(result, undefined, 2)).toBe('same');
    });
  }
}

export interface Surroundings {
  /** Another interpreter of the same version, which has packages. */
  readonly command?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** Runs at once, since jest wants to know the tests before it runs any. */
export function compare(python: TestPython, options: readonly string[], how: Surroundings = {}): Result[] {
  const folder = mkdtempSync(path.join(tmpdir(), 'execorder-test-'));
  const report = path.join(folder, 'report.json');
  try {
    const env = {
      ...process.env,
      PYTHONPATH: pythonPathOf(python),
      PYTHONDONTWRITEBYTECODE: '1',
      ...how.env,
    };
    const args = [path.join(__dirname, 'compare.py'), '--json', report, ...options];
    const { stdout, stderr, status, signal } = spawnSync(how.command ?? python.command, args, {
      ...{ cwd: folder, env, encoding: 'utf8', timeout: PATIENCE_MS, stdio: ['ignore', 'pipe', 'pipe'] },
    });
    if (status !== 0 && status !== 1) {
      return [failed(`${signal ?? `exit code ${status}`}\n${stdout}${stderr}`)];
    }
    return (JSON.parse(readFileSync(report, 'utf8')) as { programs: Result[] }).programs;
  } catch (error) {
    return [failed(messageOf(error))];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function failed(reason: string): Result {
  return { program: 'can be compared', status: 'failed', reason };
}
