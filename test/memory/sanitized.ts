/** A recorder that AddressSanitizer and UndefinedBehaviorSanitizer watch, and programs that run under it. */

import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Interpreter } from '../../adapter/src/interpreter/interpreter';

export interface Sanitized {
  readonly command: string;
  /** The folder that holds the package with the extension that is watched. */
  readonly pythonPath: string;
  readonly runtime: string;
}

export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  /** What the sanitizers said in this process and in those that it started. */
  readonly reports: readonly string[];
}

/** AddressSanitizer's library, which must be loaded before anything else; undefined where the compiler has none. */
export function sanitizerRuntime(): string | undefined {
  const { stdout } = spawnSync('cc', ['-print-file-name=libasan.so'], { encoding: 'utf8' });
  // A compiler that has none repeats the name.
  const file = (stdout as string | null)?.trim() ?? '';
  return path.isAbsolute(file) && existsSync(file) ? file : undefined;
}

/** Builds the package below `root`, in a folder of its own for each version. */
export function sanitize(root: string, interpreter: Interpreter, runtime: string): Sanitized {
  const pythonPath = path.join(root, 'build/memory', interpreter.version.slice(0, 2).join('.'));
  const output = path.join(pythonPath, 'execorder');
  mkdirSync(output, { recursive: true });
  const sources = path.join(root, 'recorder-c/python/execorder');
  for (const name of readdirSync(sources).filter((file) => file.endsWith('.py'))) {
    cpSync(path.join(sources, name), path.join(output, name));
  }
  buildExtension(path.join(root, 'recorder-c'), path.join(pythonPath, 'cmake'), [
    '-DCMAKE_BUILD_TYPE=Debug',
    '-DXO_SANITIZE=ON',
    `-DXO_PYTHON_INCLUDE=${interpreter.include}`,
    `-DXO_PYTHON_SUFFIX=${interpreter.extensionSuffix}`,
    `-DXO_OUTPUT=${output}`,
  ]);
  return { command: interpreter.command, pythonPath, runtime };
}

function buildExtension(sources: string, scratch: string, options: readonly string[]): void {
  const build = ['--build', scratch, '--target', 'xo_extension', '--parallel', '2'];
  execFileSync('cmake', ['-S', sources, '-B', scratch, ...options], { stdio: 'ignore' });
  execFileSync('cmake', build, { stdio: ['ignore', 'ignore', 'inherit'] });
}

/** Runs `python words…` to its end. */
export function runSanitized(sanitized: Sanitized, words: readonly string[]): Ended {
  const folder = mkdtempSync(path.join(tmpdir(), 'execorder-memory-'));
  try {
    const { stdout, status } = spawnSync(sanitized.command, words, {
      ...{ cwd: folder, env: environment(sanitized, path.join(folder, 'report')), encoding: 'utf8' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const reports = readdirSync(folder).filter((name) => name.startsWith('report.'));
    return { status, stdout, reports: reports.map((name) => readFileSync(path.join(folder, name), 'utf8')) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function environment({ pythonPath, runtime }: Sanitized, reports: string): NodeJS.ProcessEnv {
  return {
    ...process.env,
    PYTHONPATH: pythonPath,
    PYTHONDONTWRITEBYTECODE: '1',
    PYTHONHASHSEED: '0',
    // Python's own allocator would hide from the sanitizer what is used after it was freed.
    PYTHONMALLOC: 'malloc',
    LD_PRELOAD: runtime,
    // Programs that crash on purpose crash as ever; leaks are measured without the sanitizer.
    ASAN_OPTIONS: `handle_segv=0:detect_leaks=0:detect_stack_use_after_return=0:abort_on_error=1:log_path=${reports}`,
    UBSAN_OPTIONS: `print_stacktrace=1:log_path=${reports}`,
  };
}
