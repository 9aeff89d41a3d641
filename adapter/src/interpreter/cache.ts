import { createHash } from 'node:crypto';
import { homedir } from 'node:os';
import path from 'node:path';
import type { Interpreter } from './interpreter';

/** The folder that keeps what was built: EXECORDER_CACHE, else XDG_CACHE_HOME/execorder, else ~/.cache/execorder. */
export function cacheFolder(environment = process.env): string {
  const own = environment['EXECORDER_CACHE'] ?? '';
  if (own !== '') {
    return path.resolve(own);
  }
  const caches = environment['XDG_CACHE_HOME'] ?? '';
  return path.join(caches === '' ? path.join(homedir(), '.cache') : path.resolve(caches), 'execorder');
}

/**
 * The folder that holds the package, in that of an interpreter. By this name, tools that look at the program's own
 * modules (Hypothesis draws examples from their sources) tell that it is none of these.
 */
export const PACKAGES = 'site-packages';

/** A folder's name that changes with the interpreter's build, its headers and the recorder's sources. */
export function cacheKey(interpreter: Interpreter, sources: string): string {
  const { build, include, extensionSuffix, cacheTag } = interpreter;
  const hash = createHash('sha256').update(
    JSON.stringify([build, include, extensionSuffix, sources, PACKAGES]),
  );
  return `${cacheTag}-${hash.digest('hex').slice(0, 16)}`;
}
