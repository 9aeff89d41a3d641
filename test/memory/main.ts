/**
 * `npm run test:memory [-- --random N] [program.py … test/python/test_x.py …]`: the corpus, N random programs and the
 * package's unit tests, or just these, while AddressSanitizer and UndefinedBehaviorSanitizer watch the extension, on every
 * interpreter; EXECORDER_TEST_VERSIONS=3.9,3.13 chooses some.
 */

import { createRequire } from 'node:module';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type * as Discover from '../../adapter/src/interpreter/discover';
import { runSanitized, sanitize, sanitizerRuntime, type Sanitized } from './sanitized';
import { failuresOf, LEFT_OUT, unitTestFiles } from './unit-tests';

// Compiled to test/build/memory, three folders below the root.
const ROOT = path.resolve(__dirname, '../../..');
const requireBuilt = createRequire(path.join(ROOT, 'adapter/dist/index.js'));
const { discoverInterpreters } = requireBuilt('./interpreter/discover') as typeof Discover;
const RANDOM_PROGRAMS = '60';

interface Asked {
  /** Words for compare.py, one list for each run of it. */
  readonly comparisons: readonly (readonly string[])[];
  readonly unitTests: readonly string[];
}

async function main(words: readonly string[]): Promise<void> {
  const runtime = sanitizerRuntime();
  if (runtime === undefined) {
    throw new Error('the C compiler brings no AddressSanitizer: install libasan.');
  }
  const work = asked(words);
  const versions = process.env['EXECORDER_TEST_VERSIONS']?.split(',');
  for (const interpreter of await discoverInterpreters()) {
    if (versions?.includes(interpreter.version.slice(0, 2).join('.')) ?? true) {
      console.log(`Python ${interpreter.version.join('.')}`);
      watch(sanitize(ROOT, interpreter, runtime), work);
    }
  }
}

function asked(words: readonly string[]): Asked {
  const { values, positionals } = parseArgs({
    args: [...words],
    options: { random: { type: 'string' } },
    allowPositionals: true,
  });
  const files = positionals.map((file) => path.resolve(file));
  const random = ['--random', values.random ?? RANDOM_PROGRAMS];
  if (files.length === 0) {
    return { comparisons: [[], random], unitTests: unitTestFiles(ROOT) };
  }
  const isUnitTest = (file: string): boolean => path.dirname(file) === path.join(ROOT, 'test/python');
  const programs = files.filter((file) => !isUnitTest(file));
  const comparisons = [...(programs.length > 0 ? [programs] : []), ...(values.random ? [random] : [])];
  return { comparisons, unitTests: files.filter(isUnitTest) };
}

function watch(sanitized: Sanitized, { comparisons, unitTests }: Asked): void {
  for (const words of comparisons) {
    compare(sanitized, words);
  }
  for (const file of unitTests) {
    const failures = failuresOf(sanitized, file);
    console.log(`${failures.length === 0 ? 'clean' : 'failed'}    ${path.basename(file)}`);
    fail(failures);
  }
  for (const [file, reason] of Object.entries(LEFT_OUT)) {
    console.log(`left out  ${file}: ${reason}`);
  }
}

function compare(sanitized: Sanitized, words: readonly string[]): void {
  const script = path.join(ROOT, 'test/fidelity/compare.py');
  const ended = runSanitized(sanitized, [script, '--sample', '25', '--timeout', '600', ...words]);
  const lines = ended.stdout.trim().split('\n');
  console.log(lines.filter((line) => !/^(same|skipped) /.test(line)).join('\n'));
  fail([...(ended.status === 0 ? [] : ['programs differ']), ...ended.reports]);
}

function fail(failures: readonly string[]): void {
  for (const failure of failures) {
    console.log(failure);
    process.exitCode = 1;
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(`execorder: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
});
