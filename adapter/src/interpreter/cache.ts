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

/** A folder's name that changes with the interpreter's build, its headers and the recorder's sources. */
export function cacheKey(interpreter: Interpreter, sources: string): string {
  const { build, include, extensionSuffix, cacheTag } = interpreter;
  const hash = createHash('sha256').update(JSON.stringify([build, include, extensionSuffix, sources]));
  return `${cacheTag}-${hash.digest('hex').slice(0, 16)}`;
}
