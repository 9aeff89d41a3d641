import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { messageOf } from '../../adapter/src/errors';
import { pythonPathOf, pythons, type TestPython } from '../support/pythons';

const PATIENCE_MS = 900_000;

interface Result {
  readonly module: string;
  readonly status: 'same' | 'different' | 'skipped';
  readonly reason?: string;
  readonly differences?: readonly unknown[];
}

describe.each(pythons().map((python) => [python.version, python] as const))(
  "Python %s: CPython's own tests come out the same under the recorder",
  (_version, python) => {
    for (const result of compare(python)) {
      (result.status === 'skipped' ? test.skip : test)(result.module, () => {
        expect(result.status === 'same' ? 'same' : JSON.stringify(result, undefined, 2)).toBe('same');
      });
    }
  },
);

/** Runs at once, since jest wants to know the tests before it runs any. */
function compare(python: TestPython): Result[] {
  const folder = mkdtempSync(path.join(tmpdir(), 'execorder-test-'));
  const report = path.join(folder, 'report.json');
  try {
    const env = { ...process.env, PYTHONPATH: pythonPathOf(python), PYTHONDONTWRITEBYTECODE: '1' };
    const args = [path.join(__dirname, 'same.py'), '--fast', '--json', report];
    const { stdout, stderr, status, signal } = spawnSync(python.command, args, {
      ...{ cwd: folder, env, encoding: 'utf8', timeout: PATIENCE_MS, stdio: ['ignore', 'pipe', 'pipe'] },
    });
    if (status !== 0 && status !== 1) {
      return [failed(`${signal ?? `exit code ${status}`}\n${stdout}${stderr}`)];
    }
    return (JSON.parse(readFileSync(report, 'utf8')) as { modules: Result[] }).modules;
  } catch (error) {
    return [failed(messageOf(error))];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function failed(reason: string): Result {
  return { module: 'can be compared', status: 'different', reason };
}
