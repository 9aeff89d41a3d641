import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { codeOf } from '../errors';

const LOOK_AGAIN_MS = 200;
const EMPTY_FOR_MS = 5_000;
/** No build takes so long: the number belongs to another process by now. */
const TOO_OLD_MS = 900_000;

/**
 * Does `work` while no other process that uses the same lock file does it. Only saves work: a lock whose owner died is
 * taken over, and where the file can't be kept, nobody waits.
 */
export async function withLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  while (!(await take(file))) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
  }
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}

async function take(file: string): Promise<boolean> {
  try {
    await writeFile(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') {
      return true;
    }
  }
  if (await isLeftOver(file)) {
    await rm(file, { force: true });
  }
  return false;
}

/** Whether the process that took the lock is gone. One that is just writing its number gets the time to. */
async function isLeftOver(file: string): Promise<boolean> {
  try {
    const text = await readFile(file, 'utf8');
    const age = Date.now() - (await stat(file)).mtimeMs;
    return age > TOO_OLD_MS || (text === '' ? age > EMPTY_FOR_MS : !isAlive(Number(text)));
  } catch {
    return false;
  }
}

function isAlive(processId: number): boolean {
  if (!Number.isSafeInteger(processId) || processId <= 0) {
    return false; // no number of ours
  }
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}
