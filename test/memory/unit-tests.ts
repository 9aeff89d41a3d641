/** The Python package's own tests, while the sanitizers watch. */

import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runSanitized, type Sanitized } from './sanitized';

/** Files that don't go together with sanitizers, and why. */
export const LEFT_OUT: Readonly<Record<string, string>> = {
  'test_greenlets.py': 'greenlets exchange stacks, which AddressSanitizer takes for an error',
  'test_leaks.py': 'measures memory: the sanitizer keeps what was freed',
  'test_pytest_plugin.py': 'runs in environments of its own',
  'test_types.py': 'runs a type checker, and no recorder',
  'test_without_memory.py': 'takes the allocator away, which the sanitizer needs as well',
  'test_writer_memory.py': 'measures memory: the sanitizer keeps what was freed',
};

interface Outcome {
  readonly id: string;
  readonly failure?: string;
}

export function unitTestFiles(root: string): string[] {
  const folder = path.join(root, 'test/python');
  const names = readdirSync(folder).filter((name) => /^test_.*\.py$/.test(name) && !(name in LEFT_OUT));
  return names.sort().map((name) => path.join(folder, name));
}

/** What failed, as texts; nothing when all is well. */
export function failuresOf(sanitized: Sanitized, file: string): string[] {
  const folder = mkdtempSync(path.join(tmpdir(), 'execorder-memory-'));
  const report = path.join(folder, 'report.json');
  try {
    const words = [path.join(path.dirname(file), 'report.py'), file, report];
    const { status, reports } = runSanitized(sanitized, words);
    if (status !== 0) {
      return [`ended with ${status ?? 'a signal'}`, ...reports];
    }
    const outcomes = JSON.parse(readFileSync(report, 'utf8')) as Outcome[];
    const failed = outcomes.flatMap(({ id, failure }) =>
      failure === undefined ? [] : [`${id}\n${failure}`],
    );
    return [...failed, ...reports];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
