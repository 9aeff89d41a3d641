import { spawnSync } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { cacheFolder } from '../../adapter/src/interpreter/cache';
import type { TestPython } from './pythons';

const PATIENCE_MS = 300_000;

export type Environment =
  { readonly command: string } | { readonly command?: undefined; readonly problem: string };

/** A virtual environment that has the packages; made once, in the cache, under this name. */
export function environmentWith(python: TestPython, name: string, packages: readonly string[]): Environment {
  const folder = path.join(cacheFolder(), `${name}-${python.version}`);
  const command = path.join(folder, 'bin', 'python');
  const mark = path.join(folder, 'ready');
  if (existsSync(mark)) {
    return { command };
  }
  rmSync(folder, { recursive: true, force: true });
  const problem =
    run(python.command, ['-m', 'venv', folder]) ??
    run(command, [
      '-m',
      'pip',
      'install',
      '--quiet',
      '--retries',
      '1',
      '--only-binary',
      ':all:',
      ...packages,
    ]);
  if (problem !== undefined) {
    return { problem };
  }
  writeFileSync(mark, '');
  return { command };
}

/** What went wrong, or undefined. */
function run(command: string, args: readonly string[]): string | undefined {
  const { status, stderr, error } = spawnSync(command, args, { encoding: 'utf8', timeout: PATIENCE_MS });
  return status === 0 ? undefined : (error?.message ?? stderr.trim().split('\n').at(-1) ?? 'no reason given');
}
