/**
 * `npm run test:memory [-- program.py …]`: the corpus and random programs, compared while AddressSanitizer watches the
 * extension, on every interpreter; EXECORDER_TEST_VERSIONS=3.9,3.13 chooses some.
 */

import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type * as Discover from '../../adapter/src/interpreter/discover';
import type { Interpreter } from '../../adapter/src/interpreter/interpreter';

// Compiled to test/build/memory, three folders below the root.
const ROOT = path.resolve(__dirname, '../../..');
const requireBuilt = createRequire(path.join(ROOT, 'adapter/dist/index.js'));
const { discoverInterpreters } = requireBuilt('./interpreter/discover') as typeof Discover;
const COMPARE = path.join(ROOT, 'test/fidelity/compare.py');
const RANDOM_PROGRAMS = '60';

async function main(programs: readonly string[]): Promise<void> {
  const asked = process.env['EXECORDER_TEST_VERSIONS']?.split(',');
  for (const interpreter of await discoverInterpreters()) {
    const version = interpreter.version.slice(0, 2).join('.');
    if (asked !== undefined && !asked.includes(version)) {
      continue;
    }
    console.log(`Python ${interpreter.version.join('.')}`);
    const folder = build(interpreter, path.join(ROOT, 'build/memory', version));
    const runs = programs.length > 0 ? [programs] : [[], ['--random', RANDOM_PROGRAMS]];
    for (const words of runs) {
      compare(interpreter, folder, ['--sample', '25', '--timeout', '600', ...words]);
    }
  }
}

/** The package with an extension that AddressSanitizer watches. */
function build({ include, extensionSuffix }: Interpreter, folder: string): string {
  const scratch = path.join(folder, 'cmake');
  const output = path.join(folder, 'execorder');
  mkdirSync(output, { recursive: true });
  const python = path.join(ROOT, 'recorder-c/python/execorder');
  for (const name of readdirSync(python).filter((file) => file.endsWith('.py'))) {
    cpSync(path.join(python, name), path.join(output, name));
  }
  const options = [
    '-DCMAKE_BUILD_TYPE=Debug',
    '-DCMAKE_C_FLAGS=-fsanitize=address -fno-omit-frame-pointer -g',
    `-DXO_PYTHON_INCLUDE=${include}`,
    `-DXO_PYTHON_SUFFIX=${extensionSuffix}`,
    `-DXO_OUTPUT=${output}`,
  ];
  execFileSync('cmake', ['-S', path.join(ROOT, 'recorder-c'), '-B', scratch, ...options], {
    stdio: 'ignore',
  });
  execFileSync('cmake', ['--build', scratch, '--target', 'xo_extension', '--parallel', '2'], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return folder;
}

function compare({ command }: Interpreter, folder: string, words: readonly string[]): void {
  const env = {
    ...process.env,
    PYTHONPATH: folder,
    PYTHONDONTWRITEBYTECODE: '1',
    PYTHONHASHSEED: '0',
    // Python's own allocator would hide from the sanitizer what is used after it was freed.
    PYTHONMALLOC: 'malloc',
    LD_PRELOAD: execFileSync('cc', ['-print-file-name=libasan.so'], { encoding: 'utf8' }).trim(),
    ASAN_OPTIONS: 'detect_leaks=0:detect_stack_use_after_return=0:abort_on_error=1',
  };
  const { stdout, status } = spawnSync(command, [COMPARE, ...words], {
    ...{ env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] },
  });
  const lines = stdout.trim().split('\n');
  console.log(lines.filter((line) => !/^(same|skipped) /.test(line)).join('\n'));
  if (status !== 0) {
    process.exitCode = 1;
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(`execorder: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
});
