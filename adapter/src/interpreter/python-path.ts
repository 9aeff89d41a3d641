import { access, constants, cp, mkdir, mkdtemp, rename, rm, stat } from 'node:fs/promises';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { codeOf, messageOf, UserError } from '../errors';
import { buildExtension } from './build';
import { compileModules } from './bytecode';
import { cacheFolder, cacheKey, PACKAGES } from './cache';
import { guard } from './guard';
import { versionText, type Interpreter } from './interpreter';
import { withLock } from './lock';
import { hashSources, recorderSources } from './sources';
import { requireLoadable } from './verify';

export interface Preparation {
  /** Where it is kept; the cache folder of the environment by default. */
  readonly cache?: string;
  /** Told in one line what takes time. */
  readonly onProgress?: (text: string) => void;
  /** Told how far that is, in percent. */
  readonly onPercent?: (percent: number) => void;
}

/**
 * A folder that holds the `execorder` package for this interpreter, with its C extension: what `python-path` prints.
 * Where pip has installed just this package in the interpreter, that is the one. Otherwise it is built at the first
 * call for an interpreter, and again when the recorder's sources change. Any number of processes may ask at once. Rejects with a UserError when it can't be built.
 */
export async function preparePythonPath(
  interpreter: Interpreter,
  preparation: Preparation = {},
): Promise<string> {
  const cache = preparation.cache ?? cacheFolder();
  const sources = recorderSources();
  const hash = await hashSources(sources);
  if (interpreter.installed?.sources === hash) {
    return interpreter.installed.folder;
  }
  const place = path.join(cache, cacheKey(interpreter, hash));
  const folder = path.join(place, PACKAGES);
  if (!(await exists(place))) {
    preparation.onProgress?.(`building the recorder for Python ${versionText(interpreter)} (once) …`);
    await makeCache(cache);
    await withLock(`${place}.lock`, () => buildMissing(interpreter, sources, place, cache, preparation));
  }
  return folder;
}

/** While this one waited, another process may have built it. */
async function buildMissing(
  interpreter: Interpreter,
  sources: string,
  place: string,
  cache: string,
  preparation: Preparation,
): Promise<void> {
  if (!(await exists(place))) {
    await build(interpreter, sources, place, cache, preparation);
  }
}

/** Everything happens in a folder of its own, which then takes its place in one step: nobody sees a half of it. */
async function build(
  interpreter: Interpreter,
  sources: string,
  place: string,
  cache: string,
  { onPercent }: Preparation,
): Promise<void> {
  const work = await mkdtemp(path.join(cache, 'building-'));
  const stopGuarding = guard(() => rmSync(work, { recursive: true, force: true, maxRetries: 3 }));
  try {
    const made = path.join(work, 'made');
    const folder = path.join(made, PACKAGES);
    const output = path.join(folder, 'execorder');
    await cp(path.join(sources, 'python', 'execorder'), output, { recursive: true, filter: isPartOfPackage });
    await buildExtension({
      interpreter,
      sources,
      scratch: path.join(work, 'scratch'),
      output,
      log: path.join(cache, `build-${interpreter.cacheTag}.log`),
      onPercent,
    });
    await requireLoadable(interpreter, folder);
    await compileModules(interpreter, folder);
    await putInPlace(made, place);
  } finally {
    stopGuarding();
    await rm(work, { recursive: true, force: true });
  }
}

async function makeCache(cache: string): Promise<void> {
  try {
    await mkdir(cache, { recursive: true });
    await access(cache, constants.W_OK);
  } catch (error) {
    throw new UserError(
      `The cache folder ${cache} can't be written (${messageOf(error)}): make it writable, or set EXECORDER_CACHE.`,
    );
  }
}

function isPartOfPackage(file: string): boolean {
  return path.basename(file) !== '__pycache__' && !/\.(so|pyd)$/.test(file);
}

/** Another process may have been faster; what it made is the same. */
async function putInPlace(made: string, place: string): Promise<void> {
  try {
    await rename(made, place);
  } catch (error) {
    if (!['ENOTEMPTY', 'EEXIST'].includes(codeOf(error) ?? '')) {
      throw error;
    }
  }
}

async function exists(folder: string): Promise<boolean> {
  return stat(folder).then(
    () => true,
    () => false,
  );
}
