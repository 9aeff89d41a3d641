import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { parseTap, type TapOutcome } from './tap';

/** The store's own tests are a C program; each of its tests is reported by itself. */
const ROOT = path.resolve(__dirname, '../..');

const VARIANTS = [
  { name: 'as it is shipped', folder: 'plain', options: ['-DCMAKE_BUILD_TYPE=RelWithDebInfo'] },
  {
    name: 'without zstd',
    folder: 'uncompressed',
    options: ['-DXO_ZSTD=OFF', '-DCMAKE_BUILD_TYPE=RelWithDebInfo'],
  },
  {
    name: 'under AddressSanitizer and UndefinedBehaviorSanitizer',
    folder: 'sanitized',
    options: ['-DCMAKE_BUILD_TYPE=Debug', '-DXO_SANITIZE=ON'],
  },
] as const;

const PATIENCE_MS = 1_800_000;

describe.each(VARIANTS)('the store $name', ({ folder, options }) => {
  for (const { name, passed, explanation } of outcomesOf(folder, options)) {
    test(name, () => {
      expect({ passed, explanation: passed ? '' : explanation }).toEqual({ passed: true, explanation: '' });
    });
  }
});

/** Builds and runs at once, since jest wants to know the tests before it runs any. */
function outcomesOf(folder: string, options: readonly string[]): TapOutcome[] {
  const build = path.join(ROOT, 'build/recorder-c', folder);
  const configured = ['-S', path.join(ROOT, 'recorder-c'), '-B', build, '-DXO_BUILD_TESTS=ON', ...options];
  const problem =
    run('cmake', configured) ??
    run('cmake', ['--build', build, '--target', 'store_tests', '--parallel', '2']);
  if (problem !== undefined) {
    return [{ name: 'builds', passed: false, explanation: problem }];
  }
  const { stdout, stderr, status, signal } = spawnSync(path.join(build, 'tests/store_tests'), [], {
    ...{ encoding: 'utf8', timeout: PATIENCE_MS, maxBuffer: 64 << 20 },
  });
  const outcomes = parseTap(stdout);
  const ended = { name: 'runs to its end', passed: /^1\.\.\d+$/m.test(stdout) };
  const explanation = `${signal ?? `exit code ${status}`}\n${stdout.split('\n').slice(-5).join('\n')}\n${stderr}`;
  return [...outcomes, { ...ended, passed: ended.passed && status === failures(outcomes), explanation }];
}

/** The exit code that goes with these outcomes: a leak that a sanitizer finds at the end gives another one. */
function failures(outcomes: readonly TapOutcome[]): number {
  return outcomes.every(({ passed }) => passed) ? 0 : 1;
}

/** Undefined, or what a failed program said. */
function run(command: string, args: readonly string[]): string | undefined {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    encoding: 'utf8',
    timeout: PATIENCE_MS,
  });
  return status === 0 ? undefined : `${error?.message ?? ''}${stdout}${stderr}`;
}
