import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { messageOf } from '../../adapter/src/errors';
import { pythonPathOf, pythons, type TestPython } from '../support/pythons';

/** Each unittest file in this folder runs on every interpreter; each of its tests is reported by itself. */
const FILES = readdirSync(__dirname).filter((name) => /^test_.*\.py$/.test(name));

const PATIENCE_MS = 300_000;

interface Outcome {
  readonly id: string;
  /** The traceback of a failure. */
  readonly failure?: string;
  /** Why it was left out. */
  readonly skipped?: string;
}

test('there are unittest files to run', () => {
  expect(FILES).not.toHaveLength(0);
});

describe.each(pythons().map((python) => [python.version, python] as const))(
  'Python %s',
  (_version, python) => {
    describe.each(FILES)('%s', (file) => {
      for (const { id, failure, skipped } of run(python, file)) {
        (skipped === undefined ? test : test.skip)(id, () => {
          expect(failure ?? '').toBe('');
        });
      }
    });
  },
);

/** Runs at once, since jest wants to know the tests before it runs any. */
function run(python: TestPython, file: string): Outcome[] {
  const folder = mkdtempSync(path.join(tmpdir(), 'execorder-test-'));
  const report = path.join(folder, 'report.json');
  try {
    const env = { ...process.env, PYTHONPATH: pythonPathOf(python), PYTHONDONTWRITEBYTECODE: '1' };
    const args = [
      '-X',
      'faulthandler',
      path.join(__dirname, 'report.py'),
      path.join(__dirname, file),
      report,
    ];
    const { stdout, stderr, status, signal } = spawnSync(python.command, args, {
      ...{ cwd: folder, env, encoding: 'utf8', timeout: PATIENCE_MS, stdio: ['ignore', 'pipe', 'pipe'] },
    });
    if (status !== 0) {
      return [{ id: 'runs to its end', failure: `${signal ?? `exit code ${status}`}\n${stdout}${stderr}` }];
    }
    return JSON.parse(readFileSync(report, 'utf8')) as Outcome[];
  } catch (error) {
    return [{ id: 'can be run', failure: messageOf(error) }];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
