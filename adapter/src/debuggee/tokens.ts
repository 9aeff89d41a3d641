/** The tokens of this user's programs that listen: each keeps its own in a file that only the user may read. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { cacheFolder } from '../interpreter/cache';

/** A program that listens on this machine. */
export interface Listening {
  readonly pid: number;
  readonly port: number;
  readonly token: string;
  /** Path of its recording. */
  readonly recording: string;
}

/** All programs that said so and live; files of those that were killed are left out. */
export function listeningPrograms(folder = join(cacheFolder(), 'listening')): Listening[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .map((name) => read(join(folder, name)))
      .filter((one) => one !== undefined && isAlive(one.pid)) as Listening[];
  } catch {
    return [];
  }
}

function read(file: string): Listening | undefined {
  try {
    const found: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return isListening(found) ? found : undefined;
  } catch {
    return undefined;
  }
}

function isListening(found: unknown): found is Listening {
  return (
    typeof found === 'object' &&
    found !== null &&
    'pid' in found &&
    typeof found.pid === 'number' &&
    'port' in found &&
    typeof found.port === 'number' &&
    'token' in found &&
    typeof found.token === 'string' &&
    'recording' in found &&
    typeof found.recording === 'string'
  );
}

/** Whether there is such a process. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
