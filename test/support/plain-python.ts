import { spawnSync } from 'node:child_process';
import type { Ended, Run } from './execorder';

/** Runs a program without the recorder, in the same surroundings as `execorder` of this folder does. */
export function plainPython(
  python: string,
  words: readonly string[],
  { cwd, input = '', env = {} }: Run,
): Ended {
  const { status, stdout, stderr } = spawnSync(python, words, {
    ...{ cwd, input, encoding: 'utf8' },
    env: { ...process.env, EXECORDER_PYTHON: python, ...env },
  });
  return { status, stdout, stderr };
}
